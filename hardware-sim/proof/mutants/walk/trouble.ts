/** What may go wrong around one call, and what one walk is told to let go wrong. */
import type { CallStep, GiveUpReason } from '../../../../firmware/settlement/facts.ts';

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

/** A machine inside the cabinet: nothing of what is said to it waits on a line or comes twice. */
export function troubleAt(step: CallStep, trouble: Trouble): Trouble {
  const inside = step.startsWith('cash.');
  if (!inside) return trouble;
  return trouble === 'requestLate' || trouble === 'allLate' ? 'requestLost' : trouble;
}
