/**
 * 清机: two people count the machine's money against its journal, and only what agrees is cleared.
 *
 * Pure rules. A difference is shown line by line and stays a matter for a person; the machine never makes it fit.
 */
import type { Fen } from '../money.ts';

export interface Tally {
  readonly count: number;
  readonly fen: Fen;
}

/** One kind of money that is cleared, as each side counts it. */
export interface Clearable {
  /** `card.sales`, `card.returns`, `cash.10000` … */
  readonly what: string;
  readonly journal: Tally;
  /** The terminal's batch totals, or the acceptor's counters. */
  readonly device: Tally;
  /** What the two people counted by hand; notes only. */
  readonly counted: Tally | undefined;
}

export interface ClearingAsked {
  /** Staff ids from two keys. */
  readonly by: readonly [string, string];
  /** Orders of this machine whose outcome is still unknown. */
  readonly openOrders: number;
  readonly money: readonly Clearable[];
}

export type Clearing =
  | { readonly outcome: 'agrees'; readonly totalFen: Fen }
  | { readonly outcome: 'refused'; readonly reason: 'samePerson' | 'ordersOpen' }
  | { readonly outcome: 'differs'; readonly differences: readonly Clearable[] };

export function judgeClearing({ by, openOrders, money }: ClearingAsked): Clearing {
  if (by[0] === by[1]) return { outcome: 'refused', reason: 'samePerson' };
  // What is still being found out may yet count on one side only.
  if (openOrders > 0) return { outcome: 'refused', reason: 'ordersOpen' };
  const differences = money.filter(
    ({ journal, device, counted }) => !same(journal, device) || (counted !== undefined && !same(counted, journal)),
  );
  if (differences.length > 0) return { outcome: 'differs', differences };
  return { outcome: 'agrees', totalFen: money.reduce((sum, { journal }) => sum + journal.fen, 0) };
}

function same(one: Tally, other: Tally): boolean {
  return one.count === other.count && one.fen === other.fen;
}
