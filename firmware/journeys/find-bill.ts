/**
 * Which bill, and whether it may be settled here and now.
 *
 * The hospital gives the open bills; our own rules hold what must not be paid;
 * the four-part gate asks the centre about institution, department and doctors;
 * then visit and fees are with the platform, whoever drives 2201–2204.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { FeeSplit, VisitIdentity } from '../insurance/insurance-platform.ts';
import { billTroubles } from '../region/bill-rules.ts';
import type { Session } from '../session/session.ts';
import { type Identity, valueOrStop } from './identify.ts';
import type { Rooms } from './rooms.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

/** A bill whose visit and fee lines the platform has. */
export interface UploadedBill {
  readonly bill: Bill;
  readonly visit: VisitIdentity;
  readonly chargeBatch: string;
  readonly splits: readonly FeeSplit[];
}

export async function findBills(rooms: Rooms, session: Session, identity: Identity): Promise<readonly Bill[]> {
  const { person } = identity;
  const answer = await waitForParty(
    rooms,
    session,
    'findingBills',
    rooms.hospital.openBills({ certificateNumber: person.certificateNumber, personNumber: person.personNumber }),
  );
  switch (answer.outcome) {
    case 'ok':
      if (answer.value.length === 0) throw new Stop('noOpenBill', 'S-STOP', 'noBill');
      return answer.value;
    case 'refused':
      throw new Stop('noOpenBill', 'S-STOP', 'noBill');
    case 'malformed':
      throw new Stop('hospitalAnswerBroken');
    default:
      throw new Stop('hospitalUnreachable');
  }
}

/** @throws Stop on the gravest thing that holds one of these bills. */
export function checkBills(rooms: Rooms, bills: readonly Bill[]): void {
  const [gravest] = billTroubles(bills, rooms.config.hospital.institutionCode);
  if (gravest) throw new Stop(gravest.reason, 'S-HELD');
}

/** The four-part gate, asked anew (SZ-246: a doctor's state may flip between two calls). @throws Stop */
export async function passGate(rooms: Rooms, session: Session, bill: Bill, asOf: 'live' | 'cached'): Promise<void> {
  // Person = card was checked when the person was identified; without it no journey comes this far.
  const asked = rooms.gate.check({ bill, person: 'samePerson', asOf });
  const answer = await waitForParty(rooms, session, asOf === 'live' ? 'calculating' : 'identifying', asked);
  if (!answer.open) throw new Stop(answer.reason);
}

/** 2001: whether the fund pays for this kind of visit. @throws Stop */
export async function checkEntitlement(rooms: Rooms, session: Session, identity: Identity, bill: Bill): Promise<void> {
  const entitled = valueOrStop(
    await waitForParty(
      rooms,
      session,
      'identifying',
      rooms.insurance.entitlement({
        personNumber: identity.person.personNumber,
        insuredArea: identity.insurance.insuredArea,
        insuranceType: identity.insurance.type,
        medicalType: bill.medicalType,
        begunAt: bill.visitedAt,
      }),
    ),
    'notEntitled',
  );
  if (!entitled.entitled) throw new Stop('notEntitled');
}

/**
 * The patient turned back before any settlement: fee lines that we brought to the platform leave it again (2205).
 * Nobody waits for it: an unsettled line costs no one anything, and the next upload of this bill replaces it.
 */
export function withdrawBill(rooms: Rooms, { bill, visit, chargeBatch }: Omit<UploadedBill, 'splits'>): void {
  if (bill.uploaded) return;
  rooms.insurance.cancelFees(visit, chargeBatch).catch(() => undefined);
}

/** Visit and fees with the platform: already there, or brought there now in the order 2201, 2203A, 2204 (Z-8.3.3). */
export async function uploadBill(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  bill: Bill,
): Promise<UploadedBill> {
  const { insurance } = rooms;
  const ask = <Value>(asked: Promise<Value>) => waitForParty(rooms, session, 'calculating', asked);
  const { personNumber } = identity.person;
  const { insuredArea } = identity.insurance;
  if (bill.uploaded) {
    const { visitId, chargeBatch, splits } = bill.uploaded;
    return { bill, visit: { visitId, personNumber, insuredArea }, chargeBatch, splits };
  }
  // Two who register one visit would make two visits of it: what the hospital should have brought, it brings.
  if (rooms.profile.insurance.visitDrivenBy === 'hospital') throw new Stop('hospitalAnswerBroken', 'S-HELD');
  const registered = valueOrStop(
    await ask(
      insurance.registerVisit({
        personNumber,
        insuredArea,
        insuranceType: identity.insurance.type,
        credential: identity.credential,
        outpatientNumber: bill.outpatientNumber,
        begunAt: bill.visitedAt,
        doctorCode: bill.doctorCode,
        doctorName: bill.doctorName,
        departmentCode: bill.departmentCode,
        departmentName: bill.departmentName,
        specialty: bill.specialty,
      }),
    ),
    'insuranceRefused',
  );
  const visit: VisitIdentity = { visitId: registered.visitId, personNumber, insuredArea };
  valueOrStop(
    await ask(
      insurance.uploadVisit(visit, {
        medicalType: bill.medicalType,
        begunAt: bill.visitedAt,
        diagnoses: bill.diagnoses,
      }),
    ),
    'insuranceRefused',
  );
  const chargeBatch = `${bill.billId}-${bill.version}`.slice(0, 30);
  const sent = insurance.uploadFees(visit, {
    chargeBatch,
    occurredAt: bill.visitedAt,
    departmentCode: bill.departmentCode,
    departmentName: bill.departmentName,
    lines: bill.lines,
  });
  try {
    return { bill, visit, chargeBatch, splits: valueOrStop(await ask(sent), 'insuranceRefused') };
  } catch (error) {
    // The lines may be there, or come there yet although the patient has gone.
    sent.then(() => withdrawBill(rooms, { bill, visit, chargeBatch })).catch(() => undefined);
    throw error;
  }
}
