/**
 * Characters to printer bytes, for the charset that a printer's firmware has.
 *
 * One promise: no character is ever lost in silence. What the charset lacks is
 * replaced by an equal-looking one (`¥` by `￥`), else it comes back as missing,
 * and the caller draws it or prints the visible mark `〓`.
 *
 * The table is made once from the engine's own GB18030 decoder: 24,000 codes in
 * about 2 ms, and encoding through it is about four times as fast as calling a
 * converter for each text.
 */

/** What the printer's font ROM holds, not what its manual calls compatible. */
export type Charset = 'gb2312' | 'gbk' | 'gb18030-2000' | 'gb18030-2022';

/** Stands for a character that can be neither encoded nor drawn: `〓`, A1 FE in every Chinese charset. */
export const MISSING_MARK = 0xa1fe;

/** Looks the same on paper and is in GB2312, for what is not; tried before the Unicode decompositions. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ['¥', '￥'],
  ['µ', 'μ'],
  ['ø', 'φ'],
  ['Ø', 'Φ'],
  ['•', '·'],
  ['‧', '·'],
  ['・', '·'],
  ['☑', '√'],
  ['✓', '√'],
  ['✔', '√'],
  ['☐', '□'],
  ['☒', '×'],
  ['✗', '×'],
  ['–', '-'],
  ['‐', '-'],
  ['‑', '-'],
  ['−', '-'],
  ['⁄', '/'],
  ['\u00a0', ' '],
  ['\t', ' '],
  ['€', 'EUR'],
]);

/** Written with no paper of their own: joiners, directional marks, byte order mark, variation selectors. */
const INVISIBLE = /^[\p{Cf}\p{Variation_Selector}]$/u;
const HAN = /^\p{Script=Han}$/u;
const ACCENTS = /\p{Mn}/gu;

/** How one character goes to paper. `missing`: the font has no such glyph. */
export type Glyph =
  | { readonly kind: 'text'; readonly text: string }
  /** GB18030 four-byte code of a Han character: two cells wide like any other. */
  | { readonly kind: 'fourByte'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing'; readonly character: string };

export class TextEncoding {
  readonly charset: Charset;
  /**
   * Code of each UTF-16 unit: below 0x100 one byte and one cell, else two bytes
   * (high, low) and two cells. 0 = not in the table, ask `glyph`.
   */
  readonly codes: Uint16Array;
  readonly #glyphs = new Map<string, Glyph>();

  private constructor(charset: Charset) {
    this.charset = charset;
    this.codes = codeTable(charset);
  }

  static readonly #made = new Map<Charset, TextEncoding>();

  static of(charset: Charset): TextEncoding {
    let encoding = TextEncoding.#made.get(charset);
    if (!encoding) {
      encoding = new TextEncoding(charset);
      TextEncoding.#made.set(charset, encoding);
    }
    return encoding;
  }

  /** The slow path: what to do with a character (one code point) that `codes` does not have. */
  glyph(character: string): Glyph {
    const known = this.#glyphs.get(character);
    if (known) return known;
    const glyph = this.#findGlyph(character);
    // Bounded, so that hostile input can't grow it; and no patient's name is kept for long.
    if (this.#glyphs.size >= 64) this.#glyphs.clear();
    this.#glyphs.set(character, glyph);
    return glyph;
  }

  #findGlyph(character: string): Glyph {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return { kind: 'text', text: ' ' };
    if (INVISIBLE.test(character)) return { kind: 'text', text: '' };
    if (HAN.test(character)) {
      const bytes = this.#hasFourByteHan(codePoint) ? fourByteCode(codePoint) : undefined;
      // Never a look-alike: a person's name is printed as it is or marked as not printable.
      return bytes ? { kind: 'fourByte', bytes } : { kind: 'missing', character };
    }
    const candidates = [LOOKALIKES.get(character), character.normalize('NFKC'), unaccented(character)];
    for (const text of candidates) {
      if (text !== undefined && this.#has(text)) return { kind: 'text', text };
    }
    return { kind: 'missing', character };
  }

  #has(text: string): boolean {
    for (let i = 0; i < text.length; i += 1) if (!this.codes[text.charCodeAt(i)]) return false;
    return text.length > 0;
  }

  #hasFourByteHan(codePoint: number): boolean {
    const extensionA = codePoint >= 0x3400 && codePoint <= 0x4db5;
    if (this.charset === 'gb18030-2000') return extensionA;
    if (this.charset !== 'gb18030-2022') return false;
    return extensionA || (codePoint >= 0x9fa6 && codePoint <= 0x9fef) || (codePoint >= 0x20000 && codePoint <= 0x2ebe0);
  }
}

