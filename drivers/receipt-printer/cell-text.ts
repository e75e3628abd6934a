/**
 * One text as printer bytes, and where it may break.
 *
 * One promise: a byte is a cell, and neither a double-cell character nor, if it
 * can be helped, a number is torn in two. The buffer is used again for each
 * text, so a long list costs no garbage.
 */
import { type Glyph, MISSING_MARK, type TextEncoding } from './text-encoding.ts';

/** A pair `FF n` stands for the `n - 0x80`th special glyph; `n` is never a code that means anything alone. */
export const SPECIAL_LEAD = 0xff;
export const FIRST_SPECIAL = 0x80;
const MOST_SPECIALS = 0x100 - FIRST_SPECIAL;
const NEW_LINE = 0x0a;
const SPACE = 0x20;
const FIRST_LEAD = 0x81;

export class CellText {
  /** Characters with no two-byte code, in order of first use. */
  readonly specials: Glyph[] = [];
  /** Whether a text encoded since this was last set to false needs one of `specials`. */
  hasSpecial = false;
  bytes = new Uint8Array(1_024);
  length = 0;
  readonly #encoding: TextEncoding;
  readonly #codes: Uint16Array;

  constructor(encoding: TextEncoding) {
    this.#encoding = encoding;
    this.#codes = encoding.codes;
  }

  /** Text to bytes in `bytes`; a line break stays as 0A, everything else takes its cells. */
  encode(text: string): void {
    this.length = 0;
    this.#reserve(text.length * 2);
    const codes = this.#codes;
    let out = this.bytes;
    let at = 0;
    for (let i = 0; i < text.length; i += 1) {
      const code = codes[text.charCodeAt(i)] ?? 0;
      if (code > 0xff) {
        out[at] = code >> 8;
        out[at + 1] = code & 0xff;
        at += 2;
      } else if (code !== 0) {
        out[at] = code;
        at += 1;
      } else {
        const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
        i += character.length - 1;
        this.length = at;
        this.#encodeRare(character, (text.length - i) * 2);
        out = this.bytes;
        at = this.length;
      }
    }
    this.length = at;
  }

  #encodeRare(character: string, room: number): void {
    if (character === '\r') return;
    if (character === '\n') {
      this.bytes[this.length] = NEW_LINE;
      this.length += 1;
      return;
    }
    const glyph = this.#encoding.glyph(character);
    if (glyph.kind === 'text') {
      this.#reserve(this.length + glyph.text.length * 2 + room);
      for (let i = 0; i < glyph.text.length; i += 1) this.#append(this.#codes[glyph.text.charCodeAt(i)] ?? SPACE);
      return;
    }
    let index = this.specials.indexOf(glyph);
    if (index < 0 && this.specials.length < MOST_SPECIALS) index = this.specials.push(glyph) - 1;
    // A text full of foreign script: past the room for names, the visible mark at once.
    if (index < 0) {
      this.#append(MISSING_MARK);
      return;
    }
    this.hasSpecial = true;
    this.#append(SPECIAL_LEAD * 256 + FIRST_SPECIAL + index);
  }

  #append(code: number): void {
    if (code > 0xff) {
      this.bytes[this.length] = code >> 8;
      this.length += 1;
    }
    this.bytes[this.length] = code & 0xff;
    this.length += 1;
  }

  fits(width: number): boolean {
    if (this.length > width) return false;
    for (let at = 0; at < this.length; at += 1) {
      const byte = this.bytes[at] ?? 0;
      if (byte >= FIRST_LEAD) at += 1;
      else if (byte === NEW_LINE) return false;
    }
    return true;
  }

  /** Where the encoded text breaks so that no piece is wider than `width` and no character is split. */
  pieces(width: number): readonly (readonly [number, number])[] {
    const text = this.bytes;
    const length = this.length;
    const pieces: (readonly [number, number])[] = [];
    let from = 0;
    do {
      let at = from;
      let wordStart = from;
      let next = -1;
      while (at < length) {
        const byte = text[at] ?? 0;
        if (byte === NEW_LINE) {
          next = at + 1;
          break;
        }
        const cells = byte >= FIRST_LEAD ? 2 : 1;
        if (at + cells - from > width) break;
        at += cells;
        if (cells === 2 || byte === SPACE) wordStart = at;
      }
      const inWord = next < 0 && at < length && (text[at] ?? 0) < FIRST_LEAD && text[at] !== SPACE;
      // A number torn in two can be read as another number: break before it when it fits a line of its own.
      if (inWord && wordStart > from) at = wordStart;
      let to = at;
      if (next < 0 && at < length) while (to > from && text[to - 1] === SPACE) to -= 1;
      pieces.push([from, to]);
      from = next < 0 ? at : next;
      if (next < 0) while (from < length && text[from] === SPACE) from += 1;
    } while (from < length);
    return pieces;
  }

  #reserve(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(length, this.bytes.length * 2));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
