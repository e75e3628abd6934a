/**
 * Who somebody is when the insurance cannot be asked: the hospital knows its own patients.
 *
 * One promise: such a person has no insurance here, so the only ways on are the window, own expense, and a bill that is
 * kept for later (SZ-240).
 */
import { Secret } from '../../drivers/secret.ts';
import type { HospitalPerson } from '../hospital/hospital-persons.ts';
import type { Credential, Person } from '../insurance/insurance-platform.ts';
import { platformDate } from '../insurance/platform-time.ts';
import type { Session } from '../session/session.ts';
import { parkReasonOf } from './park-reasons.ts';
import type { Rooms } from './rooms.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

/** A person without insurance may be known by the hospital's own card alone. */
export interface PatientPerson extends Person {
  readonly visitCardNumber?: Secret<string>;
  /** `psn_cert_type`; 01 居民身份证 when left out. */
  readonly certificateType?: string;
}

/** What `ask` answers; a fault of the insurance line is told together with whom the hospital knows by this card. */
export async function orKnownToHospital<Value>(
  rooms: Rooms,
  session: Session,
  { certificateNumber }: Credential,
  ask: () => Value,
): Promise<Value> {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof Stop) || !certificateNumber) throw error;
    if (parkReasonOf(error.reason) === undefined && !rooms.calendar.wrong) throw error;
    const person = await personAtHospital(rooms, session, { certificateNumber });
    throw person ? new Stop(error.reason, error.screen, error.end, person) : error;
  }
}

/** `undefined`: the hospital knows nobody by this, or by another birthday than `born`, or cannot be asked. */
export async function personAtHospital(
  rooms: Rooms,
  session: Session,
  known: HospitalPerson,
  born?: string,
): Promise<PatientPerson | undefined> {
  const answer = await waitForParty(rooms, session, 'identifying', rooms.hospital.patient(known));
  if (answer.outcome !== 'ok') return undefined;
  const { name, certificateNumber, certificateType, birthDate, sex } = answer.value;
  if (born !== undefined && born !== birthDate) return undefined;
  return {
    personNumber: new Secret(''),
    name,
    certificateNumber: certificateNumber ?? known.certificateNumber ?? new Secret(''),
    ...(certificateNumber && certificateType !== undefined ? { certificateType } : {}),
    ...(known.visitCardNumber ? { visitCardNumber: known.visitCardNumber } : {}),
    age: yearsSince(birthDate, platformDate(rooms.clock.wallMs())),
    gender: sex,
    insurances: [],
  };
}

/** By what of a person the hospital is asked; an empty number says nothing. */
export function hospitalPerson({
  certificateNumber,
  certificateType,
  personNumber,
  visitCardNumber,
}: PatientPerson): HospitalPerson {
  const said = (number: Secret<string> | undefined): boolean => number !== undefined && number.reveal() !== '';
  return {
    ...(said(certificateNumber) ? { certificateNumber } : {}),
    ...(said(certificateNumber) && certificateType !== undefined ? { certificateType } : {}),
    ...(said(personNumber) ? { personNumber } : {}),
    ...(visitCardNumber && said(visitCardNumber) ? { visitCardNumber } : {}),
  };
}

function yearsSince(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
