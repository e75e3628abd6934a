/**
 * Everything that can go wrong around one call, and how often the soak lets it.
 *
 * Steps that are rare by nature get troubles more often ("buggify"), so that a year reaches every trouble at every
 * step many times.
 */
import type { CallStep } from '../../firmware/settlement/facts.ts';

/** What the wire or the party does to a message. */
export const WIRE_TROUBLES = [
  /** The call certainly did not leave. */
  'unreachable',
  /** Lost before it arrived, and nobody can tell. */
  'requestLost',
  /** Done, but the answer is lost. */
  'answerLost',
  /** Done, but the answer cannot be read. */
  'answerBroken',
  /** Done at once, answered after the kiosk has given up. */
  'answerLate',
  /** Given up, and done afterwards all the same. */
  'requestLate',
  /** Reset at once, and done after later messages have overtaken it. */
  'reordered',
  /** Done twice, the second time late. */
  'doubled',
  /** The party says a definite no. */
  'refused',
] as const;

/** What happens to the kiosk while a call is under way. */
export const KIOSK_TROUBLES = [
  /** Ended between the durable intent and the call. */
  'killedBeforeSend',
  /** Ended when the party has done it and before the answer is written. */
  'killedAfterEffect',
  /** No current, for seconds to hours. */
  'powerCut',
  /** Stopped in good order and started again as another version on the same journal. */
  'update',
  /** The calendar jumps: a day, thirty years, to 1970. */
  'clockJump',
] as const;

/** What the disk does to the transaction that follows an answer. */
export const DISK_TROUBLES = [
  /** The n-th write of the transaction finds the disk full, and it stays full for minutes. */
  'diskFull',
  /** COMMIT throws although it is on the disk. */
  'commitThrew',
  /** COMMIT throws and nothing is on the disk. */
  'commitLost',
] as const;

export type WireTrouble = (typeof WIRE_TROUBLES)[number];
export type KioskTrouble = (typeof KIOSK_TROUBLES)[number];
export type DiskTrouble = (typeof DISK_TROUBLES)[number];
export type Trouble = WireTrouble | KioskTrouble | DiskTrouble;

export const TROUBLES: readonly Trouble[] = [...WIRE_TROUBLES, ...KIOSK_TROUBLES, ...DISK_TROUBLES];

/**
 * One call of this step in so many meets each single trouble of the wire, on average. A year must reach every cell
 * thirty times, so each number is about a sixtieth of the step's calls in a year.
 */
export const CALLS_BETWEEN: Readonly<Record<CallStep, number>> = {
  'hospital.lock': 1_400,
  'hospital.confirm': 1_100,
  'hospital.unlock': 215,
  'pay.create': 490,
  'pay.charge': 290,
  'pay.query': 5_000,
  'pay.close': 92,
  'pay.refund': 20,
  'pay.refundState': 40,
  'pay.return': 135,
  'pay.returnQuery': 155,
  'pay.returnState': 205,
  'cash.stack': 700,
  'cash.counter': 13,
  'ins.settle': 850,
  'ins.find': 25,
  'ins.reverse': 15,
  'ins.void': 70,
  'ins.undo': 85,
  'ins.prepare': 62,
  'ins.findFormer': 112,
};

/** Refusals that are everyday business, and that refunds come from. */
const OFTEN_REFUSED: Partial<Readonly<Record<CallStep, number>>> = { 'ins.settle': 30, 'hospital.confirm': 250 };

const QUESTIONS: ReadonlySet<CallStep> = new Set([
  'pay.query',
  'pay.refundState',
  'pay.returnQuery',
  'pay.returnState',
  'cash.counter',
  'ins.find',
  'ins.findFormer',
]);

/** Ends of the kiosk cost the most time, so they come more rarely; a question's answer is not always written. */
const RARER_END = 1.5;

export function callsBetween(trouble: Trouble, step: CallStep): number {
  const between = (trouble === 'refused' && OFTEN_REFUSED[step]) || CALLS_BETWEEN[step];
  if (WIRE_TROUBLES.some((name) => name === trouble)) return between;
  const isDisk = DISK_TROUBLES.some((name) => name === trouble);
  return isDisk && QUESTIONS.has(step) ? between * 0.9 : between * RARER_END;
}

export const STEPS = Object.keys(CALLS_BETWEEN) as CallStep[];

/** Steps of which the contract has no refusal that would mean anything else than what happens by itself. */
const NEVER_REFUSED: ReadonlySet<CallStep> = new Set([
  'pay.query',
  'pay.refundState',
  'pay.returnQuery',
  'pay.returnState',
  'pay.close',
  'cash.counter',
  'hospital.lock',
  'hospital.unlock',
]);

/** What a device on a serial line cannot do to a message. */
const NOT_ON_A_LINE: ReadonlySet<Trouble> = new Set(['requestLate', 'reordered', 'doubled']);

/** Whether this trouble can happen at this step at all. */
export function canHappen(trouble: Trouble, step: CallStep): boolean {
  if (trouble === 'refused') return !NEVER_REFUSED.has(step);
  return !(step.startsWith('cash.') && NOT_ON_A_LINE.has(trouble));
}
