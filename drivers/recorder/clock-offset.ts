/**
 * How far the recorder's clock is from the kiosk's.
 *
 * The answer lies somewhere in the round trip, so a measurement is as good as its
 * round trip is short; the best of the last eight counts. One promise: the true
 * offset is within the uncertainty, as long as neither clock was set meanwhile.
 */
import type { Clock } from '../ports.ts';

const KEPT = 8;

interface Measurement {
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

export class ClockOffset {
  readonly #clock: Clock;
  #asked: { readonly id: number; readonly wallMs: number; readonly monotonicMs: number } | undefined;
  #measured: readonly Measurement[] = [];
  #lastId = 0;
  #answered = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get offsetMs(): number | undefined {
    return this.#best?.offsetMs;
  }

  get uncertaintyMs(): number | undefined {
    return this.#best?.uncertaintyMs;
  }

  /** Id of the last question that was answered. */
  get answered(): number {
    return this.#answered;
  }

  /** → the id of the question, to be sent at once */
  ask(): number {
    this.#lastId += 1;
    this.#asked = { id: this.#lastId, wallMs: this.#clock.wallMs(), monotonicMs: this.#clock.monotonicMs() };
    return this.#lastId;
  }

  /** → whether this answers the question that is open */
  take(id: number, recorderWallMs: number): boolean {
    const asked = this.#asked;
    if (!asked || asked.id !== id) return false;
    this.#asked = undefined;
    this.#answered = id;
    const tripMs = this.#clock.monotonicMs() - asked.monotonicMs;
    const one = {
      offsetMs: Math.round(recorderWallMs - (asked.wallMs + tripMs / 2)),
      uncertaintyMs: Math.ceil(tripMs / 2),
    };
    this.#measured = [...this.#measured, one].slice(-KEPT);
    return true;
  }

  get #best(): Measurement | undefined {
    let best: Measurement | undefined;
    for (const one of this.#measured) if (!best || one.uncertaintyMs <= best.uncertaintyMs) best = one;
    return best;
  }
}
