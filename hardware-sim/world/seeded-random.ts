/** Randomness from a seed, one stream per name, so that one more fault does not reshuffle the others. */
import { createHash } from 'node:crypto';
import type { RandomSource } from '../../drivers/ports.ts';

export class SeededRandom implements RandomSource {
  readonly #key: string;
  #block = 0;
  #rest = new Uint8Array(0);

  constructor(seed: number, stream: string) {
    this.#key = `${seed}/${stream}`;
  }

  bytes(count: number): Uint8Array {
    while (this.#rest.length < count) {
      const more = createHash('sha256')
        .update(`${this.#key}/${this.#block++}`)
        .digest();
      this.#rest = Uint8Array.from([...this.#rest, ...more]);
    }
    const taken = this.#rest.slice(0, count);
    this.#rest = this.#rest.slice(count);
    return taken;
  }

  /** Whole number, 0 ≤ n < limit. */
  below(limit: number): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.bytes(4);
    return (((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32) * limit) | 0;
  }
}
