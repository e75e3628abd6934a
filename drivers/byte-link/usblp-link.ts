/**
 * Bytes to and from the kernel's own printer driver (`/dev/usb/lpN`), without native code.
 *
 * One promise: nothing here ever blocks. A write into a printer that takes no
 * bytes would leave this process unkillable in the kernel, so the device is
 * open O_NONBLOCK: EAGAIN (and ENOSPC, paper out) is a stalled printer and is
 * asked again, ENODEV is a pulled cable.
 */
import { restFor } from '../pause.ts';
import { type ByteLink, type Clock, LinkLostError } from '../ports.ts';
import { type Pump, PumpedLink, type PumpOutlet } from './pumped-link.ts';

/** An open device file; calls reject with the system's error (`code`). */
export interface DeviceFile {
  /** → how many bytes the kernel took. */
  write(bytes: Uint8Array): Promise<number>;
  /** → what came; empty when the printer said nothing (usblp hands on packets of length zero). */
  read(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The device is fine and takes or has nothing now. */
const NOT_NOW = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR', 'ENOSPC']);
/** A stalled printer is asked again after so long, ms. */
const STALLED_MS = 20;
/** While a job runs its answers are looked for this often, ms. */
const BUSY_LOOK_MS = 10;
/** An idle printer's cable and unasked status are looked for this often, ms. */
const IDLE_LOOK_MS = 250;
/** So long after the last byte in or out a printer counts as busy, ms. */
const BUSY_FOR_MS = 2_000;

export function usblpLink(file: DeviceFile, clock: Clock): ByteLink {
  return new PumpedLink((outlet) => new FilePump(file, clock, outlet));
}

class FilePump implements Pump {
  readonly #file: DeviceFile;
  readonly #clock: Clock;
  readonly #outlet: PumpOutlet;
  #busyUntilMs = 0;
  /** Ends the pause before the next look: a job begins. */
  #wake = new AbortController();
  /** Answers are read only where the device has a way in. */
  #readable = true;

  constructor(file: DeviceFile, clock: Clock, outlet: PumpOutlet) {
    this.#file = file;
    this.#clock = clock;
    this.#outlet = outlet;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  lossFor(error?: unknown): LinkLostError {
    if (error === undefined) return new LinkLostError('the printer device was closed by this side');
    return new LinkLostError(`the printer device went away (${codeOf(error) ?? 'unknown'})`);
  }

  async sendAll(bytes: Uint8Array, signal: AbortSignal): Promise<boolean> {
    const { ended } = this.#outlet;
    for (let at = 0; at < bytes.length; ) {
      if (signal.aborted || ended.aborted) return false;
      const taken = await this.#file.write(bytes.subarray(at)).catch(notNow);
      if (taken === undefined || taken === 0) await restFor(this.#clock, STALLED_MS, [signal, ended]);
      else {
        at += taken;
        this.#beBusy();
      }
    }
    return true;
  }

  async readOn(): Promise<void> {
    while (!this.#outlet.ended.aborted && this.#readable) {
      const bytes = await this.#file.read().catch((error: unknown) => this.#cannotRead(error));
      if (bytes && bytes.length > 0) {
        this.#busyUntilMs = this.#clock.monotonicMs() + BUSY_FOR_MS;
        this.#outlet.deliver(bytes);
        continue;
      }
      const busy = this.#clock.monotonicMs() < this.#busyUntilMs;
      this.#wake = new AbortController();
      await restFor(this.#clock, busy ? BUSY_LOOK_MS : IDLE_LOOK_MS, [this.#outlet.ended, this.#wake.signal]);
    }
  }

  /** EINVAL is usblp's word for a printer that has no way in: it is written to all the same. */
  #cannotRead(error: unknown): undefined {
    if (codeOf(error) === 'EINVAL') this.#readable = false;
    else notNow(error);
    return undefined;
  }

  #beBusy(): void {
    this.#busyUntilMs = this.#clock.monotonicMs() + BUSY_FOR_MS;
    this.#wake.abort();
  }
}

/** @throws the error itself when it means that the device is gone */
function notNow(error: unknown): undefined {
  if (!NOT_NOW.has(codeOf(error) ?? '')) throw error;
  return undefined;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
