/** What one party's day came to: sums, differences, and the proof that the second explain the first. */
import type { Counterparty, DayTotals, Found } from './difference.ts';
import type { Matching, OurItem, TheirItem } from './match.ts';
import { matchDay } from './match.ts';
import { isNothing, minus, NOTHING, plus, type Sums, sumOf } from './sums.ts';

export interface ComparedDay {
  readonly found: readonly Found[];
  readonly totals: DayTotals;
}

export interface Elsewhere {
  readonly count: number;
  readonly sums: Sums;
}

export const NOBODY_ELSE: Elsewhere = { count: 0, sums: NOTHING };

/** @param more what the party says beside its lines; their sums are nothing, for every line is matched */
export function compareDay<Ours extends OurItem, Theirs extends TheirItem>(
  party: Counterparty,
  matching: Matching<Ours, Theirs>,
  elsewhere: Elsewhere,
  more: readonly Omit<Found, 'party'>[] = [],
): ComparedDay {
  const ours = sumOf(matching.ours.map(({ sums }) => sums));
  const theirs = sumOf(matching.theirs.map(({ sums }) => sums));
  const found: Found[] = [...matchDay(matching), ...more].map((one) => ({ party, ...one }));
  const rest = minus(minus(theirs, ours), sumOf(found.map(({ off }) => off)));
  if (!isNothing(rest)) {
    const cause = 'the sums of the day do not follow from its lines';
    found.push({ party, name: 'unexplained', key: 'sum', off: rest, settlement: undefined, cause, remedy: 'person' });
  }
  return { found, totals: { party, ours, theirs, elsewhere } };
}

export function addElsewhere({ count, sums }: Elsewhere, more: Sums): Elsewhere {
  return { count: count + 1, sums: plus(sums, more) };
}
