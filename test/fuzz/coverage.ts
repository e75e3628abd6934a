/**
 * Which ways through the covered files an input took, and whether any was new.
 *
 * A way counts by how often it was taken, in powers of two: a loop that turns a hundred times is another way than one
 * that turns once.
 */
export type Counters = Readonly<Record<string, { readonly s: Counts; readonly b: Readonly<Record<string, number[]>> }>>;
type Counts = Record<string, number>;

export class Coverage {
  readonly #counts: readonly { readonly of: Counts | number[]; readonly keys: readonly string[] }[];
  readonly #seen: Uint8Array;
  /** Counters in all. */
  readonly size: number;

  constructor(counters: Counters) {
    this.#counts = Object.values(counters).flatMap(({ s, b }) => [
      { of: s, keys: Object.keys(s) },
      ...Object.values(b).map((branches) => ({ of: branches, keys: Object.keys(branches) })),
    ]);
    this.size = this.#counts.reduce((sum, { keys }) => sum + keys.length, 0);
    this.#seen = new Uint8Array(this.size);
  }

  /** Forgets what ran since the last look. */
  clear(): void {
    for (const { of, keys } of this.#counts) for (const key of keys) (of as Counts)[key] = 0;
  }

  /** Looks and clears. `steps`: everything that was executed, a measure of work that no clock disturbs. */
  look(): { readonly isNew: boolean; readonly steps: number } {
    let place = 0;
    let isNew = false;
    let steps = 0;
    for (const { of, keys } of this.#counts) {
      for (const key of keys) {
        const count = (of as Counts)[key] ?? 0;
        if (count > 0) {
          steps += count;
          const bit = 1 << Math.min(7, 31 - Math.clz32(count));
          const seen = this.#seen[place] ?? 0;
          if ((seen & bit) === 0) {
            isNew = true;
            this.#seen[place] = seen | bit;
          }
          (of as Counts)[key] = 0;
        }
        place += 1;
      }
    }
    return { isNew, steps };
  }

  /** Counters that were ever reached. */
  get reached(): number {
    return this.#seen.reduce((sum, bits) => sum + (bits === 0 ? 0 : 1), 0);
  }
}
