/**
 * Every legal disk after a cut at one instant: which part of the unflushed changes arrived, and how.
 *
 * The named ones are the classic ways in which a write-ahead log is lost; the
 * random ones, from a seed, look where nobody thought of looking.
 */
import type { SeededStream } from '../../parties/seeded-stream.ts';
import type { Content, DiskModel, Pending } from './disk-model.ts';

export interface DiskState {
  /** How the disk came to be so, for the reader of a report. */
  readonly how: string;
  readonly content: Content;
}

const SECTOR_BYTES = 512;

/** `random`: how many random subsets are drawn beside the named states. */
export function diskStates(disk: DiskModel, chance: SeededStream, random: number): readonly DiskState[] {
  const all = disk.pending;
  const states: DiskState[] = [];
  const add = (how: string, chosen: readonly Pending[]): void => {
    states.push({ how, content: disk.content(chosen) });
  };
  add('kill -9', all);
  const last = all.at(-1);
  if (!last) return states;
  const before = all.slice(0, -1);
  add('nothing unflushed', []);
  add('only the last', [last]);
  add('all but the last', before);
  for (const [how, torn] of tornWays(last)) {
    add(`the last ${how}`, [...before, torn]);
    add(`only the last, ${how}`, [torn]);
  }
  add('grown with zeros', all.map(zeroed));
  add('the last with zeros', [...before, zeroed(last)]);
  for (const inode of inodesOf(all)) {
    const others = all.filter((change) => change.of === 'name' || change.inode !== inode);
    if (others.length > 0 && others.length < all.length) add('one file unflushed', others);
  }
  for (const name of all.filter((change) => change.of === 'name')) {
    add(
      'a name undone',
      all.filter((change) => change !== name),
    );
    add('only a name', [name]);
  }
  if (all.length > 2 || last.of === 'bytes') {
    for (let at = 0; at < random; at += 1) add('a random part', randomPart(all, chance));
  }
  return states;
}

/** The prefixes and suffixes in whole sectors of a write that was cut off. */
function tornWays(change: Pending): readonly (readonly [string, Pending])[] {
  if (change.of !== 'bytes') return [];
  const ways: [string, Pending][] = [];
  const { at, bytes } = change;
  const first = (Math.floor(at / SECTOR_BYTES) + 1) * SECTOR_BYTES - at;
  for (let cut = first; cut < bytes.length; cut += SECTOR_BYTES) {
    ways.push([`torn after ${cut} B`, { ...change, bytes: bytes.subarray(0, cut) }]);
  }
  if (first < bytes.length)
    ways.push([`torn before ${first} B`, { ...change, at: at + first, bytes: bytes.subarray(first) }]);
  return ways;
}

function zeroed(change: Pending): Pending {
  return change.of === 'bytes' ? { ...change, bytes: new Uint8Array(change.bytes.length) } : change;
}

function inodesOf(all: readonly Pending[]): ReadonlySet<number> {
  return new Set(all.flatMap((change) => (change.of === 'name' ? [] : [change.inode])));
}

function randomPart(all: readonly Pending[], chance: SeededStream): readonly Pending[] {
  return all.flatMap((change) => {
    if (change.of !== 'bytes') return chance.below(2) === 0 ? [] : [change];
    const way = chance.below(4);
    if (way === 0) return [];
    if (way !== 3) return [change];
    return sectorsOf(change).filter(() => chance.below(2) === 0);
  });
}

/** A write as the sectors it touches: each may arrive or not. */
function sectorsOf(change: Extract<Pending, { of: 'bytes' }>): readonly Pending[] {
  const { at, bytes } = change;
  const parts: Pending[] = [];
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + SECTOR_BYTES - ((at + from) % SECTOR_BYTES));
    parts.push({ ...change, at: at + from, bytes: bytes.subarray(from, to) });
    from = to;
  }
  return parts;
}
