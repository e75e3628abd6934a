/**
 * Which bill, and whether it may be settled here and now.
 *
 * The hospital gives the open bills; our own rules hold what must not be paid;
 * the four-part gate asks the centre about institution, department and doctors;
 * then visit and fees are with the platform, whoever drives 2201–2204.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { FeeSplit, Person, VisitIdentity } from '../insurance/insurance-platform.ts';
import type { Session } from '../session/session.ts';
import type { CareCategory } from './care-category.ts';
import { mustBeAsWritten } from './check-bills.ts';
import { hospitalValue } from './hospital-answer.ts';
import { type Identity, valueOrStop } from './identify.ts';
import { hospitalPerson } from './known-to-hospital.ts';
import { reviewBefore } from './review.ts';
import type { Rooms } from './rooms.ts';
import { held, Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

/** A bill whose visit and fee lines the platform has. */
export interface UploadedBill {
  readonly bill: Bill;
  readonly visit: VisitIdentity;
  readonly chargeBatch: string;
  readonly splits: readonly FeeSplit[];
  readonly category: CareCategory;
}

export async function findBills(rooms: Rooms, session: Session, person: Person): Promise<readonly Bill[]> {
  const answer = await waitForParty(rooms, session, 'findingBills', rooms.hospital.openBills(hospitalPerson(person)));
  const noOpenBill = (): Stop => new Stop('noOpenBill', 'S-STOP', 'noBill');
  const bills = hospitalValue(answer, noOpenBill);
  if (bills.length === 0) throw noOpenBill();
  return bills;
}

/** The four-part gate, asked anew (SZ-246: a doctor's state may flip between two calls). @throws Stop */
export async function passGate(
  rooms: Rooms,
  session: Session,
  { identity, bill, asOf }: { readonly identity: Identity; readonly bill: Bill; readonly asOf: 'live' | 'cached' },
): Promise<void> {
  // Person = card was checked when the person was identified; without it no journey comes this far.
  const asked = rooms.gate.check({ bill, person: 'samePerson', asOf });
  const answer = await waitForParty(rooms, session, asOf === 'live' ? 'calculating' : 'identifying', asked);
  if (answer.open) return;
  const { staleMs } = answer;
  const { person } = identity;
  // Who lies in a ward is settled by the hospital's plan, not sent to pay alone (Z-10.2.2).
  const reason = answer.reason === 'institutionStopped' && bill.discharge ? 'stayByPlan' : answer.reason;
  throw held(reason, { bill, person, ...(staleMs !== undefined && { staleMs }) }, 'S-STOP');
}

/** 2001: whether the fund pays for this kind of visit. @throws Stop */
export async function checkEntitlement(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  bill: Bill,
  { medicalType }: CareCategory,
): Promise<void> {
  const entitled = valueOrStop(
    await waitForParty(
      rooms,
      session,
      'identifying',
      rooms.insurance.entitlement({
        personNumber: identity.person.personNumber,
        insuredArea: identity.insurance.insuredArea,
        insuranceType: identity.insurance.type,
        medicalType,
        begunAt: bill.visitedAt,
      }),
    ),
    'notEntitled',
  );
  if (!entitled.entitled) throw held('notEntitled', { bill, person: identity.person }, 'S-STOP');
}

/**
 * The patient turned back before any settlement: fee lines that we brought to the platform leave it again (2205).
 * Nobody waits for it: an unsettled line costs no one anything, and the next upload of this bill replaces it.
 */
export function withdrawBill(
  rooms: Rooms,
  { bill, visit, chargeBatch }: Omit<UploadedBill, 'splits' | 'category'>,
): void {
  if (bill.uploaded) return;
  rooms.insurance.cancelFees(visit, chargeBatch).catch(() => undefined);
}

/** Visit and fees with the platform: already there, or brought there now in the order 2201, 2203A, 2204 (Z-8.3.3). */
export async function uploadBill(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  bill: Bill,
  category: CareCategory,
): Promise<UploadedBill> {
  const { insurance } = rooms;
  const ask = <Value>(asked: Promise<Value>) => waitForParty(rooms, session, 'calculating', asked);
  const { personNumber } = identity.person;
  const { insuredArea } = identity.insurance;
  if (bill.uploaded) {
    const { visitId, chargeBatch, splits } = bill.uploaded;
    const visit = { visitId, personNumber, insuredArea };
    await reviewBefore(rooms, session, { identity, bill, visit, category });
    return { bill, visit, chargeBatch, splits, category };
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
        medicalType: category.medicalType,
        begunAt: bill.visitedAt,
        diagnoses: bill.diagnoses,
        disease: category.disease,
      }),
    ),
    'insuranceRefused',
  );
  await reviewBefore(rooms, session, { identity, bill, visit, category });
  mustBeAsWritten(bill, identity.person);
  const chargeBatch = `${bill.billId}-${bill.version}`.slice(0, 30);
  const sent = insurance.uploadFees(visit, {
    chargeBatch,
    occurredAt: bill.visitedAt,
    departmentCode: bill.departmentCode,
    departmentName: bill.departmentName,
    lines: bill.lines,
    diseaseCode: category.disease?.code,
  });
  try {
    const splits = valueOrStop(await ask(sent), 'insuranceRefused');
    return { bill, visit, chargeBatch, splits, category };
  } catch (error) {
    // The lines may be there, or come there yet although the patient has gone.
    sent.then(() => withdrawBill(rooms, { bill, visit, chargeBatch })).catch(() => undefined);
    throw error;
  }
}
