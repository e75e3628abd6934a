/**
 * Lines to ESC/POS bytes, cut into segments that the printer can confirm.
 *
 * One promise: what is sent acts only as what it is. No text, QR text or picture
 * can contain a command, and every job begins from the same known state.
 * Command bytes: escpos.md sections 5 and 6.
 */
import { FIRST_SPECIAL, SPECIAL_LEAD } from './cell-text.ts';
import { drawLine, type GlyphRaster, LINE_DOTS, type PlacedCharacter } from './glyph-raster.ts';
import type { LaidOut, TextLine } from './layout.ts';
import type { CutBlock, QrBlock } from './paper-document.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { MISSING_MARK } from './text-encoding.ts';

/** The largest number of bytes that may be on their way unconfirmed: the smallest common receive buffer. */
export const MOST_SEGMENT_BYTES = 4_096;

export interface Segment {
  readonly bytes: Uint8Array;
  /** Paper it uses, in lines of normal height. */
  readonly lines: number;
  /** Four characters that come back in the process id answer once the segment is on paper. */
  readonly processId: string | undefined;
  readonly part: 'content' | 'cut';
}

export interface EncodeOptions {
  readonly profile: PrinterProfile;
  readonly glyphRaster?: GlyphRaster | undefined;
  readonly nextProcessId: () => string;
}

/** `ESC @` reset, `FS &` double-byte mode on: Western firmware starts with it off. */
const RESET = [0x1b, 0x40, 0x1c, 0x26];
/** Lines of paper between head and cutter. */
export const CUT_FEED_LINES = 4;

/** First bytes of every job. `ESC @` may also switch pushed statuses off, so they are switched on again. */
export function jobStart(profile: PrinterProfile): readonly number[] {
  return profile.automaticStatus === undefined ? RESET : [...RESET, ...automaticStatus(profile.automaticStatus)];
}

/** `GS a n` */
export function automaticStatus(mask: number): readonly number[] {
  return [0x1d, 0x61, mask];
}

/** `GS ( H` function 48: "say this id when everything before it is on paper". */
export function processIdRequest(id: string): readonly number[] {
  return [0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...Buffer.from(id, 'latin1')];
}

export function encodeDocument(laidOut: LaidOut, options: EncodeOptions): readonly Segment[] {
  const encoder = new Encoder(laidOut, options);
  for (const line of laidOut.lines) {
    if (line.kind === 'text') encoder.text(line);
    else if (line.kind === 'qr') encoder.qr(line);
    else if (line.kind === 'feed') encoder.feed(line.lines);
    else encoder.cut(line);
  }
  return encoder.end();
}

/** Somebody else's finished bytes, between our reset and one confirmation at the end. */
export function encodeRaw(bytes: Uint8Array, options: EncodeOptions): readonly Segment[] {
  const { profile } = options;
  const id = profile.processId ? options.nextProcessId() : undefined;
  const end = id === undefined ? [] : [...jobStart(profile).slice(RESET.length), ...processIdRequest(id)];
  const whole = Buffer.concat([Uint8Array.from(jobStart(profile)), bytes, Uint8Array.from(end)]);
  const segments: Segment[] = [];
  for (let at = 0; at < whole.length; at += MOST_SEGMENT_BYTES) {
    const last = at + MOST_SEGMENT_BYTES >= whole.length;
    const part = whole.subarray(at, at + MOST_SEGMENT_BYTES);
    const lines = part.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 1);
    segments.push({ bytes: part, lines, processId: last ? id : undefined, part: 'content' });
  }
  return segments;
}

class Encoder {
  readonly #laidOut: LaidOut;
  readonly #options: EncodeOptions;
  readonly #segments: Segment[] = [];
  #out = new Uint8Array(8_192);
  #length = 0;
  #segmentStart = 0;
  #segmentLines = 0;
  #bold = false;
  #scale = 0;

  constructor(laidOut: LaidOut, options: EncodeOptions) {
    this.#laidOut = laidOut;
    this.#options = options;
    this.#put(jobStart(options.profile));
  }

