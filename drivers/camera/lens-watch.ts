/**
 * Whether anything can be seen through the lens.
 *
 * One promise: the word changes only after several looks agree, so that a
 * flicker, a flash or a person who steps close is no covered lens.
 */
import type { LensWord } from './camera.ts';
import type { LumaReading } from './jpeg-luma.ts';

export interface LensProfile {
  /** Mean light under which a picture counts as black, 0 to 255. */
  readonly leastLight: number;
  /** Spread of light under which nothing can be told apart, 0 to 255. */
  readonly leastSpread: number;
  /** Time between two looks, ms. */
  readonly lookEveryMs: number;
  /** The same while the lens is clear and the last look agreed: a look decodes a whole picture. */
  readonly calmLookEveryMs: number;
  /** Looks that must agree before the lens counts as covered, and as clear again. */
  readonly coveredAfterLooks: number;
  readonly clearAfterLooks: number;
}

/** Covered is told after 2 s (a calm look and three more): an authority may ask for 5 s at most. */
export const usualLens: LensProfile = {
  leastLight: 16,
  leastSpread: 5,
  lookEveryMs: 300,
  calmLookEveryMs: 1_000,
  coveredAfterLooks: 4,
  clearAfterLooks: 2,
};

export class LensWatch {
  readonly #profile: LensProfile;
  #word: LensWord = 'unknown';
  #against = 0;

  constructor(profile: LensProfile) {
    this.#profile = profile;
  }

  get word(): LensWord {
    return this.#word;
  }

  /** When to look again, ms. @param wasPicture whether the last frame that was looked at was one */
  nextLookMs(wasPicture: boolean): number {
    const { lookEveryMs, calmLookEveryMs } = this.#profile;
    const calm = wasPicture && this.#word === 'clear' && this.#against === 0;
    return calm ? Math.max(lookEveryMs, calmLookEveryMs) : lookEveryMs;
  }

  /** One look; `true` when the word changed. */
  look({ mean, spread }: LumaReading): boolean {
    const { leastLight, leastSpread, coveredAfterLooks, clearAfterLooks } = this.#profile;
    const seen: LensWord = mean < leastLight || spread < leastSpread ? 'covered' : 'clear';
    if (seen === this.#word) {
      this.#against = 0;
      return false;
    }
    this.#against += 1;
    const first = this.#word === 'unknown' && seen === 'clear';
    if (!first && this.#against < (seen === 'covered' ? coveredAfterLooks : clearAfterLooks)) return false;
    this.#word = seen;
    this.#against = 0;
    return true;
  }

  /** No frames any more: nothing is known. `true` when the word changed. */
  forget(): boolean {
    const changed = this.#word !== 'unknown';
    this.#word = 'unknown';
    this.#against = 0;
    return changed;
  }
}
