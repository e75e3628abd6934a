/**
 * The device key at work: AES-256-GCM over bodies that name a person, HMAC-SHA256 over the chain and over
 * each row of the outbox.
 *
 * The keys are derived from one device key, so no use weakens another.
 * Spec: design.md section 13.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { RandomSource } from '../ports.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Enough against chance and against a forger who cannot try. */
const ROW_CODE_BYTES = 16;

export class Seal {
  readonly #bodyKey: KeyObject;
  readonly #chainKey: KeyObject;
  readonly #nonceKey: KeyObject;
  readonly #rowKey: KeyObject;

  /** @throws RangeError unless the device key has 32 bytes. */
  constructor(deviceKey: Uint8Array) {
    if (deviceKey.length !== 32) throw new RangeError('The device key has 32 bytes.');
    this.#bodyKey = derive(deviceKey, 'yizhan journal bodies');
    this.#chainKey = derive(deviceKey, 'yizhan journal chain');
    this.#nonceKey = derive(deviceKey, 'yizhan journal nonces');
    this.#rowKey = derive(deviceKey, 'yizhan outbox rows');
  }

  /** nonce ‖ ciphertext ‖ tag. `place` is bound to the body: it opens nowhere else. */
  close(place: string, text: string, random: RandomSource): Uint8Array {
    return this.#closeWith(random.bytes(NONCE_BYTES), place, text);
  }

  /** The same for a place of which there is one for ever: its nonce follows from place and text. */
  closeAt(place: string, text: string): Uint8Array {
    const mark = createHmac('sha256', this.#nonceKey).update(`${place.length} ${place}`).update(text).digest();
    return this.#closeWith(mark.subarray(0, NONCE_BYTES), place, text);
  }

  #closeWith(nonce: Uint8Array, place: string, text: string): Uint8Array {
    const cipher = createCipheriv('aes-256-gcm', this.#bodyKey, nonce);
    cipher.setAAD(Buffer.from(place));
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  }

  /** `undefined` when key, place or a single bit is not the one it was closed with. */
  open(place: string, sealed: Uint8Array): string | undefined {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.#bodyKey, sealed.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    try {
      const body = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
      return Buffer.concat([body, decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }

  /** The chain code of one row on top of the row before it. 32 bytes. */
  chain(previous: Uint8Array, row: string): Uint8Array {
    return createHmac('sha256', this.#chainKey).update(previous).update(row).digest();
  }

  /** The code of one row that stands by itself. 16 bytes. */
  row(text: string): Uint8Array {
    return createHmac('sha256', this.#rowKey).update(text).digest().subarray(0, ROW_CODE_BYTES);
  }
}

/** SHA-256, hex. */
export function digest(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

function derive(deviceKey: Uint8Array, purpose: string): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync('sha256', deviceKey, new Uint8Array(0), purpose, 32)));
}
