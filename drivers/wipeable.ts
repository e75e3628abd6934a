/**
 * Bytes about a person (a photo, a frame) that can be wiped, unlike a string.
 *
 * It prints as a mask whatever prints it. One promise: after `wipe()` the very
 * bytes that were handed in are zero, and nothing can be read from here again.
 */
const MASK = '▒▒▒';

export class WipeableBytes {
  #bytes: Uint8Array | undefined;

  /** Takes the buffer over: who hands it in does not use it again. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get wiped(): boolean {
    return this.#bytes === undefined;
  }

  /** The bytes themselves, not a copy. @throws Error once wiped */
  reveal(): Uint8Array {
    if (!this.#bytes) throw new Error('These bytes were wiped at the end of their use.');
    return this.#bytes;
  }

  wipe(): void {
    this.#bytes?.fill(0);
    this.#bytes = undefined;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
