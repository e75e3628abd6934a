/**
 * The keys of a PIN pad under a finger, and the entry that listens to them.
 *
 * Digits go into the vault; what goes out is the mask, or the digit itself only
 * where the host had put the pad to plain input, which is no PIN entry.
 */
import type { Clock, Unsubscribe } from '../../../drivers/ports.ts';
import type { PinVault } from './pin-vault.ts';

export type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'enter' | 'cancel' | 'clear';

export interface Entry {
  readonly keyNumber: number;
  readonly format: string;
  readonly account: string;
  readonly longest: number;
}

/** What the host may set; E.3, command 5. */
export class EntrySettings {
  mask = 0x2a;
  limitSeconds = 30;
  minimum = 1;
  maximum = 16;
}

export interface EntryKeysOptions {
  readonly clock: Clock;
  readonly vault: PinVault;
  readonly settings: EntrySettings;
  /** One byte to the host, outside any frame. */
  readonly send: (code: number) => void;
  readonly beep: () => void;
  /** Enter with too few digits: sent to the host, or only beeped at. */
  readonly shortEnter: 'sent' | 'beeped';
}

const CODES: Readonly<Record<string, number>> = { enter: 0x0d, cancel: 0x1b, clear: 0x08 };
const TIMED_OUT = 0x80;

export class EntryKeys {
  /** Firmware that sends each digit in the clear during an entry. */
  leaks = false;
  readonly #options: EntryKeysOptions;
  #input: 'off' | 'plain' | 'pin' = 'off';
  #entry: Entry | undefined;
  #finished = false;
  #cancelLimit: Unsubscribe | undefined;

  constructor(options: EntryKeysOptions) {
    this.#options = options;
  }

  get input(): 'off' | 'plain' | 'pin' {
    return this.#input;
  }

  /** The entry whose PIN is whole; there is one until it was taken. */
  get finished(): Entry | undefined {
    return this.#finished ? this.#entry : undefined;
  }

  plain(): void {
    this.#input = 'plain';
  }

  start(entry: Entry): void {
    this.stop();
    this.#entry = entry;
    this.#input = 'pin';
    this.#startLimit();
  }

  stop(): void {
    this.#input = 'off';
    this.#finished = false;
    this.#entry = undefined;
    this.#options.vault.forgetDigits();
    this.#cancelLimit?.();
  }

  press(key: PadKey): void {
    const { vault, send } = this.#options;
    if (this.#input === 'off') return;
    if (this.#input === 'plain') {
      send(CODES[key] ?? key.charCodeAt(0));
      return;
    }
    this.#startLimit();
    switch (key) {
      case 'enter':
        this.#enter();
        return;
      case 'cancel':
        this.stop();
        send(CODES['cancel'] ?? 0);
        return;
      case 'clear':
        vault.takeBack();
        send(CODES['clear'] ?? 0);
        return;
      default:
        this.#digit(key);
    }
  }

  #enter(): void {
    const { vault, settings, send, beep, shortEnter } = this.#options;
    if (vault.entered >= settings.minimum) this.#finish();
    else if (shortEnter === 'beeped') {
      beep();
      return;
    }
    send(CODES['enter'] ?? 0);
  }

  #digit(digit: string): void {
    const { vault, settings, send } = this.#options;
    const longest = Math.min(settings.maximum, this.#entry?.longest ?? 0);
    if (vault.entered >= longest) return;
    vault.type(digit);
    send(this.leaks ? digit.charCodeAt(0) : settings.mask);
    if (vault.entered === longest) this.#finish();
  }

  #finish(): void {
    this.#finished = true;
    this.#input = 'off';
    this.#cancelLimit?.();
  }

  #startLimit(): void {
    this.#cancelLimit?.();
    this.#cancelLimit = this.#options.clock.timer(this.#options.settings.limitSeconds * 1_000, () => {
      this.stop();
      this.#options.send(TIMED_OUT);
    });
  }
}
