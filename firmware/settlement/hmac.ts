/**
 * HMAC-SHA256 (RFC 2104) for codes of some hundred bytes by the thousand.
 *
 * Two one-shot hashes over bytes that lie ready: the engine's own object looks its algorithm up anew for each code and
 * takes twice as long. Same bytes, as its test shows.
 */
import { hash } from 'node:crypto';

/** Bytes of a block of SHA-256, and of its result. */
const BLOCK = 64;
const RESULT = 32;
/** A character of UTF-16 has at most so many bytes in UTF-8. */
const WIDEST = 3;

export class Hmac {
  /** The key's inner block, and what is coded behind it. */
  #inner: Buffer;
  readonly #outer = Buffer.alloc(BLOCK + RESULT);

  /** @throws RangeError for a key that does not fit into one block */
  constructor(key: Uint8Array) {
    if (key.length > BLOCK) throw new RangeError('The key has at most 64 bytes.');
    this.#inner = Buffer.alloc(4_096);
    for (let at = 0; at < BLOCK; at += 1) {
      const byte = key[at] ?? 0;
      this.#inner[at] = byte ^ 0x36;
      this.#outer[at] = byte ^ 0x5c;
    }
  }

  /** Of the bytes `before` and the text behind them. 32 bytes. */
  of(text: string, before?: Uint8Array): Uint8Array {
    const from = BLOCK + (before?.length ?? 0);
    this.#reach(from + text.length * WIDEST);
    if (before) this.#inner.set(before, BLOCK);
    const end = from + this.#inner.write(text, from, 'utf8');
    // As text of one byte a character: the engine makes a string sooner than a buffer.
    this.#outer.write(hash('sha256', this.#inner.subarray(0, end), 'binary'), BLOCK, 'latin1');
    return Buffer.from(hash('sha256', this.#outer, 'binary'), 'latin1');
  }

  #reach(length: number): void {
    if (length <= this.#inner.length) return;
    const roomier = Buffer.alloc(2 * length);
    roomier.set(this.#inner.subarray(0, BLOCK));
    this.#inner = roomier;
  }
}
