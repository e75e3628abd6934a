/**
 * One host's end of the board's cable, in memory.
 *
 * One promise: what the board says arrives after the host's own write has returned,
 * and nothing arrives after the cable was pulled.
 */
import { type ByteLink, LinkLostError, type Unsubscribe } from '../../../drivers/ports.ts';

export class BoardLink implements ByteLink {
  readonly #toBoard: (bytes: Uint8Array) => void;
  readonly #forget: () => void;
  readonly #data = new Set<(bytes: Uint8Array) => void>();
  readonly #lost = new Set<(error: LinkLostError) => void>();
  #end: LinkLostError | undefined;

  constructor(toBoard: (bytes: Uint8Array) => void, forget: () => void) {
    this.#toBoard = toBoard;
    this.#forget = forget;
  }

  /** Not within the host's own write: a wire has a length. */
  deliver(bytes: Uint8Array): void {
    queueMicrotask(() => {
      if (!this.#end) for (const listener of [...this.#data]) listener(bytes);
    });
  }

  lose(why: string): void {
    if (this.#end) return;
    const error = new LinkLostError(why);
    this.#end = error;
    for (const listener of [...this.#lost]) listener(error);
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    if (this.#end) return Promise.reject(this.#end);
    if (signal.aborted) return Promise.reject(signal.reason);
    this.#toBoard(bytes);
    return Promise.resolve();
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    this.#data.add(listener);
    return () => this.#data.delete(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  close(): Promise<void> {
    this.#end ??= new LinkLostError('the host closed the port');
    this.#forget();
    return Promise.resolve();
  }
}
