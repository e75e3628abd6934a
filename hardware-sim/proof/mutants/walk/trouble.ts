/** What may go wrong around one call, and what one walk is told to let go wrong. */
import type { Call } from '../../../../firmware/settlement/call.ts';
import type { GiveUpReason } from '../../../../firmware/settlement/facts.ts';
import type { Trip } from './trip.ts';

export const troubles = [
  /** The call certainly did not leave. */
  'unreachable',
  /** Lost on its way, and nobody can tell. */
  'requestLost',
  /** Done, and the answer is lost. */
  'answerLost',
  /** Done at once, answered after the kiosk has given up. */
  'answerLate',
  /** Reset at once, and done after later messages have overtaken it. */
  'requestLate',
  /** No answer in time; done late, and answered then. */
  'allLate',
  /** Done twice at once. */
  'doubled',
  /** Done and answered; a second copy is done late. */
  'echo',
  /** Not done: this once the party says a definite no. */
  'refused',
] as const;

export type Trouble = (typeof troubles)[number];

/** Longer than every deadline, shorter than a quarantine. */
export const LATE_MS = 100_000;

/** One way through a situation. Places count calls, or places at which the power may go, from 0. */
export interface Script {
  readonly troubles: ReadonlyMap<number, Trouble>;
  readonly cuts: ReadonlySet<number>;
  /** The patient says so just when this call leaves. */
  readonly leaves?: { readonly call: number; readonly reason: GiveUpReason };
  /** From this call on no party answers for so long, and a window takes every bill that is free. */
  readonly outage?: { readonly call: number; readonly ms: number };
  /** When this call leaves the calendar jumps. */
  readonly jump?: { readonly call: number; readonly ms: number };
}

export const NO_TROUBLE: Script = { troubles: new Map(), cuts: new Set() };

export function told(script: Script): string {
  const parts = [
    ...[...script.troubles].map(([call, trouble]) => `${trouble} at call ${call}`),
    ...[...script.cuts].map((cut) => `cut at ${cut}`),
    ...(script.leaves ? [`${script.leaves.reason} at call ${script.leaves.call}`] : []),
    ...(script.outage ? [`outage from call ${script.outage.call}`] : []),
    ...(script.jump ? [`calendar jumps at call ${script.jump.call}`] : []),
  ];
  return parts.length === 0 ? 'nothing goes wrong' : parts.join(', ');
}

/** Steps whose single refusal tells more than a party that always refuses. */
const REFUSABLE: readonly string[] = ['hospital.confirm', 'ins.undo'];

export function mayHappen(step: string | undefined, trouble: Trouble): boolean {
  return trouble !== 'refused' || (step !== undefined && REFUSABLE.includes(step));
}

/** Of a lock: what comes after the bill was let go holds it until its own time. */
const LATE: readonly Trouble[] = ['requestLate', 'allLate', 'echo'];

/** The trouble that a call meets, if it is one that can happen to it; the settlement's troubles are counted. */
export function met({ step }: Call, trip: Trip, planned: Trouble | undefined): Trouble | undefined {
  // A machine inside the cabinet is never away, and nothing of what is said to it waits on a line.
  const isInside = step.startsWith('cash.');
  if (!planned || !mayHappen(step, planned) || (isInside && planned === 'unreachable')) return undefined;
  if (planned === 'refused') {
    if (trip.denials <= 0) return undefined;
    trip.denials -= 1;
  }
  trip.troubles += 1;
  if (step === 'hospital.unlock' || (step === 'hospital.lock' && LATE.includes(planned))) trip.lockTroubles += 1;
  return isInside && (planned === 'requestLate' || planned === 'allLate') ? 'requestLost' : planned;
}
