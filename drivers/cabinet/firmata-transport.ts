/**
 * A byte link in the shape in which the Firmata library wants its wire, and waits
 * that end.
 *
 * One promise: nothing is written after the end, and a wait settles with what it
 * waited for or with the first of its signals.
 */
import { EventEmitter } from 'node:events';
import type { ByteLink } from '../ports.ts';

export class FirmataTransport extends EventEmitter {
  readonly #link: ByteLink;
  readonly #signal: AbortSignal;
  readonly #waiting: { readonly bytes: Uint8Array; readonly done: () => void }[] = [];

  constructor(link: ByteLink, signal: AbortSignal) {
    super();
    this.#link = link;
    this.#signal = signal;
  }

  /** What is said in one breath goes out as one write: each would be a wake-up of its own. */
  write(bytes: Uint8Array, done: () => void = () => undefined): void {
    if (this.#signal.aborted) return;
    if (this.#waiting.length === 0) queueMicrotask(() => this.#flush());
    this.#waiting.push({ bytes, done });
  }

  #flush(): void {
    const all = this.#waiting.splice(0);
    if (this.#signal.aborted) return;
    this.#link.write(Buffer.concat(all.map(({ bytes }) => bytes)), this.#signal).then(
      () => {
        for (const { done } of all) done();
      },
      // A write that fails is followed by the loss of the link, which is told there.
      () => undefined,
    );
  }
}

/** Rejects with the reason of whichever signal fires first; a fired one starts nothing. */
export function untilTold(signals: readonly AbortSignal[], start: (told: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const fired = signals.find(({ aborted }) => aborted);
    if (fired) {
      reject(fired.reason);
      return;
    }
    const listeners = signals.map((signal) => {
      const onAbort = (): void => {
        release();
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      return () => signal.removeEventListener('abort', onAbort);
    });
    const release = (): void => {
      for (const remove of listeners) remove();
    };
    start(() => {
      release();
      resolve();
    });
  });
}
