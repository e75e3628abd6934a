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
 * For a platform whose calls may take this long (region profile, ms): each call may have to sign in first, again after
 * a lapsed sign-in, and 5201 is followed by 5203.
 */
export function insuranceDeadlines(timeouts: InsuranceRules['timeouts']): Deadlines {
  const { otherMs } = timeouts;
  // Whose settlement it is, the deadline does not know; the client does, and gives up first either way.
  const money = otherMs + settleLimitMs(timeouts, true) + RESERVE_MS;
  return {
    'ins.settle': money,
    'ins.void': money,
    'ins.reverse': 4 * otherMs + RESERVE_MS,
    'ins.find': 8 * otherMs + RESERVE_MS,
  };
}
