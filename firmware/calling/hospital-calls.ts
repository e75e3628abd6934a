/**
 * Asks the hospital which numbers are being called, and has them called in the hall.
 *
 * Only where there is a display. One promise: a number is called once, in its turn and while it is new: what was called
 * before this kiosk looked, or while its line was down for long, is not called again.
 */
import type { QueueTickets } from '../hospital/queue-tickets.ts';
import type { Clock } from '../ports.ts';
import type { QueueHall } from './queue-hall.ts';

/** How often the hospital is asked, ms, and how often while it does not answer. */
const ASK_MS = 2_000;
const AGAIN_MS = 10_000;
/** A line that was down for longer has missed numbers whose people have gone, ms. */
const OLD_MS = 60_000;
/** Between two calls that came in one answer, ms: each is seen and said once at least. */
const APART_MS = 6_000;

export interface HospitalCallsParts {
  readonly hospital: Pick<QueueTickets, 'callsSince'>;
  readonly hall: Pick<QueueHall, 'call'>;
  readonly clock: Clock;
}

export class HospitalCalls {
  readonly #parts: HospitalCallsParts;
  #after: number | undefined;
  #answeredMs = 0;
  #cancel: () => void = () => undefined;
  #closed = false;

  constructor(parts: HospitalCallsParts) {
    this.#parts = parts;
    this.#later(0);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  #later(ms: number): void {
    if (this.#closed) return;
    this.#cancel = this.#parts.clock.timer(ms, () => {
      this.#ask().then(
        (answered) => this.#later(answered ? ASK_MS : AGAIN_MS),
        () => this.#later(AGAIN_MS),
      );
    });
  }

  /** → whether the hospital answered. */
  async #ask(): Promise<boolean> {
    const { hospital, hall, clock } = this.#parts;
    if (clock.monotonicMs() - this.#answeredMs > OLD_MS) this.#after = undefined;
    const answer = await hospital.callsSince(this.#after);
    if (answer.outcome !== 'ok') return false;
    const { latest, calls } = answer.value;
    this.#answeredMs = clock.monotonicMs();
    const news = this.#after === undefined ? [] : calls;
    this.#after = latest;
    for (const [at, call] of news.entries()) {
      if (at > 0) await this.#pause(APART_MS);
      if (this.#closed) return true;
      await hall.call(call);
    }
    // Calling takes its time, and the hospital was well all the while.
    this.#answeredMs = clock.monotonicMs();
    return true;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#cancel = this.#parts.clock.timer(ms, resolve);
    });
  }
}
