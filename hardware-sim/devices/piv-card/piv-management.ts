/**
 * The card-management key 9B: whoever shows it may write objects and make keys (SP 800-73-4 part 2, 3.2.4 and appendix A).
 *
 * External form: the card asks, the terminal answers. Mutual form: a witness
 * first, then both prove themselves. A question is answered once.
 */
import { createCipheriv, createHash } from 'node:crypto';
import { type BerField, field } from './ber-field.ts';

export interface ManagementKey {
  /** 03 = three-key triple DES, 08 = AES-128 (SP 800-78-4, table 6-2). */
  readonly algorithm: 0x03 | 0x08;
  readonly key: Uint8Array;
}

const CIPHER = { 3: { name: 'des-ede3-ecb', block: 8 }, 8: { name: 'aes-128-ecb', block: 16 } } as const;
const WITNESS = 0x80;
const CHALLENGE = 0x81;
const RESPONSE = 0x82;

export class PivManagement {
  readonly #key: ManagementKey;
  #questions = 0;
  /** What the terminal has to answer, and with what. */
  #asked: { readonly form: 'external' | 'mutual'; readonly answer: Uint8Array } | undefined;
  #shown = false;

  constructor(key: ManagementKey) {
    this.#key = key;
  }

  /** 00 is another name of 03 (SP 800-78-4, table 6-2). */
  answersTo(mark: number): boolean {
    return mark === this.#key.algorithm || (mark === 0x00 && this.#key.algorithm === 0x03);
  }

  get shown(): boolean {
    return this.#shown;
  }

  forget(): void {
    this.#asked = undefined;
    this.#shown = false;
  }

  /** @param fields what lies in the 7C template. `undefined` = refused. */
  authenticate(fields: readonly BerField[]): Uint8Array | undefined {
    const witness = valueIn(fields, WITNESS);
    const challenge = valueIn(fields, CHALLENGE);
    const response = valueIn(fields, RESPONSE);
    const asked = this.#asked;
    this.#asked = undefined;
    this.#shown = false;
    if (challenge?.length === 0) {
      const question = this.#question();
      this.#asked = { form: 'external', answer: this.#encrypted(question) };
      return field(0x7c, field(CHALLENGE, question));
    }
    if (witness?.length === 0) {
      const secret = this.#question();
      this.#asked = { form: 'mutual', answer: secret };
      return field(0x7c, field(WITNESS, this.#encrypted(secret)));
    }
    if (asked?.form === 'external' && response && sameBytes(response, asked.answer)) {
      this.#shown = true;
      return new Uint8Array(0);
    }
    const { block } = CIPHER[this.#key.algorithm];
    if (asked?.form === 'mutual' && witness && challenge?.length === block && sameBytes(witness, asked.answer)) {
      this.#shown = true;
      return field(0x7c, field(RESPONSE, this.#encrypted(challenge)));
    }
    return undefined;
  }

  /** Follows from the key and a count: one seed, the same bytes on the wire. */
  #question(): Uint8Array {
    this.#questions += 1;
    const sum = createHash('sha256').update(this.#key.key).update(String(this.#questions)).digest();
    return Uint8Array.from(sum.subarray(0, CIPHER[this.#key.algorithm].block));
  }

  #encrypted(block: Uint8Array): Uint8Array {
    const cipher = createCipheriv(CIPHER[this.#key.algorithm].name, this.#key.key, null).setAutoPadding(false);
    return Uint8Array.from(Buffer.concat([cipher.update(block), cipher.final()]));
  }
}

function valueIn(fields: readonly BerField[], tag: number): Uint8Array | undefined {
  return fields.find((candidate) => candidate.tag === tag)?.value;
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
