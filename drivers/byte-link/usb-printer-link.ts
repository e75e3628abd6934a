/**
 * Bytes to and from a USB printer's two bulk pipes, whatever library moves the packets.
 *
 * One promise: a printer that takes no bytes (paper out) delays a write and
 * loses nothing: bytes go out packet by packet, a packet is taken whole or not
 * at all, and one that was not taken is offered again until the signal fires.
 */
import { restFor } from '../pause.ts';
import { type ByteLink, type Clock, LinkLostError } from '../ports.ts';
import { type Pump, PumpedLink, type PumpOutlet } from './pumped-link.ts';

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
/** Between two answers of nothing, ms. */
const EMPTY_MS = 20;

export function usbPrinterLink(pipes: PrinterPipes, clock: Clock): ByteLink {
  return new PumpedLink((outlet) => new PipePump(pipes, clock, outlet));
}

class PipePump implements Pump {
  readonly #pipes: PrinterPipes;
  readonly #clock: Clock;
  readonly #outlet: PumpOutlet;

  constructor(pipes: PrinterPipes, clock: Clock, outlet: PumpOutlet) {
    this.#pipes = pipes;
    this.#clock = clock;
    this.#outlet = outlet;
  }

  close(): Promise<void> {
    return this.#pipes.close();
  }

  lossFor(error?: unknown): LinkLostError {
    if (error === undefined) return new LinkLostError('the USB printer was closed by this side');
    const why = (error instanceof Error ? error.message : String(error)).slice(0, 80);
    return new LinkLostError(`the USB printer went away (${why})`);
  }

  readOn(): Promise<void> {
    return this.#pipes.hasInput ? this.#readAll() : this.#lookOn();
  }

  async sendAll(bytes: Uint8Array, signal: AbortSignal): Promise<boolean> {
    const { packetSize } = this.#pipes;
    let stalls = 0;
    for (let at = 0; at < bytes.length; ) {
      if (signal.aborted || this.#outlet.ended.aborted) return false;
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

  async #readAll(): Promise<void> {
    let stalls = 0;
    while (!this.#outlet.ended.aborted) {
      const received = await this.#pipes.receive();
      if (received === 'stall') {
        stalls += 1;
        await this.#unhalt('in', stalls);
        continue;
      }
      stalls = 0;
      if (received !== 'notTaken' && received.length > 0) this.#outlet.deliver(received);
      // A printer that answers nothing at once, again and again, must not keep this loop from everything else.
      else if (received !== 'notTaken') await restFor(this.#clock, EMPTY_MS, [this.#outlet.ended]);
    }
  }

  /** A printer without a way in is asked over the control pipe: else its cable would be missed only at the next job. */
  async #lookOn(): Promise<void> {
    while (!this.#outlet.ended.aborted) {
      await this.#pipes.askPort();
      await restFor(this.#clock, LOOK_MS, [this.#outlet.ended]);
    }
  }

  async #unhalt(direction: 'in' | 'out', stalls: number): Promise<void> {
    if (stalls > MOST_STALLS) throw new Error('its pipe stays halted');
    await this.#pipes.clearHalt(direction);
  }
}
