/** Reads today's clinics, appointments and queue numbers as the hospital's contract writes them. */
import { fen, time } from '../contract-fields.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import type { Appointment, Clinic, ClinicTicket, Today } from './registration.ts';

/** Characters of a hospital's own words that a row has room for. */
const LONGEST_WORDS = 40;
/** More than a day is no expectation. */
const MOST_MINUTES = 1_440;

export function readToday(answer: Fields): Today {
  return {
    appointments: answer.list('appointments').map(readAppointment),
    clinics: answer.list('clinics').map(readClinic),
  };
}

export function readClinicTicket(answer: Fields): ClinicTicket {
  return {
    ticket: answer.text('ticket').slice(0, 20),
    place: words(answer, 'place'),
    waitingBefore: count(answer, 'waitingBefore'),
    expectedMinutes: answer.has('expectedMinutes')
      ? Math.min(count(answer, 'expectedMinutes'), MOST_MINUTES)
      : undefined,
  };
}

function readAppointment(appointment: Fields): Appointment {
  return {
    appointmentId: appointment.text('appointmentId'),
    departmentName: words(appointment, 'departmentName'),
    doctorName: words(appointment, 'doctorName'),
    at: time(appointment, 'at'),
    state: appointment.oneOf('state', ['feeOpen', 'booked', 'checkedIn'] as const),
  };
}

function readClinic(clinic: Fields): Clinic {
  const from = clinic.text('from');
  if (!/^\d\d:\d\d$/.test(from)) throw new FieldError('from is not HH:mm');
  return {
    clinicId: clinic.text('clinicId'),
    departmentName: words(clinic, 'departmentName'),
    doctorName: words(clinic, 'doctorName'),
    doctorTitle: clinic.optionalText('doctorTitle')?.slice(0, LONGEST_WORDS) ?? '',
    from,
    feeFen: fen(clinic, 'feeFen'),
    left: count(clinic, 'left'),
    insured: clinic.boolean('insured'),
  };
}

function words(fields: Fields, name: string): string {
  return fields.text(name).slice(0, LONGEST_WORDS);
}

function count(fields: Fields, name: string): number {
  const value = fields.integer(name);
  if (value < 0) throw new FieldError(`${name} is negative`);
  return value;
}
