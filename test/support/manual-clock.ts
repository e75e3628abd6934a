/**
 * A clock that moves only when a test says so.
 *
 * `pass` goes from timer to timer and lets every promise that is ready run in
 * between, so what would happen in real time happens in the same order here.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Unsubscribe } from '../../drivers/ports.ts';

interface Timer {
  readonly atMs: number;
  readonly fire: () => void;
}

/** Turns of the event loop after each timer: enough for promise chains that also pass through a port of Node's. */
const TURNS = 3;

export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #bootWallMs: number;
  #nowMs = 0;

  /** @param bootWallMs the calendar at boot, Unix ms */
  constructor(bootWallMs = Date.UTC(2026, 10, 22, 1, 0, 0)) {
    this.#bootWallMs = bootWallMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#bootWallMs + this.#nowMs;
  }

  timer(delayMs: number, fire: () => void): Unsubscribe {
    const timer: Timer = { atMs: this.#nowMs + Math.max(0, delayMs), fire };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers that still wait; a test that ends with some has left something running. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets `ms` pass: every timer due in it fires at its own time, promises drain before and after each. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await this.drain();
    for (;;) {
      const due = this.#earliest(untilMs);
      if (!due) break;
      this.#timers.delete(due);
      this.#nowMs = due.atMs;
      due.fire();
      await this.drain();
    }
    this.#nowMs = untilMs;
  }

  /** Runs whatever is ready now, without any time passing. */
  async drain(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
  }

  /** Set order is insertion order: of two timers due together, the older one comes first. */
  #earliest(untilMs: number): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.atMs <= untilMs && (!earliest || timer.atMs < earliest.atMs)) earliest = timer;
    }
    return earliest;
  }
}
