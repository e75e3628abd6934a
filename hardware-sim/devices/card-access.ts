/**
 * What a card knows of trust: its PIN, its challenge, its one authentication key.
 *
 * Tries are counted on the chip and survive a reset; everything gained by a
 * right answer does not.
 */
import { createHash } from 'node:crypto';
import { RK_SSSE, testCryptogram } from './card-authority.ts';
import { answerOnly, type IsoAnswer, type IsoCommand, STATUS } from './iso-command.ts';

const PIN_TRIES = 3;
const KEY_TRIES = 15;

export class CardAccess {
  readonly #cardId: string;
  readonly #pin: Uint8Array;
  #pinTries = PIN_TRIES;
  #keyTries = KEY_TRIES;
  #challenge: Uint8Array | undefined;
  #challenges = 0;
  #authenticated = false;

  constructor(options: { readonly cardId: string; readonly pin: string }) {
    if (!/^\d{4,16}$/.test(options.pin)) throw new RangeError('a card PIN has 4 to 16 digits');
    this.#cardId = options.cardId;
    this.#pin = packedDigits(options.pin);
  }

  /** RK_SSSE was shown since the last reset. */
  get authenticated(): boolean {
    return this.#authenticated;
  }

  reset(): void {
    this.#challenge = undefined;
    this.#authenticated = false;
  }

  verifyPin(command: IsoCommand): IsoAnswer {
    if (command.p1 !== 0 || command.p2 !== 0) return answerOnly(STATUS.wrongP1P2);
    if (command.data.length < 2 || command.data.length > 8) return answerOnly(STATUS.wrongLength);
    if (this.#pinTries === 0) return answerOnly(STATUS.blocked);
    const right = sameBytes(command.data, this.#pin);
    this.#pinTries = right ? PIN_TRIES : this.#pinTries - 1;
    return answerOnly(right ? STATUS.ok : afterMiss(this.#pinTries));
  }

  /** The challenge follows from the card and a count: one seed, the same bytes on the wire. */
  getChallenge(command: IsoCommand): IsoAnswer {
    if (command.p1 !== 0 || command.p2 !== 0) return answerOnly(STATUS.wrongP1P2);
    if (command.data.length > 0 || command.le !== 8) return answerOnly(STATUS.wrongLength);
    this.#challenges += 1;
    const sum = createHash('sha256').update(`${this.#cardId} ${this.#challenges}`).digest();
    this.#challenge = new Uint8Array(sum.subarray(0, 8));
    return { data: this.#challenge, status: STATUS.ok };
  }

  externalAuthenticate(command: IsoCommand): IsoAnswer {
    if (command.p1 !== 0) return answerOnly(STATUS.wrongP1P2);
    if (command.p2 !== RK_SSSE) return answerOnly(STATUS.keyNotFound);
    if (command.data.length !== 16) return answerOnly(STATUS.wrongLength);
    if (this.#keyTries === 0) return answerOnly(STATUS.blocked);
    const challenge = this.#challenge;
    if (!challenge) return answerOnly(STATUS.noChallenge);
    this.#challenge = undefined;
    const expected = testCryptogram(this.#cardId, challenge, command.data.slice(8));
    this.#authenticated = sameBytes(command.data.slice(0, 8), expected);
    this.#keyTries = this.#authenticated ? KEY_TRIES : this.#keyTries - 1;
    return answerOnly(this.#authenticated ? STATUS.ok : afterMiss(this.#keyTries));
  }
}

function afterMiss(triesLeft: number): number {
  return triesLeft === 0 ? STATUS.blocked : STATUS.triesLeft | triesLeft;
}

function packedDigits(digits: string): Uint8Array {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`;
  return Uint8Array.from({ length: even.length / 2 }, (_, at) => Number.parseInt(even.slice(at * 2, at * 2 + 2), 16));
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
