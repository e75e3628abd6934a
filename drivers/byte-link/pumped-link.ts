/**
 * A byte link whose device has no events of its own: a pump sends what is written and reads on by itself.
 *
 * One promise: writes go out one after the other, each from bytes of its own, and whatever a pump throws is one loss
 * of the link, told once.
 */
import type { ByteLink, LinkLostError, Unsubscribe } from '../ports.ts';
import { LinkListeners } from './link-listeners.ts';

/** What moves the bytes of one device. Both ways reject when it is gone. */
export interface Pump {
  /** → `false`: given up by the signal or the end of the link. */
  sendAll(bytes: Uint8Array, signal: AbortSignal): Promise<boolean>;
  /** Reads until the link has ended. */
  readOn(): Promise<void>;
  /** Gives the device back; may be called twice. */
  close(): Promise<void>;
  /** The loss that an error of this pump means; without one, the orderly close. */
  lossFor(error?: unknown): LinkLostError;
}

/** Where a pump puts what it read, and when to stop. */
export type PumpOutlet = Pick<LinkListeners, 'deliver' | 'ended'>;

export class PumpedLink implements ByteLink {
  readonly #pump: Pump;
  readonly #listeners = new LinkListeners();
  #writes: Promise<unknown> = Promise.resolve();

  constructor(pumpInto: (outlet: PumpOutlet) => Pump) {
    this.#pump = pumpInto(this.#listeners);
    this.#pump.readOn().catch((error: unknown) => this.#lose(error));
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    // The caller may use its buffer again; the device may take its time.
    const own = Uint8Array.from(bytes);
    return this.#listeners.write(signal, (done) => {
      const sending = this.#writes.then(() => this.#pump.sendAll(own, signal));
      this.#writes = sending.catch(() => undefined);
      sending.then(
        (whole) => whole && done(),
        (error: unknown) => this.#lose(error),
      );
    });
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    return this.#listeners.onData(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#listeners.onLost(listener);
  }

  async close(): Promise<void> {
    if (this.#listeners.closed) return;
    this.#listeners.close(this.#pump.lossFor());
    await this.#pump.close().catch(() => undefined);
  }

  #lose(error: unknown): void {
    this.#listeners.lose(this.#pump.lossFor(error));
    this.#pump.close().catch(() => undefined);
  }
}
