/** 挂号: today's clinics and appointments, and the number under which the hospital's own queue calls (product.md 2.2). */
import type { Fen } from '../money.ts';
import type { Bill } from './bill.ts';
import type { PartyAnswer } from './hospital-gateway.ts';
import type { HospitalPerson } from './hospital-persons.ts';
import type { QueueTicket } from './queue-tickets.ts';

/** A doctor's hours of today that still take somebody. */
export interface Clinic {
  readonly clinicId: string;
  readonly departmentName: string;
  readonly doctorName: string;
  /** 主任医师 …, in the hospital's words. */
  readonly doctorTitle: string;
  /** HH:mm */
  readonly from: string;
  readonly feeFen: Fen;
  /** Numbers that are left. */
  readonly left: number;
  /** 医保医师: registered with the insurance. */
  readonly insured: boolean;
}

export interface Appointment {
  readonly appointmentId: string;
  readonly departmentName: string;
  readonly doctorName: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly at: string;
  /** `feeOpen`: its fee is an open bill; `booked`: can be checked in; `checkedIn`: is in the queue. */
  readonly state: 'feeOpen' | 'booked' | 'checkedIn';
}

export interface Today {
  readonly appointments: readonly Appointment[];
  readonly clinics: readonly Clinic[];
}

/** A number in a clinic's queue. */
export interface ClinicTicket extends QueueTicket {
  /** As the hospital's queue expects, minutes; `undefined` when it says none. */
  readonly expectedMinutes: number | undefined;
}

export interface RegistrationDesk {
  /** What a person has today and can still have. */
  today(person: HospitalPerson): Promise<PartyAnswer<Today, 'unknownPatient'>>;
  /** Keeps a number of a clinic and writes its fee. Idempotent by `requestId`. */
  register(request: {
    readonly clinicId: string;
    readonly person: HospitalPerson;
    readonly requestId: string;
  }): Promise<
    PartyAnswer<
      { readonly appointmentId: string; readonly bill: Bill },
      'unknownPatient' | 'unknownClinic' | 'full' | 'bookedBefore'
    >
  >;
  /** 报到取号. Asking again answers the same number: nobody jumps the queue. */
  checkIn(appointmentId: string): Promise<PartyAnswer<ClinicTicket, 'unknownAppointment' | 'feeOpen' | 'missed'>>;
}
