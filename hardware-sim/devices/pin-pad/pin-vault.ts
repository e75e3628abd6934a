/**
 * The sealed inside of a PIN pad: keys and the PIN being typed.
 *
 * Nothing comes out of it but blocks under a key, check values and what it says
 * to a card; written from ISO 9564-1 and E.3, apart from any driver.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { RandomSource } from '../../../drivers/ports.ts';

const INITIAL_MASTER_KEY = 0x80;
const TERMINAL_MASTER_KEY = 0x00;
const PIN_BYTES = 8;

/** What the pad answers when it can not. */
export type VaultRefusal = 0xe1 | 0xe2 | 0xe3 | 0xe4 | 0xe5 | 0xe9 | 0xeb;

interface Key {
  readonly type: string;
  readonly bytes: Buffer;
}

export class PinVault {
  readonly #keys = new Map<number, Key>();
  readonly #random: RandomSource;
  #digits = '';

  constructor(random: RandomSource) {
    this.#random = random;
  }

  /** No master key is in it: it came from the factory, or somebody opened it. */
  get blank(): boolean {
    return !this.#keys.has(TERMINAL_MASTER_KEY);
  }

  get entered(): number {
    return this.#digits.length;
  }

  /** What two officers do in a locked room. @param key 16 or 24 bytes */
  loadMasterKey(key: Uint8Array): void {
    this.#keys.set(INITIAL_MASTER_KEY, { type: '1', bytes: Buffer.from(key) });
    this.#keys.set(TERMINAL_MASTER_KEY, { type: '2', bytes: Buffer.from(key) });
  }

  /** The tamper switch: everything is gone at once. */
  wipe(): void {
    this.#keys.clear();
    this.#digits = '';
  }

  type(digit: string): void {
    this.#digits += digit;
  }

  takeBack(): void {
    this.#digits = this.#digits.slice(0, -1);
  }

  forgetDigits(): void {
    this.#digits = '';
  }

  /** → check value, or why not. Type 0 and length 0 erase. */
  loadUnder(master: number, number: number, type: string, encrypted: Uint8Array): Buffer | VaultRefusal {
    if (type === '0') {
      this.#keys.delete(number);
      return Buffer.alloc(0);
    }
    const masterKey = this.#keys.get(master);
    if (!masterKey) return master === TERMINAL_MASTER_KEY ? 0xe2 : 0xe4;
    if (encrypted.length !== 16 && encrypted.length !== 24) return 0xe3;
    const decipher = createDecipheriv('des-ede3-ecb', tripled(masterKey.bytes), null).setAutoPadding(false);
    const bytes = Buffer.concat([decipher.update(encrypted), decipher.final()]);
    this.#keys.set(number, { type, bytes });
    return encrypt(bytes, Buffer.alloc(8)).subarray(0, 4);
  }

  /** What an entry needs before its first key. */
  refusalFor(keyNumber: number, format: string): VaultRefusal | undefined {
    if (this.blank) return 0xe2;
    const key = this.#keys.get(keyNumber);
    if (!key) return 0xe4;
    if (key.type !== '3') return 0xe5;
    return [' ', '!', '#'].includes(format) ? undefined : 0xeb;
  }

  /** The block of what was typed, once: after that it is forgotten. */
  takeBlock(keyNumber: number, format: string, account: string): { digits: number; block: Buffer } | VaultRefusal {
    const key = this.#keys.get(keyNumber);
    const digits = this.#digits;
    this.#digits = '';
    if (!key || digits === '') return 0xe9;
    const clear = this.#clearBlock(digits, format, account);
    return { digits: digits.length, block: encrypt(key.bytes, clear) };
  }

  /** The digits as VERIFY takes them: packed, F at the end of an odd number. */
  takePacked(): Buffer | undefined {
    const digits = this.#digits;
    this.#digits = '';
    return digits === '' ? undefined : Buffer.from(digits.length % 2 === 0 ? digits : `${digits}F`, 'hex');
  }

  /** ISO 9564-1: nibble 0 the format, nibble 1 the length, then the digits, then the fill. */
  #clearBlock(digits: string, format: string, account: string): Buffer {
    const length = digits.length.toString(16);
    const missing = 14 - digits.length;
    const random = [...this.#random.bytes(missing)];
    switch (format) {
      case '!':
        return Buffer.from(`1${length}${digits}${random.map((byte) => (byte & 0x0f).toString(16)).join('')}`, 'hex');
      case '#': {
        const fill = random.map((byte) => (10 + (byte % 6)).toString(16)).join('');
        return bound(`3${length}${digits}${fill}`, account);
      }
      default:
        return bound(`0${length}${digits}${'f'.repeat(missing)}`, account);
    }
  }
}

/** XOR with the account: 0000 and its twelve digits. */
function bound(hex: string, account: string): Buffer {
  const part = Buffer.from(account.padStart(2 * PIN_BYTES, '0'), 'hex');
  return Buffer.from(Buffer.from(hex, 'hex').map((byte, at) => byte ^ (part[at] ?? 0)));
}

function encrypt(key: Buffer, clear: Buffer): Buffer {
  const cipher = createCipheriv('des-ede3-ecb', tripled(key), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(clear), cipher.final()]);
}

/** A double-length key is K1 K2 K1. */
function tripled(key: Buffer): Buffer {
  return key.length === 24 ? key : Buffer.concat([key, key.subarray(0, 8)]);
}
