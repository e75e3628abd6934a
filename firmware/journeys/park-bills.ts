/**
 * 补记账: the bill is kept for later under a number, because a fault, a broken card or no code at hand stops it now
 * (SZ-240).
 *
 * One promise: nothing is charged and nothing is claimed; the number is on the disk and at the hospital before the
 * patient sees it.
 */
import { forReader } from '../documents/large-print.ts';
import { parkedSlip } from '../documents/parked-slip.ts';
import type { Bill } from '../hospital/hospital-gateway.ts';
import { platformTime } from '../insurance/platform-time.ts';
import { confirmed } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import { checkOwnBills } from './check-bills.ts';
import { printerTrouble } from './deliver-paper.ts';
import { findBills } from './find-bill.ts';
import { parkedOrder } from './orders.ts';
import { parkReasonOf } from './park-reasons.ts';
import { beginOrStop } from './pay.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { Stop, showStop, type WithoutInsurance } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

const PRINT_TIMEOUT_MS = 30_000;

interface Parked {
  readonly bill: Bill;
  readonly settlementNumber: string;
  readonly number: string;
  readonly until: string | undefined;
}

export async function parkBills(
  rooms: Rooms,
  session: Session,
  { person, bill, reason }: WithoutInsurance,
): Promise<JourneyEnd | undefined> {
  try {
    const bills = bill ? [bill] : await findBills(rooms, session, person);
    checkOwnBills(rooms, person, bills);
    for (const one of bills) await showParked(rooms, session, await park(rooms, session, one, reason));
    return 'parked';
  } catch (error) {
    if (error instanceof Stop) return showStop(rooms, session, error);
    throw error;
  }
}

async function park(rooms: Rooms, session: Session, bill: Bill, why: WithoutInsurance['reason']): Promise<Parked> {
  const order = parkedOrder({ sessionId: session.id, profile: rooms.profile }, bill);
  const { number: settlementNumber, view } = await beginOrStop(rooms, order);
  if (view.state !== 'parked') throw new Error('A parked order ends at once.');
  const number = view.parkedNumber;
  rooms.audit.write('bill.parked', {
    ...{ session: session.id, settlement: settlementNumber, bill: bill.billId, reason: why },
  });
  const reason = parkReasonOf(why) ?? 'patientAsked';
  const asked = rooms.hospital.parkBill({ billId: bill.billId, parkedNumber: number, reason });
  const answer = await waitForParty(rooms, session, 'findingBills', asked);
  if (answer.outcome === 'refused') {
    if (answer.reason === 'alreadySettled') throw new Stop('billAlreadySettled', 'S-HELD');
    throw new Stop(answer.reason === 'lockedElsewhere' ? 'billLockedElsewhere' : 'hospitalAnswerBroken', 'S-HELD');
  }
  // A hospital that cannot be asked now is told by the outbox; only the last day stays open.
  const until = answer.outcome === 'ok' ? answer.value.until : undefined;
  return { bill, settlementNumber, number, until };
}

async function showParked(rooms: Rooms, session: Session, parked: Parked): Promise<void> {
  const { number, until, bill } = parked;
  const page = { name: 'S-PARKED', number, until, totalFen: bill.totalFen, department: bill.departmentName } as const;
  const printed = print(rooms, session, parked).then((paper) => ({ paper }));
  const first = await session.ask<'leave' | { readonly paper: 'ready' | 'none' }>(
    { ...page, paper: 'printing', removeCard: false },
    { accept: (act) => (confirmed(act) ? 'leave' : undefined), until: printed, patience: 'never' },
  );
  if (first === 'leave') return;
  await session.ask<true>(
    { ...page, paper: first.paper, removeCard: false },
    { accept: confirmed, goesOn: true, patience: { timer: rooms.profile.timers.done, afterwards: true } },
  );
}

async function print(rooms: Rooms, session: Session, parked: Parked): Promise<'ready' | 'none'> {
  const { printer, config, profile } = rooms;
  if (!printer || printerTrouble(rooms)) return 'none';
  const printedAt = platformTime(rooms.clock.wallMs());
  const document = parkedSlip({ config, profile, language: session.language, printedAt, ...parked });
  const done = await printer.print(forReader(document, session.textSize), { timeoutMs: PRINT_TIMEOUT_MS });
  return done.done ? 'ready' : 'none';
}
