/**
 * Bytes to and from the kernel's own printer driver (`/dev/usb/lpN`), without native code.
 *
 * One promise: nothing here ever blocks. A write into a printer that takes no
 * bytes would leave this process unkillable in the kernel, so the device is
 * open O_NONBLOCK: EAGAIN (and ENOSPC, paper out) is a stalled printer and is
 * asked again, ENODEV is a pulled cable.
 */
import { type ByteLink, type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { LinkListeners } from './link-listeners.ts';

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

export class UsblpLink implements ByteLink {
  readonly #file: DeviceFile;
  readonly #clock: Clock;
  readonly #listeners = new LinkListeners();
  #writes: Promise<unknown> = Promise.resolve();
  #busyUntilMs = 0;
  #wake: (() => void) | undefined;
  /** Answers are read only where the device has a way in. */
  #readable = true;

  constructor(file: DeviceFile, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
    this.#readOn().catch((error: unknown) => this.#lose(error));
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
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
    if (this.#listeners.closed) return;
    this.#listeners.close(new LinkLostError('the printer device was closed by this side'));
    await this.#file.close().catch(() => undefined);
  }

  /** `false`: given up by the signal or the end of the link. */
  async #sendAll(bytes: Uint8Array, signal: AbortSignal): Promise<boolean> {
    for (let at = 0; at < bytes.length; ) {
      if (signal.aborted || this.#listeners.ended.aborted) return false;
      const taken = await this.#file.write(bytes.subarray(at)).catch(notNow);
      if (taken === undefined || taken === 0) await this.#pause(STALLED_MS, signal);
      else {
        at += taken;
        this.#beBusy();
      }
    }
    return true;
  }

  async #readOn(): Promise<void> {
    while (!this.#listeners.ended.aborted && this.#readable) {
      const bytes = await this.#file.read().catch((error: unknown) => this.#cannotRead(error));
      if (bytes && bytes.length > 0) {
        this.#busyUntilMs = this.#clock.monotonicMs() + BUSY_FOR_MS;
        this.#listeners.deliver(bytes);
        continue;
      }
      const busy = this.#clock.monotonicMs() < this.#busyUntilMs;
      await this.#pause(busy ? BUSY_LOOK_MS : IDLE_LOOK_MS, this.#listeners.ended, true);
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
    this.#wake?.();
  }

  /** Ends with its time, its signal, the end of the link, or (`wakeable`) with a job that begins. */
  #pause(ms: number, signal: AbortSignal, wakeable = false): Promise<void> {
    const { ended } = this.#listeners;
    return new Promise((resolve) => {
      const go = (): void => {
        cancel();
        signal.removeEventListener('abort', go);
        ended.removeEventListener('abort', go);
        if (wakeable) this.#wake = undefined;
        resolve();
      };
      const cancel = this.#clock.timer(ms, go);
      signal.addEventListener('abort', go, { once: true });
      ended.addEventListener('abort', go, { once: true });
      if (wakeable) this.#wake = go;
      if (signal.aborted || ended.aborted) go();
    });
  }

  #lose(error: unknown): void {
    this.#listeners.lose(new LinkLostError(`the printer device went away (${codeOf(error) ?? 'unknown'})`));
    this.#file.close().catch(() => undefined);
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
