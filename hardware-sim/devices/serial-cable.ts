/**
 * The cable between a host and a simulated serial device: bytes both ways, at once and in order.
 *
 * Whoever holds the device end hears what the host writes and pulls the cable; a host that has closed its end hears
 * nothing more.
 */
import { type ByteLink, LinkLostError, type Unsubscribe } from '../../drivers/ports.ts';

export type { SerialDevice } from './receipt-printer/pty-door.ts';

export class SerialCable implements ByteLink {
  readonly #toDevice: (bytes: Uint8Array) => void;
  readonly #data = new Set<(bytes: Uint8Array) => void>();
  readonly #lost = new Set<(error: LinkLostError) => void>();
  #open = true;

  constructor(toDevice: (bytes: Uint8Array) => void) {
    this.#toDevice = toDevice;
  }

  get open(): boolean {
    return this.#open;
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (!this.#open) return Promise.reject(new LinkLostError('the cable is not connected'));
    this.#toDevice(bytes.slice());
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
    this.#open = false;
    return Promise.resolve();
  }

  /** Device end: says something to the host. */
  deliver(bytes: Uint8Array): void {
    if (!this.#open) return;
    for (const listener of [...this.#data]) listener(bytes.slice());
  }

  /** Device end: the plug is pulled. */
  lose(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const listener of [...this.#lost]) listener(new LinkLostError('the device was unplugged'));
  }
}
