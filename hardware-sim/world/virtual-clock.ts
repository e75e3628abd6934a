/**
 * Time that moves only when nothing is left to do.
 *
 * The clock advances to the next timer once every promise has drained, so a
 * run takes no real time and the same seed gives the same order of events.
 */
import type { Clock, Unsubscribe } from '../../drivers/ports.ts';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly fire: () => void;
}

/** The run can't go on: nobody has anything to do and what was waited for has not come. */
export class StuckError extends Error {
  override readonly name = 'StuckError';
}

export class VirtualClock implements Clock {
  readonly #startWallMs: number;
  #nowMs = 0;
  #order = 0;
  #timers: Timer[] = [];

  /** `startWallMs`: the calendar at virtual zero, Unix ms. */
  constructor(startWallMs: number) {
    this.#startWallMs = startWallMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#startWallMs + this.#nowMs;
  }

  timer(delayMs: number, fire: () => void): Unsubscribe {
    const timer: Timer = { atMs: this.#nowMs + Math.ceil(Math.max(0, delayMs)), order: this.#order++, fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /**
   * Runs until `done` holds, checking after every event (`afterEvent` sees each one).
   * @throws StuckError when `limitMs` of virtual time pass or no timer is left.
   */
  async runUntil(done: () => boolean, limitMs: number, afterEvent: () => void = () => undefined): Promise<void> {
    const endMs = this.#nowMs + limitMs;
    for (;;) {
      await promisesDrained();
      afterEvent();
      if (done()) return;
      const next = this.#takeNext();
      if (!next) throw new StuckError('Nothing is due any more, and the end was not reached.');
      if (next.atMs > endMs) throw new StuckError(`The end was not reached within ${limitMs} ms of virtual time.`);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.fire();
    }
  }

  #takeNext(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (!first || timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order)) first = timer;
    }
    if (first) this.#timers = this.#timers.filter((timer) => timer !== first);
    return first;
  }
}

/** One turn of the event loop: every microtask that can run has run when it resolves. */
function promisesDrained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
