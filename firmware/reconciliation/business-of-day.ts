/**
 * What a day came to at the centre, as the hospital reports it: how many claims, at home and 异地, outpatient and
 * inpatient, each apart (Y4-5), and which share no insurance counts (自费比例, N-14).
 *
 * Pure. One promise: the parts add up to the whole; what was taken back is taken off on the day on which it was.
 */
import { type BookLine, linesOfKind } from './day-book.ts';
import { NOTHING, plus, type Sums } from './sums.ts';

export interface Counted {
  /** Claims less those taken back. */
  readonly count: number;
  readonly sums: Sums;
}

export interface DayBusiness {
  readonly all: Counted;
  readonly local: { readonly outpatient: Counted; readonly inpatient: Counted };
  /** 异地 */
  readonly offSite: { readonly outpatient: Counted; readonly inpatient: Counted };
  /** 全自费, fen. */
  readonly outOfScopeFen: number;
  /** Of the total, in basis points, rounded down; `undefined` on a day without a total. */
  readonly outOfScopeBp: number | undefined;
}

const NONE: Counted = { count: 0, sums: NOTHING };

export function businessOf(lines: readonly BookLine[]): DayBusiness {
  const claims = linesOfKind(lines, 'claim');
  const counted = (offSite: boolean, care: 'outpatient' | 'inpatient'): Counted =>
    claims
      .filter(({ of }) => (of?.offSite ?? false) === offSite && (of?.care ?? 'outpatient') === care)
      .map(({ reversal, sums }): Counted => ({ count: reversal ? -1 : 1, sums }))
      .reduce(together, NONE);
  const local = { outpatient: counted(false, 'outpatient'), inpatient: counted(false, 'inpatient') };
  const offSite = { outpatient: counted(true, 'outpatient'), inpatient: counted(true, 'inpatient') };
  const all = [local.outpatient, local.inpatient, offSite.outpatient, offSite.inpatient].reduce(together, NONE);
  const outOfScopeFen = claims.reduce((sum, { of }) => sum + (of?.outOfScopeFen ?? 0), 0);
  const { totalFen } = all.sums;
  const outOfScopeBp = totalFen > 0 ? Math.floor((outOfScopeFen * 10_000) / totalFen) : undefined;
  return { all, local, offSite, outOfScopeFen, outOfScopeBp };
}

function together(left: Counted, right: Counted): Counted {
  return { count: left.count + right.count, sums: plus(left.sums, right.sums) };
}
