/**
 * Bytes to and from a USB printer's two bulk pipes, whatever library moves the packets.
 *
 * One promise: a printer that takes no bytes (paper out) delays a write and
 * loses nothing: bytes go out packet by packet, a packet is taken whole or not
 * at all, and one that was not taken is offered again until the signal fires.
 */
import { type ByteLink, type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { LinkListeners } from './link-listeners.ts';

/** How a transfer ended that broke nothing. `notTaken`: given back after its time; `stall`: the pipe was halted. */
export type Sent = 'taken' | 'notTaken' | 'stall';

/** The pipes of one claimed printer interface. Every call rejects when the device is gone. */
export interface PrinterPipes {
  /** Largest packet out, bytes. */
  readonly packetSize: number;
  /** Write-only printers have no way in. */
  readonly hasInput: boolean;
  send(packet: Uint8Array): Promise<Sent>;
  /** One packet in; waits up to the library's limit. */
  receive(): Promise<Uint8Array | 'notTaken' | 'stall'>;
  /** Asks the port itself (printer class request 1); only to see whether the device is there. */
  askPort(): Promise<void>;
  clearHalt(direction: 'in' | 'out'): Promise<void>;
  close(): Promise<void>;
}

/** A pipe that is halted again after so many resets in a row is a broken printer. */
const MOST_STALLS = 3;
/** How often a printer that can't answer is asked whether it is there, ms. */
const LOOK_MS = 1_000;

export class UsbPrinterLink implements ByteLink {
  readonly #pipes: PrinterPipes;
  readonly #clock: Clock;
  readonly #listeners = new LinkListeners();
  #writes: Promise<unknown> = Promise.resolve();

  constructor(pipes: PrinterPipes, clock: Clock) {
    this.#pipes = pipes;
    this.#clock = clock;
    (pipes.hasInput ? this.#readOn() : this.#lookOn()).catch((error: unknown) => this.#lose(error));
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    // The caller may use its buffer again; the printer may take its time.
    const own = Uint8Array.from(bytes);
    return this.#listeners.write(signal, (done) => {
      const sending = this.#writes.then(() => this.#sendAll(own, signal));
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
    this.#listeners.close(new LinkLostError('the USB printer was closed by this side'));
    await this.#pipes.close();
  }

  /** `false`: given up by the signal or the end of the link. */
  async #sendAll(bytes: Uint8Array, signal: AbortSignal): Promise<boolean> {
    const { packetSize } = this.#pipes;
    let stalls = 0;
    for (let at = 0; at < bytes.length; ) {
      if (signal.aborted || this.#listeners.ended.aborted) return false;
      const packet = bytes.slice(at, at + packetSize);
      const sent = await this.#pipes.send(packet);
      if (sent === 'stall') {
        stalls += 1;
        await this.#unhalt('out', stalls);
      } else if (sent === 'taken') {
        stalls = 0;
        at += packet.length;
      }
    }
    return true;
  }

  async #readOn(): Promise<void> {
    let stalls = 0;
    while (!this.#listeners.ended.aborted) {
      const received = await this.#pipes.receive();
      if (received === 'stall') {
        stalls += 1;
        await this.#unhalt('in', stalls);
        continue;
      }
      stalls = 0;
      if (received !== 'notTaken' && received.length > 0) this.#listeners.deliver(received);
      // A printer that answers nothing at once, again and again, must not keep this loop from everything else.
      else if (received !== 'notTaken') await this.#pause(EMPTY_MS);
    }
  }

  /** A printer without a way in is asked over the control pipe: else its cable would be missed only at the next job. */
  async #lookOn(): Promise<void> {
    while (!this.#listeners.ended.aborted) {
      await this.#pipes.askPort();
      await this.#pause(LOOK_MS);
    }
  }

  async #unhalt(direction: 'in' | 'out', stalls: number): Promise<void> {
    if (stalls > MOST_STALLS) throw new Error('its pipe stays halted');
    await this.#pipes.clearHalt(direction);
  }

  #pause(ms: number): Promise<void> {
    const { ended } = this.#listeners;
    return new Promise((resolve) => {
      const go = (): void => {
        cancel();
        ended.removeEventListener('abort', go);
        resolve();
      };
      const cancel = this.#clock.timer(ms, go);
      ended.addEventListener('abort', go, { once: true });
      if (ended.aborted) go();
    });
  }

  #lose(error: unknown): void {
    const why = (error instanceof Error ? error.message : String(error)).slice(0, 80);
    this.#listeners.lose(new LinkLostError(`the USB printer went away (${why})`));
    this.#pipes.close().catch(() => undefined);
  }
}

const EMPTY_MS = 20;
