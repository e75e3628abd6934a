/**
 * A serial line between a driver and a simulated device that is disturbed once, after any byte of what passes.
 *
 * Bytes of both directions are counted together, in the order in which they pass; those before the disturbance arrive.
 */
import { type ByteLink, type Clock, type DeviceBus, LinkLostError } from '../../drivers/ports.ts';
import type { SerialDevice } from '../../hardware-sim/devices/serial-cable.ts';

/**
 * `pulled`: the cable is out until `mend`. `replugged`: out and in again. `hung`: the line stays open and carries
 * nothing until `mend`. `noise`: that byte is broken and a burst follows. `slow`: from here on a byte takes 30 ms.
 * `doubled`: what passes at once from here on passes twice.
 */
export type Disturbance = 'pulled' | 'replugged' | 'hung' | 'noise' | 'slow' | 'doubled';

export const DISTURBANCES: readonly Disturbance[] = ['pulled', 'replugged', 'hung', 'noise', 'slow', 'doubled'];

const BURST = Uint8Array.of(0x00, 0xff, 0x02, 0x55, 0xaa, 0x10, 0x06, 0x15, 0x03, 0x1b, 0x02, 0x99);
const SLOW_BYTE_MS = 30;

export class DisturbedLine implements Pick<DeviceBus, 'openByteLink'> {
  passed = 0;
  /** Told when a host opens the line anew. */
  opens = 0;
  readonly #device: SerialDevice;
  readonly #clock: Clock;
  #after = Number.POSITIVE_INFINITY;
  #kind: Disturbance = 'pulled';
  #disturbed = false;
  #dead = false;
  #out = false;
  #end: DisturbedEnd | undefined;
  #slowUntilMs = 0;

  constructor(device: SerialDevice, clock: Clock) {
    this.#device = device;
    this.#clock = clock;
  }

  get disturbed(): boolean {
    return this.#disturbed;
  }

  disturb(kind: Disturbance, afterBytes: number): void {
    this.#kind = kind;
    this.#after = this.passed + afterBytes;
    this.#disturbed = false;
  }

  mend(): void {
    this.#after = Number.POSITIVE_INFINITY;
    this.#disturbed = false;
    this.#dead = false;
    this.#out = false;
  }

  async openByteLink(_address: string, signal: AbortSignal): Promise<ByteLink> {
    if (this.#out) throw new LinkLostError('nothing at this cable');
    const inner = await this.#device.openByteLink(signal);
    this.opens += 1;
    const end = new DisturbedEnd(inner, (bytes, deliver) => this.#pass(bytes, deliver, end));
    this.#end = end;
    return end;
  }

  #pass(bytes: Uint8Array, deliver: (bytes: Uint8Array) => void, end: DisturbedEnd): void {
    if (this.#dead || this.#end !== end) return;
    const room = this.#after - this.passed;
    if (!this.#disturbed && bytes.length >= room) {
      const before = bytes.slice(0, room);
      this.passed += before.length;
      if (before.length > 0) deliver(before);
      this.#disturbed = true;
      this.#begin(bytes.slice(room), deliver, end);
      return;
    }
    this.passed += bytes.length;
    this.#carry(bytes, deliver);
  }

  #begin(rest: Uint8Array, deliver: (bytes: Uint8Array) => void, end: DisturbedEnd): void {
    switch (this.#kind) {
      case 'pulled':
      case 'replugged':
        this.#out = this.#kind === 'pulled';
        this.#end = undefined;
        end.lose();
        return;
      case 'hung':
        this.#dead = true;
        return;
      case 'noise': {
        const broken = rest.slice();
        if (broken.length > 0) broken[0] = (broken[0] ?? 0) ^ 0x20;
        deliver(BURST);
        deliver(broken);
        return;
      }
      default:
        this.#carry(rest, deliver);
    }
  }

  #carry(bytes: Uint8Array, deliver: (bytes: Uint8Array) => void): void {
    if (bytes.length === 0) return;
    if (!this.#disturbed || (this.#kind !== 'slow' && this.#kind !== 'doubled')) {
      deliver(bytes);
    } else if (this.#kind === 'doubled') {
      deliver(bytes);
      deliver(bytes);
    } else {
      for (const byte of bytes) {
        this.#slowUntilMs = Math.max(this.#slowUntilMs, this.#clock.monotonicMs()) + SLOW_BYTE_MS;
        this.#clock.timer(this.#slowUntilMs - this.#clock.monotonicMs(), () => deliver(Uint8Array.of(byte)));
      }
    }
  }
}

type Pass = (bytes: Uint8Array, deliver: (bytes: Uint8Array) => void) => void;

class DisturbedEnd implements ByteLink {
  readonly #inner: ByteLink;
  readonly #pass: Pass;
  readonly #data = new Set<(bytes: Uint8Array) => void>();
  readonly #lost = new Set<(error: LinkLostError) => void>();
  #open = true;

  constructor(inner: ByteLink, pass: Pass) {
    this.#inner = inner;
    this.#pass = pass;
    inner.onLost(() => this.lose());
    inner.onData((bytes) =>
      pass(bytes, (passed) => {
        if (this.#open) for (const listener of [...this.#data]) listener(passed);
      }),
    );
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (!this.#open) return Promise.reject(new LinkLostError('the cable is out'));
    this.#pass(bytes.slice(), (passed) => {
      if (this.#open) this.#inner.write(passed, new AbortController().signal).catch(() => undefined);
    });
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

  async close(): Promise<void> {
    this.#open = false;
    await this.#inner.close();
  }

  lose(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#inner.close().catch(() => undefined);
    for (const listener of [...this.#lost]) listener(new LinkLostError('the cable was pulled'));
  }
}
