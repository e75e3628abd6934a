/**
 * One question at a time to a PIN pad; keys in between go to whoever listens.
 *
 * An answer does not name its question. One promise: an answer of another shape
 * is never taken, keys are told only to an entry that is open, and no answer
 * stays in memory after it was read, and no question after it left.
 */
import type { ByteLink, Clock, LinkLostError, Unsubscribe } from '../ports.ts';
import { type PadError, padErrorIn } from './pad-commands.ts';
import { PadFramer, type PadHeard, padFrame } from './pad-frame.ts';

/** The pad did not answer in its time, or what it said could not be read. */
export class PadSilenceError extends Error {
  override readonly name = 'PadSilenceError';
}

interface Waiter {
  take(body: Uint8Array): boolean;
  fail(error: Error): void;
}

/** A setting is answered with little; what little, the text does not say. A PIN block takes 21 bytes. */
const LONGEST_ACKNOWLEDGEMENT = 16;

export class PadDialogue {
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #framer = new PadFramer();
  readonly #releases: readonly Unsubscribe[];
  #waiter: Waiter | undefined;
  #keyListener: ((code: number) => void) | undefined;
  #ended: LinkLostError | undefined;

  constructor(link: ByteLink, clock: Clock) {
    this.#link = link;
    this.#clock = clock;
    this.#releases = [link.onData((bytes) => this.#hear(bytes)), link.onLost((error) => this.end(error))];
  }

  /** Keys from now on; bytes that come while nobody listens are dropped. */
  listenToKeys(listener: (code: number) => void): Unsubscribe {
    this.#keyListener = listener;
    return () => {
      this.#keyListener = undefined;
    };
  }

  /** A setting: → the pad's error, or `undefined` when it took it. Rejects as `ask` does. */
  async set(body: string, limitMs: number, signal: AbortSignal): Promise<PadError | undefined> {
    const answer = await this.ask(
      body,
      (heard) => heard.length <= LONGEST_ACKNOWLEDGEMENT || undefined,
      limitMs,
      signal,
    );
    return answer === true ? undefined : answer;
  }

  /**
   * → what `read` makes of the answer, or the pad's error. Answers of which it makes nothing are passed over.
   * Rejects with `PadSilenceError`, `LinkLostError` or `signal.reason`.
   */
  ask<Value>(
    body: string,
    read: (answer: Uint8Array) => Value | undefined,
    limitMs: number,
    signal: AbortSignal,
  ): Promise<Value | PadError> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      if (signal.aborted) return reject(signal.reason);
      const end = (settle: () => void): void => {
        cancelTimer();
        signal.removeEventListener('abort', onAbort);
        if (this.#waiter === waiter) this.#waiter = undefined;
        settle();
      };
      const onAbort = (): void => end(() => reject(signal.reason));
      const command = body.slice(0, 1);
      const cancelTimer = this.#clock.timer(limitMs, () =>
        end(() => reject(new PadSilenceError(`no answer to command ${command} in ${limitMs} ms`))),
      );
      const waiter: Waiter = {
        take: (answer) => {
          const value = padErrorIn(answer) ?? read(answer);
          if (value === undefined) return false;
          end(() => resolve(value));
          return true;
        },
        fail: (error) => end(() => reject(error)),
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiter = waiter;
      const frame = padFrame(body);
      // An account's digits may stand in it. A write that failed may still hold the buffer.
      this.#link.write(frame, signal).then(
        () => void frame.fill(0),
        (error: Error) => waiter.fail(error),
      );
    });
  }

  end(error: LinkLostError): void {
    this.#ended = error;
    this.#keyListener = undefined;
    for (const release of this.#releases) release();
    this.#framer.reset();
    this.#waiter?.fail(error);
  }

  #hear(bytes: Uint8Array): void {
    for (const heard of this.#framer.push(bytes, this.#clock.monotonicMs())) this.#take(heard);
    // A pad with false firmware may have sent a digit.
    bytes.fill(0);
  }

  /** A broken frame is left to the limit: the answer may have been another one. */
  #take(heard: PadHeard): void {
    if (heard.kind === 'key') this.#keyListener?.(heard.code);
    else if (heard.kind === 'frame') {
      this.#waiter?.take(heard.body);
      heard.body.fill(0);
    }
  }
}
