/**
 * What the authority is told of a fault that touches patients: first, follow-up and closing message (SZ-278, Y2-10).
 *
 * Each message stands for itself: what, since when, what still works, the plan that is followed, what waits. Numbers
 * and words of tables, no person. The rows themselves are the memory of an open fault across a power cut.
 */
import { platformTime } from '../insurance/platform-time.ts';
import type { NewRow } from '../settlement/outbox-rows.ts';

export type FaultStage =
  | 'first'
  /** Still so. */
  | 'followUp'
  /** The line answers; what waited is being sent. */
  | 'answersAgain'
  /** Before everything was sent the line went silent once more: the same fault goes on. */
  | 'silentAgain'
  | 'closing';

/** What patients can still do here while the insurance line is silent. */
export const STILL_WORKS = ['selfPayment', 'billParking', 'staffedWindows', 'queries'] as const;

export interface FaultMessage {
  /** `flt_…` */
  readonly fault: string;
  /** From 1, without gaps. */
  readonly number: number;
  readonly stage: FaultStage;
  readonly what: 'insuranceLine';
  readonly kioskId: string;
  readonly institutionCode: string;
  readonly sinceMs: number;
  readonly atMs: number;
  /** Highest id of the outbox before the fault's first message: what is older and delivered is not the fault's. */
  readonly fromId: number;
  /** Highest id when the line answered again: up to here everything must be delivered before the fault is over. */
  readonly toId: number | undefined;
  readonly answersSinceMs: number | undefined;
  readonly waiting: number;
  readonly delivered: Delivered | undefined;
}

/** Proof in a closing message (SZ-284b). */
export interface Delivered {
  readonly count: number;
  readonly heldForPerson: number;
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
  /** SHA-256 over the delivered keys in their order. */
  readonly keysDigest: string;
  readonly within24h: boolean;
}

const PLAN = 'insuranceLineDown';

/** The row of one message; its key makes a second one of the same number impossible. */
export function faultRow(message: FaultMessage): NewRow {
  const { fault, number, sinceMs, atMs, answersSinceMs } = message;
  const told = {
    ...message,
    since: platformTime(sinceMs),
    at: platformTime(atMs),
    answersSince: answersSinceMs === undefined ? undefined : platformTime(answersSinceMs),
    stillWorks: message.stage === 'closing' ? undefined : STILL_WORKS,
    plan: PLAN,
  };
  return { kind: 'authorityNotice', key: `${fault} ${number}`, body: JSON.stringify(told) };
}

/** A message as it was written; `undefined` for a row that is none of ours. */
export function readFaultRow(body: string): FaultMessage | undefined {
  const message = JSON.parse(body) as Partial<FaultMessage>;
  return typeof message.fault === 'string' && typeof message.number === 'number'
    ? (message as FaultMessage)
    : undefined;
}

/** The task that is left when no message gets through: somebody takes the telephone. */
export function telephoneTask(message: FaultMessage, phone: string): NewRow {
  const { fault, sinceMs, atMs } = message;
  const task = { task: 'telephoneAuthority', number: taskNumber(fault), fault, phone };
  const times = { since: platformTime(sinceMs), at: platformTime(atMs), plan: PLAN };
  return { kind: 'staffTask', key: `${fault} telephone`, body: JSON.stringify({ ...task, ...times }) };
}

export function taskNumber(fault: string): string {
  return fault.replace(/^flt_/, 'tsk_');
}
