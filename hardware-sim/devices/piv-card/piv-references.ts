/**
 * PIN and PUK of a PIV card (SP 800-73-4 part 2, 3.2.1 to 3.2.3).
 *
 * Tries are counted on the chip and survive every reset; that a PIN was shown
 * does not. A secret in the wrong form is refused without being counted.
 */
import { answerOnly, type IsoAnswer, type IsoCommand, STATUS } from '../iso-command.ts';

export const PIN_REFERENCE = 0x80;
const PUK_REFERENCE = 0x81;
const SECRET_BYTES = 8;
const WRONG_DATA = 0x6a80;

class CountedSecret {
  readonly #tries: number;
  #value: Uint8Array;
  #left: number;

  constructor(value: Uint8Array, tries: number) {
    this.#value = value;
    this.#tries = tries;
    this.#left = tries;
  }

  get left(): number {
    return this.#left;
  }

  /** Counts, unless there is nothing left to count. */
  matches(shown: Uint8Array): boolean {
    if (this.#left === 0) return false;
    const right = this.#value.every((byte, at) => byte === shown[at]);
    this.#left = right ? this.#tries : this.#left - 1;
    return right;
  }

  replace(value: Uint8Array): void {
    this.#value = value;
    this.#left = this.#tries;
  }

  get word(): number {
    return this.#left === 0 ? STATUS.blocked : STATUS.triesLeft | this.#left;
  }
}

export interface PivSecrets {
  /** Six to eight digits. */
  readonly pin: string;
  /** Eight characters. */
  readonly puk: string;
  readonly tries: number;
}

export class PivReferences {
  readonly #pin: CountedSecret;
  readonly #puk: CountedSecret;
  #pinShown = false;

  constructor({ pin, puk, tries }: PivSecrets) {
    if (!/^\d{6,8}$/.test(pin)) throw new RangeError('A PIV PIN has six to eight digits.');
    if (puk.length !== SECRET_BYTES) throw new RangeError('A PIV PUK has eight characters.');
    this.#pin = new CountedSecret(padded(pin), tries);
    this.#puk = new CountedSecret(padded(puk), tries);
  }

  get pinShown(): boolean {
    return this.#pinShown;
  }

  forget(): void {
    this.#pinShown = false;
  }

  verify({ p1, p2, data }: IsoCommand): IsoAnswer {
    if (p1 !== 0x00 && p1 !== 0xff) return answerOnly(STATUS.wrongP1P2);
    if (p2 !== PIN_REFERENCE) return answerOnly(STATUS.keyNotFound);
    if (p1 === 0xff) {
      this.#pinShown = false;
      return answerOnly(data.length === 0 ? STATUS.ok : WRONG_DATA);
    }
    if (data.length === 0) return answerOnly(this.#pinShown ? STATUS.ok : this.#pin.word);
    if (this.#pin.left === 0) return answerOnly(STATUS.blocked);
    if (!hasPinForm(data)) return answerOnly(WRONG_DATA);
    this.#pinShown = this.#pin.matches(data);
    return answerOnly(this.#pinShown ? STATUS.ok : this.#pin.word);
  }

  changeReference({ p1, p2, data }: IsoCommand): IsoAnswer {
    if (p1 !== 0x00) return answerOnly(STATUS.wrongP1P2);
    if (p2 !== PIN_REFERENCE && p2 !== PUK_REFERENCE) return answerOnly(STATUS.keyNotFound);
    const secret = p2 === PIN_REFERENCE ? this.#pin : this.#puk;
    if (secret.left === 0) return answerOnly(STATUS.blocked);
    const [shown, fresh] = halves(data);
    if (!fresh || (p2 === PIN_REFERENCE && !hasPinForm(fresh))) return answerOnly(WRONG_DATA);
    const right = secret.matches(shown);
    if (p2 === PIN_REFERENCE) this.#pinShown = right;
    if (!right) return answerOnly(secret.word);
    secret.replace(fresh);
    return answerOnly(STATUS.ok);
  }

  resetRetryCounter({ p1, p2, data }: IsoCommand): IsoAnswer {
    if (p1 !== 0x00) return answerOnly(STATUS.wrongP1P2);
    if (p2 !== PIN_REFERENCE) return answerOnly(STATUS.keyNotFound);
    if (this.#puk.left === 0) return answerOnly(STATUS.blocked);
    const [shown, fresh] = halves(data);
    if (!fresh || !hasPinForm(fresh)) return answerOnly(WRONG_DATA);
    if (!this.#puk.matches(shown)) return answerOnly(this.#puk.word);
    this.#pin.replace(fresh);
    this.#pinShown = false;
    return answerOnly(STATUS.ok);
  }
}

function halves(data: Uint8Array): readonly [Uint8Array, Uint8Array | undefined] {
  const fresh = data.length === 2 * SECRET_BYTES ? data.slice(SECRET_BYTES) : undefined;
  return [data.slice(0, SECRET_BYTES), fresh];
}

/** Digits, then FF to the end of eight bytes; at least six digits. */
function hasPinForm(bytes: Uint8Array): boolean {
  if (bytes.length !== SECRET_BYTES) return false;
  const end = bytes.indexOf(0xff);
  const digits = bytes.subarray(0, end < 0 ? SECRET_BYTES : end);
  const rest = bytes.subarray(digits.length);
  return digits.length >= 6 && digits.every((byte) => byte >= 0x30 && byte <= 0x39) && rest.every((b) => b === 0xff);
}

function padded(text: string): Uint8Array {
  const bytes = new Uint8Array(SECRET_BYTES).fill(0xff);
  bytes.set(new TextEncoder().encode(text));
  return bytes;
}
