/**
 * A code scanner on the bench: what is held in front of it comes out as text
 * with a line end, as a scanner in serial mode sends it.
 */
import { type ByteLink, LinkLostError, type Unsubscribe } from '../../drivers/ports.ts';

export class SimCodeScanner {
  readonly #links = new Set<ScannerLink>();
  readonly #shownListeners = new Set<(bytes: Uint8Array) => void>();
  #plugged = true;

  /** Hands: hold a code in front of the window. */
  show(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const line = new Uint8Array(bytes.length + 2);
    line.set(bytes);
    line.set([0x0d, 0x0a], bytes.length);
    for (const link of this.#links) link.deliver(line);
    for (const listener of this.#shownListeners) listener(bytes);
  }

  /** Watches the window: what was held in front of it, whether or not a host reads it. */
  onShown(listener: (bytes: Uint8Array) => void): Unsubscribe {
    this.#shownListeners.add(listener);
    return () => this.#shownListeners.delete(listener);
  }

  unplug(): void {
    this.#plugged = false;
    for (const link of this.#links) link.lose();
    this.#links.clear();
  }

  plugIn(): void {
    this.#plugged = true;
  }

  openByteLink(_signal: AbortSignal): Promise<ByteLink> {
    if (!this.#plugged) return Promise.reject(new LinkLostError('the scanner is not plugged in'));
    const link = new ScannerLink(() => this.#links.delete(link));
    this.#links.add(link);
    return Promise.resolve(link);
  }
}

class ScannerLink implements ByteLink {
  readonly #forget: () => void;
  readonly #data = new Set<(bytes: Uint8Array) => void>();
  readonly #lost = new Set<(error: LinkLostError) => void>();

  constructor(forget: () => void) {
    this.#forget = forget;
  }

  deliver(bytes: Uint8Array): void {
    for (const listener of this.#data) listener(bytes);
  }

  lose(): void {
    for (const listener of this.#lost) listener(new LinkLostError('the scanner was unplugged'));
  }

  write(): Promise<void> {
    return Promise.resolve();
  }

  onData(listener: (bytes: Uint8Array) => void): () => void {
    this.#data.add(listener);
    return () => this.#data.delete(listener);
  }

  onLost(listener: (error: LinkLostError) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  close(): Promise<void> {
    this.#forget();
    return Promise.resolve();
  }
}
