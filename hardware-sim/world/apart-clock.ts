/**
 * A clock whose calendar can be set apart from the one below it; what runs steadily stays the same.
 *
 * As in a real cabinet the battery keeps what was set over a power cut.
 */
import type { Clock, Unsubscribe } from '../../drivers/ports.ts';

export class ApartClock implements Clock {
  /** ms; below zero: behind. */
  aheadMs = 0;
  readonly #below: Clock;

  constructor(below: Clock) {
    this.#below = below;
  }

  monotonicMs(): number {
    return this.#below.monotonicMs();
  }

  wallMs(): number {
    return this.#below.wallMs() + this.aheadMs;
  }

  timer(delayMs: number, fire: () => void): Unsubscribe {
    return this.#below.timer(delayMs, fire);
  }
}
