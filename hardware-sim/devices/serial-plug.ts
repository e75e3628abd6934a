/**
 * The plug of a device with a serial cable: bytes both ways at the line's pace,
 * for one host at a time.
 *
 * One promise: nothing passes a pulled plug, in either direction, from the very
 * byte at which it was pulled; what was on its way is lost.
 */
import { type ByteLink, type Clock, LinkLostError, type Unsubscribe } from '../../drivers/ports.ts';

export interface SerialPlugOptions {
  readonly clock: Clock;
  /** What the device hears, in the pieces that came. */
  readonly hears: (bytes: Uint8Array) => void;
  /** A host opened the port. */
  readonly opened?: () => void;
}

interface Act {
  readonly afterBytes: number;
  readonly act: () => void;
}

export class SerialPlug {
  /** How the line carries what the device says. 115200 baud carry 16 bytes in 1.4 ms. */
  pace: { readonly bytes: number; readonly ms: number } = { bytes: 16, ms: 1.4 };
  /** Every answer comes twice, as from a doubtful hub. */
  doubles = false;
  /** Bytes that have passed, both ways together, since the device was built. */
  passed = 0;
  readonly #options: SerialPlugOptions;
  readonly #hostListeners = new Set<(bytes: Uint8Array) => void>();
  readonly #deviceListeners = new Set<(bytes: Uint8Array) => void>();
  #acts: Act[] = [];
  #link: PlugLink | undefined;
  #pluggedIn = true;
  #saying: Uint8Array[] = [];
  #cancelSaying: Unsubscribe | undefined;

  constructor(options: SerialPlugOptions) {
    this.#options = options;
  }

  get pluggedIn(): boolean {
    return this.#pluggedIn;
  }

  /** Everything that reaches the host, piece by piece, for whoever looks for what should not be there. */
  onHostHears(listener: (bytes: Uint8Array) => void): Unsubscribe {
    this.#hostListeners.add(listener);
    return () => this.#hostListeners.delete(listener);
  }

  /** Everything that reaches the device. */
  onDeviceHears(listener: (bytes: Uint8Array) => void): Unsubscribe {
    this.#deviceListeners.add(listener);
    return () => this.#deviceListeners.delete(listener);
  }

  /** Does something at the moment when so many bytes (both ways) have passed. */
  whenPassed(afterBytes: number, act: () => void): void {
    this.#acts = [...this.#acts, { afterBytes, act }].sort((one, other) => one.afterBytes - other.afterBytes);
  }

  pull(): void {
    this.#pluggedIn = false;
    this.silence();
    const link = this.#link;
    this.#link = undefined;
    link?.lose();
  }

  pushIn(): void {
    this.#pluggedIn = true;
  }

  /** What the device had begun to say ends here. */
  silence(): void {
    this.#saying = [];
    this.#cancelSaying?.();
    this.#cancelSaying = undefined;
  }

  say(bytes: Uint8Array): void {
    if (!this.#link) return;
    this.#saying.push(bytes.slice());
    if (this.doubles) this.#saying.push(bytes.slice());
    this.#sayOn();
  }

  openByteLink(_signal: AbortSignal): Promise<ByteLink> {
    if (!this.#pluggedIn) return Promise.reject(new LinkLostError('nothing is plugged in here'));
    if (this.#link) return Promise.reject(new LinkLostError('the port is in use'));
    const link = new PlugLink(
      (bytes) =>
        this.#carry(bytes, link, (piece) => {
          for (const listener of this.#deviceListeners) listener(piece);
          this.#options.hears(piece);
        }),
      () => {
        if (this.#link !== link) return;
        this.#link = undefined;
        this.silence();
      },
    );
    this.#link = link;
    this.#options.opened?.();
    return Promise.resolve(link);
  }

  #sayOn(): void {
    if (this.#cancelSaying || this.#saying.length === 0) return;
    this.#cancelSaying = this.#options.clock.timer(this.pace.ms, () => {
      this.#cancelSaying = undefined;
      const [first, ...rest] = this.#saying;
      const link = this.#link;
      if (!first || !link) return;
      const piece = first.subarray(0, this.pace.bytes);
      this.#saying = piece.length === first.length ? rest : [first.subarray(piece.length), ...rest];
      this.#carry(piece, link, (bytes) => {
        for (const listener of this.#hostListeners) listener(bytes);
        link.deliver(bytes);
      });
      this.#sayOn();
    });
  }

  /** Byte for byte past every moment at which something was to happen. */
  #carry(bytes: Uint8Array, link: PlugLink, hears: (bytes: Uint8Array) => void): void {
    let at = 0;
    while (at < bytes.length && this.#link === link) {
      const next = this.#acts[0];
      const until = next ? Math.max(0, next.afterBytes - this.passed) : bytes.length - at;
      const piece = bytes.slice(at, at + until);
      at += piece.length;
      this.passed += piece.length;
      if (piece.length > 0) hears(piece);
      if (next && this.passed >= next.afterBytes) {
        this.#acts = this.#acts.slice(1);
        next.act();
      }
    }
  }
}

class PlugLink implements ByteLink {
  readonly #hear: (bytes: Uint8Array) => void;
  readonly #forget: () => void;
  readonly #data = new Set<(bytes: Uint8Array) => void>();
  readonly #lost = new Set<(error: LinkLostError) => void>();
  #open = true;

  constructor(hear: (bytes: Uint8Array) => void, forget: () => void) {
    this.#hear = hear;
    this.#forget = forget;
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (!this.#open) return Promise.reject(new LinkLostError('the plug is out'));
    this.#hear(bytes);
    return this.#open ? Promise.resolve() : Promise.reject(new LinkLostError('the plug was pulled'));
  }

  deliver(bytes: Uint8Array): void {
    for (const listener of [...this.#data]) listener(bytes.slice());
  }

  lose(): void {
    this.#open = false;
    const listeners = [...this.#lost];
    this.#data.clear();
    this.#lost.clear();
    for (const listener of listeners) listener(new LinkLostError('the plug was pulled'));
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
    this.#data.clear();
    this.#lost.clear();
    this.#forget();
    return Promise.resolve();
  }
}
