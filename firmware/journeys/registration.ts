/**
 * 挂号取号: who has an appointment today checks in with one touch; who has none chooses department and doctor, pays the
 * fee and gets the number (product.md 2.2).
 *
 * One promise: the number is the hospital's own, and asking for it twice gives the same one.
 */

import type { Appointment, Clinic, Today } from '../hospital/registration.ts';
import type { Choice } from '../screen/messages.ts';
import type { Session } from '../session/session.ts';
import { chosen } from './choose.ts';
import { hospitalValue } from './hospital-answer.ts';
import type { Identity } from './identify.ts';
import { hospitalPerson } from './known-to-hospital.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { payRegistration } from './settle-registration.ts';
import { Stop } from './stop.ts';
import { giveTicket } from './ticket.ts';
import { waitForParty } from './wait-for-party.ts';

/** Not a place in the list of appointments. */
const ANOTHER = 'another';

export async function registration(rooms: Rooms, session: Session, identity: Identity): Promise<JourneyEnd> {
  const today = await findToday(rooms, session, identity);
  const booked = bookedOf(today);
  if (booked.length > 0) {
    const appointment = await chooseAppointment(session, booked, today.clinics.length > 0);
    if (appointment) return giveTicket(rooms, session, { identity, appointment, paid: undefined });
  }
  return register(rooms, session, identity, today.clinics);
}

/** What can be checked in now. */
export function bookedOf({ appointments }: Today): readonly Appointment[] {
  return appointments.filter(({ state }) => state === 'booked');
}

/** @throws Stop */
async function findToday(rooms: Rooms, session: Session, { person }: Identity): Promise<Today> {
  const answer = await waitForParty(rooms, session, 'findingBills', rooms.hospital.today(hospitalPerson(person)));
  return hospitalValue(answer, () => new Stop('noClinic', 'S-STOP', 'noBill'));
}

/** `undefined`: another clinic is wanted. */
async function chooseAppointment(
  session: Session,
  booked: readonly Appointment[],
  more: boolean,
): Promise<Appointment | undefined> {
  const choices = booked.map(
    ({ departmentName, doctorName, at }, place): Choice => ({
      id: String(place),
      title: departmentName,
      note: `${doctorName} ${at.slice(11, 16)}`,
    }),
  );
  const id = await chosen(session, 'appointment', [...choices, ...(more ? [{ id: ANOTHER, title: '' }] : [])]);
  return id === ANOTHER ? undefined : booked[Number(id)];
}

async function register(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  clinics: readonly Clinic[],
): Promise<JourneyEnd> {
  if (clinics.length === 0) throw new Stop('noClinic', 'S-STOP', 'noBill');
  const clinic = await chooseDoctor(session, await chooseDepartment(session, clinics));
  const { clinicId, departmentName, doctorName } = clinic;
  const person = hospitalPerson(identity.person);
  const asked = rooms.hospital.register({ clinicId, person, requestId: rooms.newId('reg') });
  const answer = await waitForParty(rooms, session, 'findingBills', asked);
  const { appointmentId, bill } = hospitalValue(
    answer,
    (reason) => new Stop(reason === 'bookedBefore' ? reason : reason === 'full' ? 'clinicFull' : 'noClinic'),
  );
  const paid = await payRegistration(rooms, session, identity, bill);
  if ('end' in paid) return paid.end;
  return giveTicket(rooms, session, { identity, appointment: { appointmentId, departmentName, doctorName }, paid });
}

/** One department is not asked about. */
async function chooseDepartment(session: Session, clinics: readonly Clinic[]): Promise<readonly Clinic[]> {
  const departments = [...new Set(clinics.map(({ departmentName }) => departmentName))];
  if (departments.length === 1) return clinics;
  const choices = departments.map((title, place): Choice => {
    const left = clinics
      .filter((clinic) => clinic.departmentName === title)
      .reduce((sum, clinic) => sum + clinic.left, 0);
    return { id: String(place), title, left };
  });
  const department = departments[Number(await chosen(session, 'department', choices))];
  return clinics.filter(({ departmentName }) => departmentName === department);
}

/** Always asked: doctor and fee are what is agreed to. */
async function chooseDoctor(session: Session, clinics: readonly Clinic[]): Promise<Clinic> {
  const choices = clinics.map(
    ({ doctorName, doctorTitle, from, feeFen, left, insured }, place): Choice => ({
      id: String(place),
      title: doctorName,
      note: `${doctorTitle} ${from}`.trim(),
      amountFen: feeFen,
      ...{ left, insured },
    }),
  );
  const clinic = clinics[Number(await chosen(session, 'doctor', choices))];
  if (!clinic) throw new RangeError('A clinic that was not offered.');
  return clinic;
}
