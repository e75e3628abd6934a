/**
 * Holds the open bills against what must always hold (sums, diagnosis, one charge an order, this institution) and
 * against the rule pack in force, before the fund is asked anything (Y4-25, Z-9.1.3).
 *
 * One promise: a bill that is held is neither changed nor paid here, and what only reminds never stops anyone.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { Person } from '../insurance/insurance-platform.ts';
import type { ReasonId } from '../reasons.ts';
import { isAsWritten } from '../region/bill-digest.ts';
import { billTroubles } from '../region/bill-rules.ts';
import type { RuleHit } from '../region/rule-book.ts';
import type { Session } from '../session/session.ts';
import { type Identity, valueOrStop } from './identify.ts';
import type { Rooms } from './rooms.ts';
import { held, type Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

/** @returns what reminds. @throws Stop on the gravest thing that holds one of these bills. */
export async function checkBills(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  bills: readonly Bill[],
): Promise<readonly RuleHit[]> {
  const { person } = identity;
  mustBeSound(rooms, person, bills);
  const inHospital = await liesInHospital(rooms, session, identity, bills);
  const hits = hitsOf(rooms, person, bills, inHospital);
  const [first] = hits;
  if (first?.does === 'hold') throw heldBy(first, person, bills);
  return hits;
}

/** What holds a bill also when no insurance is asked: everything but what the insurance alone turns on. */
export function checkOwnBills(rooms: Rooms, person: Person, bills: readonly Bill[]): void {
  mustBeSound(rooms, person, bills);
  const hit = hitsOf(rooms, person, bills, undefined).find(
    ({ does, reason }) => does === 'hold' && !INSURANCE_ONLY.has(reason),
  );
  if (hit) throw heldBy(hit, person, bills);
}

/** Nothing of these is wrong with the charge itself. */
const INSURANCE_ONLY: ReadonlySet<RuleHit['reason']> = new Set(['caseInTalks', 'inHospitalNow']);

function mustBeSound({ config }: Rooms, person: Person, bills: readonly Bill[]): void {
  const [gravest] = billTroubles(bills, config.hospital.institutionCode);
  if (gravest) {
    const { reason, billId, lineNumbers } = gravest;
    throw held(reason, { bill: billOf(bills, billId), person, lineNumbers });
  }
  for (const bill of bills) mustBeAsWritten(bill, person);
}

function hitsOf(
  { rules, profile }: Rooms,
  { age }: Person,
  bills: readonly Bill[],
  inHospital: boolean | undefined,
): readonly RuleHit[] {
  return rules.hits(bills, { age, inHospital, traceCodesDue: profile.checks.traceCodes });
}

function heldBy(hit: RuleHit, person: Person, bills: readonly Bill[]): Stop {
  const { reason, billId, lineNumbers, rule, list, prices } = hit;
  const more = { ...(list && { list }), ...(prices && { prices }) };
  return held(reason, { bill: billOf(bills, billId), person, lineNumbers, rule, ...more });
}

/** @throws Stop when a bill is not what the hospital wrote (Z-5.2.5): once when it comes, once before it goes to 2204. */
export function mustBeAsWritten(bill: Bill, person: Person): void {
  if (!isAsWritten(bill)) throw held('billTampered', { bill, person, rule: 'digest' });
}

/** S-REMIND: 事前提醒. Nothing stops, and that it was said is written down. */
export async function remind(
  rooms: Rooms,
  session: Session,
  hits: readonly RuleHit[],
  bills: readonly Bill[],
): Promise<void> {
  const reasons = [...new Set([...hits.map(({ reason }) => reason), ...unprinted(bills)])];
  if (reasons.length === 0) return;
  await session.ask<true>(
    { name: 'S-REMIND', reasons, removeCard: false },
    { accept: (act) => (act.kind === 'intent' && act.intent.do === 'confirm' ? true : undefined) },
  );
  for (const { billId, reason, rule, lineNumbers } of hits) {
    rooms.audit.write('bill.reminded', {
      session: session.id,
      bill: billId,
      reason,
      rule,
      lines: lineNumbers.join(' '),
    });
  }
}

/** 外配处方 that no pharmacist has passed yet comes out of no printer today: said before anything is paid (SZ-272). */
function unprinted(bills: readonly Bill[]): readonly ReasonId[] {
  const reviews = bills.flatMap(({ externalPrescriptions = [] }) => externalPrescriptions.map(({ review }) => review));
  return [
    ...(reviews.includes('waiting') ? (['prescriptionWaits'] as const) : []),
    ...(reviews.includes('refused') ? (['prescriptionNotPassed'] as const) : []),
  ];
}

/** 5303, only where a rule wants to know and a bill is no emergency. */
async function liesInHospital(
  rooms: Rooms,
  session: Session,
  { person, insurance }: Identity,
  bills: readonly Bill[],
): Promise<boolean | undefined> {
  if (!rooms.rules.asksWhetherInHospital || bills.every(({ emergency }) => emergency)) return undefined;
  const { personNumber } = person;
  const { insuredArea } = insurance;
  const asked = rooms.reviews.inHospital({ personNumber, insuredArea });
  return valueOrStop(await waitForParty(rooms, session, 'identifying', asked), 'insuranceRefused').inHospital;
}

function billOf(bills: readonly Bill[], billId: string): Bill {
  const found = bills.find((bill) => bill.billId === billId);
  if (!found) throw new Error('A rule names a bill that nobody asked about.');
  return found;
}
