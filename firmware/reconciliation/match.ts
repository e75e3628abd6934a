/**
 * Lays two lists of one day beside each other, line by line, by key.
 *
 * Pure. One promise: theirs − ours of the day is exactly the sum of `off` over what is answered, because every line
 * of either list is either equal to its partner or in one difference.
 */
import type { BusinessDate } from './day-book.ts';
import type { DifferenceName, Found, Remedy } from './difference.ts';
import { isNothing, minus, negative, type Sums } from './sums.ts';

export interface OurItem {
  readonly key: string;
  readonly date: BusinessDate;
  readonly settlement: string;
  readonly sums: Sums;
}

export interface TheirItem {
  readonly key: string;
  readonly sums: Sums;
  /** The party's own number of the line: another number under the same key is a second line. */
  readonly number: string;
}

export type Named = { readonly name: DifferenceName; readonly cause: string; readonly remedy: Remedy };

export interface Matching<Ours extends OurItem, Theirs extends TheirItem> {
  readonly date: BusinessDate;
  /** Of this day. */
  readonly ours: readonly Ours[];
  readonly theirs: readonly Theirs[];
  /** Ours of any day. */
  find(key: string): Ours | undefined;
  /** The day on which the party's books have this key, other than this one; the earliest. */
  seenOn(key: string): BusinessDate | undefined;
  /** We do not have it. */
  unknown(item: Theirs): Named & { readonly settlement: string | undefined };
  /** They do not have it, on any day that is known. */
  missing(item: Ours): Named;
  /** They have it on another day. */
  moved(item: Ours): 'crossDay' | 'cutOff';
  /** They have it a second time. */
  again(item: Theirs, ours: Ours | undefined): Named;
}

type Answered = Omit<Found, 'party'>;

export function matchDay<Ours extends OurItem, Theirs extends TheirItem>(
  matching: Matching<Ours, Theirs>,
): readonly Answered[] {
  const { date, ours, theirs, find, seenOn } = matching;
  const found: Answered[] = [];
  const taken = new Set<string>();
  for (const item of theirs) {
    const { key, sums } = item;
    const partner = find(key);
    const settlement = partner?.settlement;
    const earlier = seenOn(key);
    // The first line is the one that counts; a later day's or a second one of this day is one too many.
    if (taken.has(key) || (earlier !== undefined && earlier < date)) {
      found.push({ key: `${key} ${item.number}`, off: sums, settlement, ...matching.again(item, partner) });
      continue;
    }
    taken.add(key);
    if (!partner) {
      found.push({ key, off: sums, ...matching.unknown(item) });
      continue;
    }
    const off = minus(sums, partner.sums);
    if (!isNothing(off)) {
      found.push({ key, off, settlement, name: 'amountDiffers', cause: '', remedy: 'person' });
    }
    if (partner.date !== date) {
      const cause = `ours on ${partner.date}`;
      found.push({ key, off: partner.sums, settlement, name: matching.moved(partner), cause, remedy: 'agreed' });
    }
  }
  for (const item of ours) {
    const { key, sums, settlement } = item;
    if (taken.has(key)) continue;
    const other = seenOn(key);
    const named: Named =
      other === undefined
        ? matching.missing(item)
        : { name: matching.moved(item), cause: `theirs on ${other}`, remedy: 'agreed' };
    found.push({ key, off: negative(sums), settlement, ...named });
  }
  return found;
}