  text(line: TextLine): void {
    if (line.special && this.#drawn(line)) return;
    const scale = ((line.size - 1) << 4) | (line.height - 1);
    this.#room(line.end - line.start + 32, line.height);
    if (line.bold !== this.#bold) this.#put([0x1b, 0x45, line.bold ? 1 : 0]);
    if (scale !== this.#scale) this.#put([0x1d, 0x21, scale]);
    this.#bold = line.bold;
    this.#scale = scale;
    const { bytes } = this.#laidOut;
    let end = line.end;
    if (!line.row) while (end > line.start && bytes[end - 1] === 0x20) end -= 1;
    if (line.special) this.#specialText(line.start, end);
    else {
      const out = this.#out;
      let at = this.#length;
      for (let i = line.start; i < end; i += 1) {
        out[at] = bytes[i] ?? 0;
        at += 1;
      }
      this.#length = at;
    }
    this.#out[this.#length] = 0x0a;
    this.#length += 1;
  }

  qr(block: QrBlock): void {
    const data = Buffer.from(block.data);
    const dots = block.moduleDots ?? 6;
    this.#room(data.length + 64, Math.ceil((dots * 60) / LINE_DOTS));
    const store = data.length + 3;
    this.#put([0x1b, 0x61, 0x01]);
    this.#put([0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00]);
    this.#put([0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, dots]);
    this.#put([0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, 0x31]);
    // Bytes, not characters: a wrong length prints the rest of a Chinese text as text.
    this.#put([0x1d, 0x28, 0x6b, store & 0xff, store >> 8, 0x31, 0x50, 0x30]);
    this.#put(data);
    this.#put([0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30]);
    this.#put([0x1b, 0x61, 0x00]);
  }

  feed(lines: number): void {
    if (lines === 0) return;
    this.#room(3, lines);
    this.#put([0x1b, 0x64, lines]);
  }

  cut(block: CutBlock): void {
    if (!this.#options.profile.cuts) {
      this.feed(CUT_FEED_LINES);
      return;
    }
    this.#endSegment('content');
    const { outlet } = this.#options.profile;
    // `GS V 65/66 0`: feeds the last line past the cutter first.
    if (outlet?.kind === 'presenter') this.#put(outlet.present);
    else this.#put([0x1d, 0x56, block.mode === 'full' ? 0x41 : 0x42, 0x00]);
    this.#segmentLines += CUT_FEED_LINES;
    this.#endSegment('cut');
  }

  end(): readonly Segment[] {
    this.#endSegment('content');
    return this.#segments;
  }

  /** Opens a new segment when `bytes` more would not fit, or when the present one has enough lines. */
  #room(bytes: number, lines: number): void {
    const used = this.#length - this.#segmentStart;
    const enough = this.#segmentLines >= this.#options.profile.linesPerSegment;
    if (enough || used + bytes + 16 > MOST_SEGMENT_BYTES) this.#endSegment('content');
    this.#segmentLines += lines;
    this.#grow(bytes);
  }

  #grow(bytes: number): void {
    if (this.#length + bytes <= this.#out.length) return;
    const larger = new Uint8Array(Math.max(this.#out.length * 2, this.#length + bytes));
    larger.set(this.#out.subarray(0, this.#length));
    this.#out = larger;
  }

  #endSegment(part: Segment['part']): void {
    if (this.#length === this.#segmentStart) return;
    const processId = this.#options.profile.processId ? this.#options.nextProcessId() : undefined;
    if (processId !== undefined) this.#put(processIdRequest(processId));
    const bytes = this.#out.subarray(this.#segmentStart, this.#length);
    this.#segments.push({ bytes, lines: this.#segmentLines, processId, part });
    this.#segmentStart = this.#length;
    this.#segmentLines = 0;
  }

  #put(bytes: ArrayLike<number>): void {
    this.#grow(bytes.length);
    this.#out.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #specialText(from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const byte = this.#laidOut.bytes[at] ?? 0;
      if (byte < 0x81) {
        this.#put([byte]);
        continue;
      }
      at += 1;
      const second = this.#laidOut.bytes[at] ?? 0;
      const special = byte === SPECIAL_LEAD ? this.#laidOut.specials[second - FIRST_SPECIAL] : undefined;
      if (!special) this.#put([byte, second]);
      else this.#put(special.kind === 'fourByte' ? special.bytes : [MISSING_MARK >> 8, MISSING_MARK & 0xff]);
    }
  }

  /** The line as a picture, when it holds a character that the font lacks and all of it can be drawn. */
  #drawn(line: TextLine): boolean {
    const raster = this.#options.glyphRaster;
    const placed = placedCharacters(line, this.#laidOut);
    if (!raster || !placed.missing) return false;
    const drawing = drawLine({ ...line, characters: placed.characters, cells: line.end - line.start }, raster);
    if (!drawing) return false;
    const bandBytes = drawing.widthBytes * LINE_DOTS;
    for (let row = 0; row < drawing.rows; row += LINE_DOTS) {
      this.#room(bandBytes + 16, 1);
      const band = drawing.dots.slice(row * drawing.widthBytes, row * drawing.widthBytes + bandBytes);
      defuse(band);
      this.#put([0x1d, 0x76, 0x30, 0x00, drawing.widthBytes & 0xff, drawing.widthBytes >> 8, LINE_DOTS, 0x00]);
      this.#put(band);
    }
    // A raster has no line spacing of its own: 30 dots a line, 24 of them drawn.
    this.#put([0x1b, 0x4a, 0x06]);
    return true;
  }
}

function placedCharacters(line: TextLine, laidOut: LaidOut): { characters: PlacedCharacter[]; missing: boolean } {
  const decoder = new TextDecoder('gb18030');
  const characters: PlacedCharacter[] = [];
  let missing = false;
  for (let at = line.start; at < line.end; ) {
    const first = laidOut.bytes[at] ?? 0;
    const cells = first >= 0x81 ? 2 : 1;
    const special = first === SPECIAL_LEAD ? laidOut.specials[(laidOut.bytes[at + 1] ?? 0) - FIRST_SPECIAL] : undefined;
    let character: string;
    if (special?.kind === 'missing') {
      missing = true;
      character = special.character;
    } else {
      character = decoder.decode(special?.kind === 'fourByte' ? special.bytes : laidOut.bytes.subarray(at, at + cells));
    }
    characters.push({ character, cell: at - line.start, cells });
    at += cells;
  }
  return { characters, missing };
}

/** `DLE EOT`, `DLE ENQ` and `DLE DC4` act even inside a picture: flip one dot of each. */
export function defuse(picture: Uint8Array): void {
  for (let at = 0; at + 1 < picture.length; at += 1) {
    const second = picture[at + 1] ?? 0;
    if (picture[at] === 0x10 && (second === 0x04 || second === 0x05 || second === 0x14))
      picture[at + 1] = second ^ 0x02;
  }
}
