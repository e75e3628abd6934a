/**
 * One command at a time for one device.
 *
 * The deadline starts when a command is accepted, so waiting counts. A waiting
 * command that is canceled or runs out of time ends at once; a running one gets
 * the signal and is waited for only `graceMs`, so a hung library can't hold the
 * caller. Nothing accepted before a loss is started after it (`drop`).
 */
import { type CommandOptions, type CommonFault, failed } from './device.ts';
import { CardGoneError, type Clock, LinkLostError } from './ports.ts';

/** Why a running command was told to stop: the queue's own words for `AbortSignal.reason`. */
class Stop extends Error {
  readonly fault: 'timeOut' | 'canceled' | 'deviceNotReady';
  constructor(fault: Stop['fault']) {
    super(fault);
    this.fault = fault;
  }
}

type Failure<Fault extends string> = {
  readonly done: false;
  readonly fault: Fault | CommonFault;
  readonly detail: string;
};

interface Waiting {
  start(): void;
  stop(why: Stop): void;
}

export class CommandQueue {
  readonly #clock: Clock;
  readonly #graceMs: number;
  readonly #waiting: Waiting[] = [];
  #running: Waiting | undefined;

  constructor(clock: Clock, graceMs = 50) {
    this.#clock = clock;
    this.#graceMs = graceMs;
  }

  /** Runs `command` when its turn comes. Throws only what `command` throws as our own mistake. */
  run<Ended extends { readonly done: boolean }, Fault extends string = never>(
    options: CommandOptions,
    command: (signal: AbortSignal) => Promise<Ended>,
  ): Promise<Ended | Failure<Fault>> {
    return new Promise((resolve, reject) => {
      const controller = new AbortController();
      const releases: (() => void)[] = [];
      let ended = false;
      let started = false;

      const end = (settle: () => void): void => {
        if (ended) return;
        ended = true;
        for (const release of releases) release();
        settle();
      };
      const entry: Waiting = {
        start: () => {
          started = true;
          command(controller.signal)
            .then(
              (result) => end(() => resolve(result)),
              (error: unknown) => end(() => settleError(error)),
            )
            .finally(() => this.#next(entry));
        },
        stop: (why) => {
          if (ended) return;
          controller.abort(why);
          const give = () => end(() => resolve(failed(why.fault, started ? 'stopped while running' : 'never started')));
          if (!started) {
            const at = this.#waiting.indexOf(entry);
            if (at >= 0) this.#waiting.splice(at, 1);
            give();
            return;
          }
          releases.push(this.#clock.timer(this.#graceMs, give));
        },
      };
      const settleError = (error: unknown): void => {
        if (error instanceof Stop) resolve(failed(error.fault, 'stopped while running'));
        else if (error instanceof LinkLostError) resolve(failed('deviceNotReady', error.message));
        else if (error instanceof CardGoneError) resolve(failed('noMedia' as Fault, error.message));
        else reject(error);
      };

      const { signal } = options;
      if (signal?.aborted) {
        entry.stop(new Stop('canceled'));
        return;
      }
      releases.push(this.#clock.timer(options.timeoutMs, () => entry.stop(new Stop('timeOut'))));
      if (signal) {
        const onAbort = (): void => entry.stop(new Stop('canceled'));
        signal.addEventListener('abort', onAbort, { once: true });
        releases.push(() => signal.removeEventListener('abort', onAbort));
      }
      this.#waiting.push(entry);
      if (!this.#running) this.#next(undefined);
    });
  }

  /** The device is lost: everything that waits ends as `deviceNotReady`, what runs gets the signal. */
  drop(): void {
    for (const entry of [...this.#waiting]) entry.stop(new Stop('deviceNotReady'));
    this.#running?.stop(new Stop('deviceNotReady'));
  }

  #next(finished: Waiting | undefined): void {
    if (finished !== undefined && this.#running !== finished) return;
    this.#running = this.#waiting.shift();
    this.#running?.start();
  }
}