function unaccented(character: string): string {
  return character.normalize('NFKD').replace(ACCENTS, '').replaceAll('⁄', '/');
}

/** GB18030 four-byte code. Planes 2 and 3 by the standard's formula, the rest of plane 0 by its table. */
function fourByteCode(codePoint: number): Uint8Array | undefined {
  const linear = codePoint >= 0x10000 ? codePoint - 0x10000 + 189_000 : fourByteIndex().get(codePoint);
  if (linear === undefined) return undefined;
  return Uint8Array.of(
    0x81 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1_260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  );
}

let fourByteLinear: Map<number, number> | undefined;

/** Rare: a few milliseconds at the first such name, then kept. */
function fourByteIndex(): ReadonlyMap<number, number> {
  if (fourByteLinear) return fourByteLinear;
  const count = 39_420;
  const bytes = new Uint8Array(count * 4);
  for (let linear = 0; linear < count; linear += 1) {
    bytes[linear * 4] = 0x81 + Math.floor(linear / 12_600);
    bytes[linear * 4 + 1] = 0x30 + (Math.floor(linear / 1_260) % 10);
    bytes[linear * 4 + 2] = 0x81 + (Math.floor(linear / 10) % 126);
    bytes[linear * 4 + 3] = 0x30 + (linear % 10);
  }
  const text = new TextDecoder('gb18030').decode(bytes);
  const index = new Map<number, number>();
  for (let linear = 0; linear < count; linear += 1) {
    const unit = text.charCodeAt(linear);
    if (unit >= 0x3400 && unit <= 0x9fff) index.set(unit, linear);
  }
  fourByteLinear = index;
  return index;
}

const LEAD_FIRST = 0x81;
const LEAD_LAST = 0xfe;
const TRAILS = 190;

function codeTable(charset: Charset): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let ascii = 0x20; ascii < 0x7f; ascii += 1) table[ascii] = ascii;
  const bytes = new Uint8Array((LEAD_LAST - LEAD_FIRST + 1) * TRAILS * 2);
  let at = 0;
  for (let lead = LEAD_FIRST; lead <= LEAD_LAST; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      bytes[at] = lead;
      bytes[at + 1] = trail;
      at += 2;
    }
  }
  // GB18030 and not the GBK decoder: that one turns FE 9F (䶮) into a private-use code point.
  const text = new TextDecoder('gb18030').decode(bytes);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const lead = bytes[i * 2] ?? 0;
    const trail = bytes[i * 2 + 1] ?? 0;
    const privateUse = unit >= 0xe000 && unit <= 0xf8ff;
    if (!privateUse && unit !== 0xfffd && printable(charset, lead, trail)) table[unit] = lead * 256 + trail;
  }
  return table;
}

function printable(charset: Charset, lead: number, trail: number): boolean {
  if (charset === 'gb2312') return inGb2312(lead, trail);
  if (charset !== 'gbk') return true;
  // Positions that GB18030-2000 filled and GBK left empty: ḿ ǹ and the ideographic description characters.
  if (lead === 0xa8) return trail !== 0xbc && trail !== 0xbf;
  return !(lead === 0xa9 && trail >= 0x89 && trail <= 0x95);
}

/** First and last trail byte of each run that GB/T 2312-1980 assigns in its symbol rows. */
const GB2312_SYMBOLS: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  161: [[0xa1, 0xfe]],
  162: [
    [0xb1, 0xe2],
    [0xe5, 0xee],
    [0xf1, 0xfc],
  ],
  163: [[0xa1, 0xfe]],
  164: [[0xa1, 0xf3]],
  165: [[0xa1, 0xf6]],
  166: [
    [0xa1, 0xb8],
    [0xc1, 0xd8],
  ],
  167: [
    [0xa1, 0xc1],
    [0xd1, 0xf1],
  ],
  168: [
    [0xa1, 0xba],
    [0xc5, 0xe9],
  ],
  169: [[0xa4, 0xef]],
};

function inGb2312(lead: number, trail: number): boolean {
  if (trail < 0xa1) return false;
  if (lead >= 0xb0 && lead <= 0xf7) return !(lead === 0xd7 && trail >= 0xfa);
  return (GB2312_SYMBOLS[lead] ?? []).some(([first, last]) => trail >= first && trail <= last);
}
