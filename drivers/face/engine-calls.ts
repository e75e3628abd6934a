/**
 * The calls that wait for the face engine's answer, each with its end.
 *
 * One promise: every call ends once: with its answer, with the signal that
 * stopped it, or with the engine; one that gets no answer in time says so.
 */
import type { Clock, LinkLostError } from '../ports.ts';
import type { EngineReply } from './engine-messages.ts';

const MOST_WAITING = 16;

interface Waiting {
  resolve(reply: EngineReply): void;
  reject(error: unknown): void;
}

export interface EngineCallsOptions {
  readonly clock: Clock;
  /** How long one answer may take, ms. */
  readonly longestMs: number;
  /** No answer in that time. */
  readonly onHung: () => void;
  /** The answer to a call that was given up meanwhile. */
  readonly onUnwanted: (reply: EngineReply) => void;
}

export class EngineCalls {
  readonly #options: EngineCallsOptions;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(options: EngineCallsOptions) {
    this.#options = options;
  }

  /** @param send hands the call over under its number; @throws Error for a caller that asks without waiting */
  add(send: (id: number) => void, signal: AbortSignal): Promise<EngineReply> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#waiting.size >= MOST_WAITING) throw new Error('Too many calls wait for the face engine.');
    this.#lastId += 1;
    const id = this.#lastId;
    const { clock, longestMs, onHung, onUnwanted } = this.#options;
    return new Promise((resolve, reject) => {
      const stopWaiting = clock.timer(longestMs, onHung);
      const settle = (act: () => void): void => {
        stopWaiting();
        signal.removeEventListener('abort', onAbort);
        act();
      };
      const onAbort = (): void => {
        reject(signal.reason);
        // The answer still comes, and has to: the engine is busy with it.
        this.#waiting.set(id, {
          resolve: (reply) => {
            stopWaiting();
            onUnwanted(reply);
          },
          reject: stopWaiting,
        });
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.set(id, {
        resolve: (reply) => settle(() => resolve(reply)),
        reject: (error) => settle(() => reject(error)),
      });
      send(id);
    });
  }

  /** `false`: nobody waits for this answer. */
  answer(reply: EngineReply): boolean {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    waiting?.resolve(reply);
    return waiting !== undefined;
  }

  end(error: LinkLostError): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const waiting of all) waiting.reject(error);
  }
}
