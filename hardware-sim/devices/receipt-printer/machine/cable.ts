/**
 * The in-memory cable between a driver and a virtual printer.
 *
 * A write is over when the printer has taken the last byte: a full receive
 * buffer holds the writer up, as a busy line or a closed TCP window does.
 */
import { type ByteLink, LinkLostError, type Unsubscribe } from '../../../../drivers/ports.ts';

interface Waiting {
  readonly bytes: Uint8Array;
  at: number;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

export class Cable implements ByteLink {
  readonly #onBytes: () => void;
  readonly #onClosed: (cable: Cable) => void;
  readonly #waiting: Waiting[] = [];
  readonly #dataListeners = new Set<(bytes: Uint8Array) => void>();
  readonly #lostListeners = new Set<(error: LinkLostError) => void>();
  #state: 'open' | 'closed' | 'lost' = 'open';

  /** @param onBytes called when bytes are waiting; the printer then takes what it has room for. */
  constructor(onBytes: () => void, onClosed: (cable: Cable) => void) {
    this.#onBytes = onBytes;
    this.#onClosed = onClosed;
  }

  get open(): boolean {
    return this.#state === 'open';
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.#state !== 'open') return reject(new LinkLostError('the printer cable is not connected'));
      if (bytes.length === 0) return resolve();
      const onAbort = (): void => {
        const index = this.#waiting.indexOf(waiting);
        if (index >= 0) this.#waiting.splice(index, 1);
        reject(signal.reason);
      };
      const end = (settle: () => void) => (): void => {
        signal.removeEventListener('abort', onAbort);
        settle();
      };
      const fail = (error: unknown): void => end(() => reject(error))();
      const waiting: Waiting = { bytes: bytes.slice(), at: 0, done: end(resolve), fail };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiting);
      this.#onBytes();
    });
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    this.#dataListeners.add(listener);
    return () => this.#dataListeners.delete(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  close(): Promise<void> {
    if (this.#state === 'open') this.#end('closed', new LinkLostError('the link was closed'));
    return Promise.resolve();
  }

  /** For the printer: the byte that is to arrive next; it stays until `taken`. */
  next(): number | undefined {
    const first = this.#waiting[0];
    return first?.bytes[first.at];
  }

  taken(): void {
    const first = this.#waiting[0];
    if (!first) return;
    first.at += 1;
    if (first.at < first.bytes.length) return;
    this.#waiting.shift();
    first.done();
  }

  /** For the printer: its answer reaches the host. */
  deliver(bytes: Uint8Array): void {
    if (this.#state !== 'open') return;
    for (const listener of [...this.#dataListeners]) listener(bytes.slice());
  }

  /** The plug was pulled, or the printer has no power. */
  lose(): void {
    if (this.#state !== 'open') return;
    const error = new LinkLostError('the printer went away');
    const listeners = [...this.#lostListeners];
    this.#end('lost', error);
    for (const listener of listeners) listener(error);
  }

  #end(state: 'closed' | 'lost', error: LinkLostError): void {
    this.#state = state;
    for (const waiting of this.#waiting.splice(0)) waiting.fail(error);
    this.#dataListeners.clear();
    this.#lostListeners.clear();
    this.#onClosed(this);
  }
}
