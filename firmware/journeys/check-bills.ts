/**
 * Holds the open bills against what must always hold (sums, diagnosis, one charge an order, this institution) and
 * against the rule pack in force, before the fund is asked anything (Y4-25, Z-9.1.3).
 *
 * One promise: a bill that is held is neither changed nor paid here, and what only reminds never stops anyone.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import { isAsWritten } from '../region/bill-digest.ts';
import { billTroubles } from '../region/bill-rules.ts';
import type { RuleHit } from '../region/rule-book.ts';
import type { Session } from '../session/session.ts';
import { type Identity, valueOrStop } from './identify.ts';
import type { Rooms } from './rooms.ts';
import { held } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

/** @returns what reminds. @throws Stop on the gravest thing that holds one of these bills. */
export async function checkBills(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  bills: readonly Bill[],
): Promise<readonly RuleHit[]> {
  const { rules, profile, config } = rooms;
  const [gravest] = billTroubles(bills, config.hospital.institutionCode);
  if (gravest) throw held(gravest.reason, { bill: billOf(bills, gravest.billId), lineNumbers: gravest.lineNumbers });
  for (const bill of bills) mustBeAsWritten(bill);
  const hits = rules.hits(bills, {
    age: identity.person.age,
    inHospital: await liesInHospital(rooms, session, identity, bills),
    traceCodesDue: profile.checks.traceCodes,
  });
  const [first] = hits;
  if (first?.does === 'hold') {
    const { billId, lineNumbers, rule, list } = first;
    throw held(first.reason, { bill: billOf(bills, billId), lineNumbers, rule, ...(list && { list }) });
  }
  return hits;
}

/** @throws Stop when a bill is not what the hospital wrote (Z-5.2.5): once when it comes, once before it goes to 2204. */
export function mustBeAsWritten(bill: Bill): void {
  if (!isAsWritten(bill)) throw held('billTampered', { bill, rule: 'digest' });
}

/** S-REMIND: 事前提醒. Nothing stops, and that it was said is written down. */
export async function remind(rooms: Rooms, session: Session, hits: readonly RuleHit[]): Promise<void> {
  if (hits.length === 0) return;
  await session.ask<true>(
    { name: 'S-REMIND', reasons: [...new Set(hits.map(({ reason }) => reason))], removeCard: false },
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
