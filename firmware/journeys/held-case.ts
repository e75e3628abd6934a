/**
 * A bill that was held becomes a case: a number, an audit entry with the rule behind it, a task for the office that can
 * put it right, and a slip for the patient (Z-6.2.2, SZ-207, Z-9.1.3).
 *
 * One promise: the case is on the disk before the patient sees its number, and nothing on the bill was changed.
 */

import { caseSlip } from '../documents/case-slip.ts';
import { forReader } from '../documents/large-print.ts';
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { Person } from '../insurance/insurance-platform.ts';
import { platformTime } from '../insurance/platform-time.ts';
import { reasons } from '../reasons.ts';
import { type CaseReason, caseOffices } from '../region/offices.ts';
import type { Session } from '../session/session.ts';
import { printerTrouble } from './deliver-paper.ts';
import type { Rooms } from './rooms.ts';

export interface HeldBill {
  readonly bill: Bill;
  /** Whose bill it is. */
  readonly person: Person;
  /** None = the whole bill. */
  readonly lineNumbers?: readonly string[];
  /** `id` of the rule in the pack, or what else held it. */
  readonly rule?: string;
  readonly list?: { readonly name: string; readonly day: string };
  /** Charged and published price of each line, for the clerk (Z-5.3.1). */
  readonly prices?: readonly string[];
  /** How long ago the centre last said what is too old now, ms. */
  readonly staleMs?: number;
}

export interface Case {
  readonly number: string;
  readonly slip: Promise<'ready' | 'none'>;
}

const PRINT_TIMEOUT_MS = 30_000;

/** Alarms that the authority hears at once, and how loud (SZ-248, N-43(4), Z-5.2.5). */
const ALARMS: Partial<Record<CaseReason, 'highest' | 'high'>> = { foreignInstitution: 'highest', billTampered: 'high' };

/** `undefined` = it could not be kept: no number is shown, and whoever keeps the ledger was told that it stopped. */
export async function openCase(
  rooms: Rooms,
  session: Session,
  reason: CaseReason,
  held: HeldBill,
): Promise<Case | undefined> {
  const { bill, lineNumbers = [], rule, prices } = held;
  const number = rooms.newNumber('held');
  const office = caseOffices[reason];
  const facts = { case: number, bill: bill.billId, reason, ...(rule !== undefined && { rule }) };
  rooms.audit.write('bill.held', { session: session.id, ...facts, lines: lineNumbers.join(' '), choice: office });
  const task = { ...facts, version: bill.version, office, lineNumbers, ...(prices && { prices }) };
  const kept = rooms.notices.staffTask(number, 'heldBill', task);
  const alarm = ALARMS[reason];
  if (alarm) {
    rooms.audit.write('authority.alarm', { session: session.id, ...facts, choice: alarm });
    rooms.notices.authorityAlarm(number, alarm, { ...facts, institution: bill.institutionCode });
  }
  if (!(await kept)) return undefined;
  return { number, slip: printCase(rooms, session, reason, held, number) };
}

async function printCase(
  rooms: Rooms,
  session: Session,
  reason: CaseReason,
  { bill, lineNumbers = [], rule, list }: HeldBill,
  caseNumber: string,
): Promise<'ready' | 'none'> {
  const { printer, config, profile, rules } = rooms;
  if (!printer || printerTrouble(rooms)) return 'none';
  const { id, version } = rules.pack;
  const document = caseSlip({
    ...{ config, profile, language: session.language, caseNumber, reason, bill, lineNumbers, list },
    staffCode: reasons[reason].staffCode,
    rule: rule === undefined ? undefined : `${rule} ${id}/${version}`,
    printedAt: platformTime(rooms.clock.wallMs()),
  });
  const printed = await printer.print(forReader(document, session.textSize), { timeoutMs: PRINT_TIMEOUT_MS });
  return printed.done ? 'ready' : 'none';
}
