/**
 * What belongs to one connection attempt or one session: timers and listeners.
 *
 * One promise: after `end` none of it is heard of again, also what is added late.
 */
import type { Clock, Unsubscribe } from '../ports.ts';

export class EndingScope {
  readonly #clock: Clock;
  readonly #cancels = new Set<Unsubscribe>();
  #ended = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Calls `fire` once in `delayMs`, unless the scope ends or the returned function is called first. */
  after(delayMs: number, fire: () => void): Unsubscribe {
    if (this.#ended) return () => undefined;
    const cancelTimer = this.#clock.timer(delayMs, () => {
      this.#cancels.delete(cancel);
      fire();
    });
    const cancel = (): void => {
      this.#cancels.delete(cancel);
      cancelTimer();
    };
    this.#cancels.add(cancel);
    return cancel;
  }

  /** Calls `cancel` when the scope ends, at once when it has. */
  add(cancel: Unsubscribe): void {
    if (this.#ended) cancel();
    else this.#cancels.add(cancel);
  }

  end(): void {
    this.#ended = true;
    for (const cancel of [...this.#cancels]) cancel();
    this.#cancels.clear();
  }
}
