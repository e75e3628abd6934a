/**
 * Calls a number three times, for whatever shows it.
 *
 * One promise: the rounds of one call end with the next one, so two numbers are never called at the same time.
 */
import type { Clock, Unsubscribe } from '../ports.ts';
import type { QueueCall, QueueDisplayEvent } from './queue-display.ts';

/** Between two rounds, ms: long enough for the sentence in two languages. */
const AGAIN_MS = 8_000;
const ROUNDS = 3;

export class CallRounds {
  readonly #clock: Clock;
  readonly #tell: (event: QueueDisplayEvent) => void;
  #number: string | undefined;
  #cancel: Unsubscribe | undefined;

  constructor(clock: Clock, tell: (event: QueueDisplayEvent) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  begin(call: QueueCall): void {
    this.#round(call, 1);
  }

  answered(number: string): void {
    if (this.#number === number) this.end();
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#number = undefined;
  }

  #round(call: QueueCall, time: number): void {
    this.end();
    const { number, place } = call;
    this.#number = number;
    // The timer first: whoever hears the event may end the rounds.
    this.#cancel = this.#clock.timer(AGAIN_MS, () => {
      if (time < ROUNDS) this.#round(call, time + 1);
      else {
        this.end();
        this.#tell({ event: 'callEnded', number });
      }
    });
    this.#tell({ event: 'voiceWanted', number, place, time });
  }
}
