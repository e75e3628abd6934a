/**
 * The kiosk's side of the process boundary: one native library behind a child process.
 *
 * The child is started by the first open. One that served and then died is
 * started again at once, so that it is ready when the supervisors ask; one that
 * dies young waits for the next open. One promise: whatever the library does, the kiosk loses a
 * device for a moment and never itself.
 */
import type { ByteLink, CardSlot, HidLink } from '../ports.ts';
import { HostProcess, type HostProcessOptions } from './host-process.ts';
import { openHostedByteLink } from './hosted-byte-link.ts';
import { openHostedCardSlot } from './hosted-card-slot.ts';
import { openHostedHidLink } from './hosted-hid-link.ts';

/** A child that was ready for so long did not die of its own start, ms. */
const SERVED_MS = 1_000;

export type DeviceHostOptions = Omit<HostProcessOptions, 'onEnded'>;

export class DeviceHost {
  readonly #options: DeviceHostOptions;
  #process: HostProcess | undefined;
  #closed = false;

  constructor(options: DeviceHostOptions) {
    this.#options = options;
  }

  /** Of the running child; `undefined` while there is none. */
  get processId(): number | undefined {
    return this.#process?.ended ? undefined : this.#process?.processId;
  }

  /** `address` is what follows the scheme in the device map. Rejects with `LinkLostError` or `signal.reason`. */
  async openCardSlot(address: string, signal: AbortSignal): Promise<CardSlot> {
    return openHostedCardSlot(this.#running(), address, signal);
  }

  async openByteLink(address: string, signal: AbortSignal): Promise<ByteLink> {
    return openHostedByteLink(this.#running(), address, signal);
  }

  async openHidLink(address: string, signal: AbortSignal): Promise<HidLink> {
    return openHostedHidLink(this.#running(), address, signal);
  }

  /** Ends the child; everything it had open is lost. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#process?.close();
  }

  #running(): HostProcess {
    if (this.#closed) throw new Error('This device host was closed.');
    if (!this.#process || this.#process.ended) this.#process = this.#start();
    return this.#process;
  }

  #start(): HostProcess {
    const onEnded = (livedMs: number): void => {
      if (!this.#closed && livedMs >= SERVED_MS) this.#process = this.#start();
    };
    return new HostProcess({ ...this.#options, onEnded });
  }
}
