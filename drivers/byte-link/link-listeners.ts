/**
 * Who listens to a byte link.
 *
 * One promise: a loss is told once to each listener, also to one that comes
 * after it, and never after an orderly close.
 */
import type { LinkLostError, Unsubscribe } from '../ports.ts';

export class LinkListeners {
  readonly #data = new Set<(bytes: Uint8Array) => void>();
  readonly #lostListeners = new Set<(error: LinkLostError) => void>();
  readonly #ended = new AbortController();
  #lostWith: LinkLostError | undefined;
  #closed = false;

  get lostWith(): LinkLostError | undefined {
    return this.#lostWith;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Fires at the loss or at the close; its reason is the error for whoever still waits. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    this.#data.add(listener);
    return () => this.#data.delete(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    const lostWith = this.#lostWith;
    if (lostWith) queueMicrotask(() => listener(lostWith));
    else this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  deliver(bytes: Uint8Array): void {
    for (const listener of [...this.#data]) listener(bytes);
  }

  lose(error: LinkLostError): void {
    if (this.#closed || this.#lostWith) return;
    this.#lostWith = error;
    this.#ended.abort(error);
    for (const listener of [...this.#lostListeners]) listener(error);
    this.#lostListeners.clear();
    this.#data.clear();
  }

  /** Orderly: nobody is told. */
  close(why: LinkLostError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ended.abort(why);
    this.#lostListeners.clear();
    this.#data.clear();
  }

  /**
   * Runs one write. Ends with its callback, with the loss or close of the link,
   * or with the signal: some libraries forget the callback of a write that
   * meets a closing device.
   */
  write(signal: AbortSignal, start: (done: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const release = (): void => {
        signal.removeEventListener('abort', onAbort);
        this.ended.removeEventListener('abort', onEnd);
      };
      const onAbort = (): void => {
        release();
        reject(signal.reason);
      };
      const onEnd = (): void => {
        release();
        reject(this.ended.reason);
      };
      if (this.ended.aborted) return onEnd();
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      this.ended.addEventListener('abort', onEnd, { once: true });
      start((error) => {
        // A failed write is reported as the loss that follows it, with the loss's own reason.
        if (error) return;
        release();
        resolve();
      });
    });
  }
}
