/**
 * How long the desk waits for one call before its outcome counts as unknown.
 *
 * One promise: the party's client, which knows whether anything left this machine, always gives up first; the desk's
 * own limit is for a client that hangs.
 */
import { settleLimitMs } from '../insurance/time-limits.ts';
import type { InsuranceRules } from '../region/profile.ts';
import type { CallStep } from './facts.ts';

export type Deadlines = Readonly<Partial<Record<CallStep, number>>>;

/** A 2207 may take 60 s by itself. */
export const DEADLINES_MS: Deadlines = { 'ins.settle': 75_000, 'pay.charge': 60_000 };
export const OTHER_DEADLINE_MS = 45_000;

const RESERVE_MS = 5_000;

/**
 * For a platform whose calls may take this long (region profile, ms): each call may have to sign in first, a question
 * again after a lapsed sign-in, 5201 is followed by 5203, and settling anew is 2205, 2204 and 2206 in one step.
 */
export function insuranceDeadlines(timeouts: InsuranceRules['timeouts']): Deadlines {
  const { otherMs } = timeouts;
  // Whose settlement it is, the deadline does not know; the client does, and gives up first either way.
  const settleMs = settleLimitMs(timeouts, true);
  const money = otherMs + settleMs + RESERVE_MS;
  return {
    'ins.settle': money,
    'ins.void': money,
    'ins.undo': money,
    'ins.prepare': 10 * otherMs + 2 * settleMs + RESERVE_MS,
    'ins.findFormer': 4 * otherMs + RESERVE_MS,
    'ins.reverse': 4 * otherMs + RESERVE_MS,
    'ins.find': 8 * otherMs + RESERVE_MS,
  };
}
