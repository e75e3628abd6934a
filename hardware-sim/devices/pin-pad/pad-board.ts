/**
 * The board of a PIN pad: carries out one command after the other (E.3).
 *
 * What it answers to a setting the text does not say; here it repeats the
 * command's first character.
 */
import type { VirtualCard } from '../virtual-card.ts';
import type { EntryKeys, EntrySettings } from './entry-keys.ts';
import type { PinVault } from './pin-vault.ts';

const NOTHING_THERE = Buffer.of(0xe9);
const UNKNOWN = Buffer.of(0xeb);

export interface PadBoardParts {
  readonly vault: PinVault;
  readonly keys: EntryKeys;
  readonly settings: EntrySettings;
  readonly beep: () => void;
  /** What lies in the pad's own slot. */
  readonly card: () => VirtualCard | undefined;
}

export class PadBoard {
  display = '';
  readonly #parts: PadBoardParts;
  #plainHex = false;

  constructor(parts: PadBoardParts) {
    this.#parts = parts;
  }

  powerOff(): void {
    this.#plainHex = false;
    this.display = '';
    this.#parts.keys.stop();
  }

  carryOut(body: string): Uint8Array | string {
    const rest = body.slice(1);
    switch (body[0]) {
      case '2':
        return this.#loadKey(rest);
      case '3':
        return this.#information();
      case '4':
        return '4';
      case '5':
        return this.#control(rest);
      case '6':
        return this.#startEntry(rest);
      case '7':
        return this.#givePin();
      case ';':
        this.display = Buffer.from(rest, 'hex').toString('utf8');
        return ';';
      case '<':
        return this.#giveToCard(rest);
      default:
        return UNKNOWN;
    }
  }

  #control(rest: string): string {
    const { keys, settings, beep } = this.#parts;
    const value = Number.parseInt(rest.slice(1), 16);
    switch (rest[0]) {
      case '0':
        if (value === 0x32) keys.stop();
        else if (value === 0x33) keys.plain();
        else if (value === 0x3d) beep();
        break;
      case '2':
        settings.limitSeconds = value;
        break;
      case '3':
        settings.mask = value;
        break;
      case '4':
        settings.minimum = value;
        break;
      case '5':
        settings.maximum = value;
        break;
      case '6':
        this.#plainHex = value === 0x37;
        break;
      default:
        break;
    }
    return '5';
  }

  #loadKey(rest: string): Uint8Array | string {
    const [, under = '', key = '', type = '', data = ''] = /^(..)(..)(.).(.*)$/s.exec(rest) ?? [];
    const numbers = [under, key].map((hex) => Number.parseInt(hex, 16));
    const loaded = this.#parts.vault.loadUnder(numbers[0] ?? 0, numbers[1] ?? 0, type, Buffer.from(data, 'hex'));
    return typeof loaded === 'number' ? Buffer.of(loaded) : `2${this.#hex(loaded)}`;
  }

  #startEntry(rest: string): Uint8Array | string {
    const { vault, keys, card } = this.#parts;
    const [, key = '', format = '', length = '', account = ''] = /^(..)(.).(\d\d)(\d*)$/s.exec(rest) ?? [];
    const keyNumber = Number.parseInt(key, 16);
    // A PIN for the card needs no key of the pad.
    const refusal = card() ? undefined : vault.refusalFor(keyNumber, format);
    if (refusal !== undefined) return Buffer.of(refusal);
    keys.start({ keyNumber, format, account, longest: Number(length) });
    return '6';
  }

  #givePin(): Uint8Array | string {
    const { vault, keys } = this.#parts;
    const entry = keys.finished;
    if (!entry) return NOTHING_THERE;
    const taken = vault.takeBlock(entry.keyNumber, entry.format, entry.account);
    keys.stop();
    if (typeof taken === 'number') return Buffer.of(taken);
    return `700${String(taken.digits).padStart(2, '0')}${this.#hex(taken.block)}`;
  }

  #giveToCard(rest: string): Uint8Array | string {
    const { vault, keys } = this.#parts;
    const card = this.#parts.card();
    const until = 2 + 2 * Number(rest.slice(0, 2));
    const packed = keys.finished && vault.takePacked();
    keys.stop();
    if (!card || !packed) return NOTHING_THERE;
    card.transmit(Buffer.from(rest.slice(2, until), 'hex'));
    const verify = Buffer.concat([Buffer.from(rest.slice(until), 'hex'), Buffer.of(packed.length), packed]);
    return `<${this.#hex(card.transmit(verify).slice(-2))}`;
  }

  /** What the host wrote into it, its key table, its settings, and who it is. */
  #information(): string {
    const { vault, keys, settings } = this.#parts;
    const flags = (vault.blank ? 0x01 : 0) | (keys.input === 'plain' ? 0x02 : 0) | 0x04;
    const { limitSeconds, mask, minimum, maximum } = settings;
    const bytes = Uint8Array.of(flags, 0, limitSeconds, mask, minimum, maximum, 51, 0x37, 10, 0);
    return `3${' '.repeat(50)}${'0'.repeat(48)}${this.#hex(bytes)}00000000ZT588 1.02.001211234`;
  }

  /** Fresh from power-on it writes ten to fifteen as `:` to `?`. */
  #hex(bytes: Uint8Array): string {
    const text = Buffer.from(bytes).toString('hex').toUpperCase();
    if (this.#plainHex) return text;
    return text.replace(/[A-F]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x41 + 0x3a));
  }
}
