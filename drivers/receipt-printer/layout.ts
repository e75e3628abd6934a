/**
 * A document to lines of cells.
 *
 * One promise: a line is never wider than the paper and a row is exactly as
 * wide, counted the way the printer counts: one encoded byte is one cell. So
 * lines are made of encoded bytes, and padding needs no width table.
 */
import { CellText } from './cell-text.ts';
import type {
  Align,
  CutBlock,
  FeedBlock,
  PaperBlock,
  PaperDocument,
  QrBlock,
  RowBlock,
  TextBlock,
} from './paper-document.ts';
import type { Glyph, TextEncoding } from './text-encoding.ts';

/** The document can't stand on this paper: our own mistake, not the printer's. */
export class PaperLayoutError extends Error {
  override readonly name = 'PaperLayoutError';
}

/**
 * Bytes `start` to `end` of `LaidOut.bytes`; exactly `cells / size` long. A byte
 * pair `FF n` stands for `specials[n - 0x80]`: a double-cell character with no
 * two-byte code.
 */
export interface TextLine {
  readonly kind: 'text';
  readonly start: number;
  readonly end: number;
  /** Magnification across. */
  readonly size: number;
  /** Magnification down, 1 to 8. */
  readonly height: number;
  readonly bold: boolean;
  /** Table rows keep their trailing spaces on the wire; other lines need not. */
  readonly row: boolean;
  readonly special: boolean;
}

type LineStyle = Pick<TextLine, 'size' | 'height' | 'bold' | 'row'>;

export type PaperLine = TextLine | QrBlock | FeedBlock | CutBlock;

export interface LaidOut {
  readonly bytes: Uint8Array;
  readonly cells: number;
  readonly lines: readonly PaperLine[];
  readonly specials: readonly Glyph[];
}

const SPACE = 0x20;
/** About 15 m of paper: beyond it something upstream is wrong. */
const MOST_LINES = 4_000;
/** Largest payload of a QR code in byte mode at error correction M. */
const MOST_QR_BYTES = 2_331;

export function layOut(document: PaperDocument, paper: { cells: number; encoding: TextEncoding }): LaidOut {
  return new Layout(paper.cells, paper.encoding).run(document.blocks);
}

class Layout {
  readonly #cells: number;
  readonly #text: CellText;
  readonly #lines: PaperLine[] = [];
  #out: Uint8Array;
  #outLength = 0;

  constructor(cells: number, encoding: TextEncoding) {
    this.#cells = cells;
    this.#text = new CellText(encoding);
    this.#out = new Uint8Array(cells * 192);
  }

  run(blocks: readonly PaperBlock[]): LaidOut {
    for (const [index, block] of blocks.entries()) {
      if (block.kind === 'cut' && index !== blocks.length - 1) {
        throw new PaperLayoutError('A cut is the last block of a document.');
      }
      this.#place(block);
    }
    return { bytes: this.#out, cells: this.#cells, lines: this.#lines, specials: this.#text.specials };
  }

  #place(block: PaperBlock): void {
    switch (block.kind) {
      case 'text':
        this.#placeText(block);
        return;
      case 'row':
        this.#placeRow(block);
        return;
      case 'rule':
        this.#placeRule(block.fill ?? '-');
        return;
      case 'qr':
        checkQr(block);
        break;
      case 'feed':
        if (!(Number.isInteger(block.lines) && block.lines >= 0 && block.lines <= 255)) {
          throw new PaperLayoutError('A feed is 0 to 255 whole lines.');
        }
        break;
      case 'cut':
        break;
    }
    this.#lines.push(block);
  }

  #placeText({ text, align = 'left', size = 1, bold = false, tall = false }: TextBlock): void {
    if (!(Number.isInteger(size) && size >= 1 && size <= 4)) throw new PaperLayoutError('A size is 1, 2, 3 or 4.');
    const width = Math.floor(this.#cells / size);
    this.#text.hasSpecial = false;
    this.#text.encode(text);
    for (const [from, to] of this.#text.pieces(width)) {
      const start = this.#blankLine(width);
      this.#put(start, width, from, to, align);
      this.#close(start, { size, height: tall ? size * 2 : size, bold, row: false });
    }
  }

  #placeRow(block: RowBlock): void {
    const { columns } = block;
    const start = this.#blankLine(this.#cells);
    const style = { size: 1, height: block.tall ? 2 : 1, bold: block.bold ?? false, row: true };
    let left = 0;
    let overflow = false;
    this.#text.hasSpecial = false;
    for (const column of columns) {
      const { width } = column;
      if (!(Number.isInteger(width) && width >= 2)) throw new PaperLayoutError('A column is at least 2 cells wide.');
      if (left + width > this.#cells) throw new PaperLayoutError('The columns are wider than the paper.');
      if (!overflow) {
        this.#text.encode(column.text);
        if (this.#text.fits(width)) this.#put(start + left, width, 0, this.#text.length, column.align ?? 'left');
        else overflow = true;
      }
      left += width;
    }
    if (overflow) {
      this.#outLength = start;
      this.#placeHighRow(block, style);
    } else this.#close(start, style);
  }

  /** At least one column is more than a line high. */
  #placeHighRow(block: RowBlock, style: LineStyle): void {
    this.#text.hasSpecial = false;
    const columns = block.columns.map(({ text, width, align }) => {
      this.#text.encode(text);
      const pieces = this.#text.pieces(width).map(([from, to]) => this.#text.bytes.slice(from, to));
      return { width, align: align ?? 'left', pieces };
    });
    const height = Math.max(...columns.map(({ pieces }) => pieces.length));
    for (let line = 0; line < height; line += 1) {
      const start = this.#blankLine(this.#cells);
      let left = start;
      for (const { width, align, pieces } of columns) {
        const piece = pieces[line];
        if (piece) this.#out.set(piece, left + indent(width, piece.length, align));
        left += width;
      }
      this.#close(start, style);
    }
  }

  #placeRule(fill: string): void {
    this.#text.hasSpecial = false;
    this.#text.encode(fill);
    const step = this.#text.length;
    if (step === 0) throw new PaperLayoutError('A rule needs a character to fill the line with.');
    const start = this.#blankLine(this.#cells);
    for (let at = 0; at + step <= this.#cells; at += step) this.#put(start + at, step, 0, step, 'left');
    this.#close(start, { size: 1, height: 1, bold: false, row: true });
  }

  #blankLine(width: number): number {
    const start = this.#outLength;
    if (start + width > this.#out.length) {
      const larger = new Uint8Array(this.#out.length * 2);
      larger.set(this.#out);
      this.#out = larger;
    }
    this.#outLength = start + width;
    this.#out.fill(SPACE, start, start + width);
    return start;
  }

  #put(left: number, width: number, from: number, to: number, align: Align): void {
    const out = this.#out;
    const text = this.#text.bytes;
    let at = left + indent(width, to - from, align);
    for (let i = from; i < to; i += 1) {
      out[at] = text[i] ?? SPACE;
      at += 1;
    }
  }

  #close(start: number, style: LineStyle): void {
    if (this.#lines.length >= MOST_LINES) throw new PaperLayoutError(`More than ${MOST_LINES} lines.`);
    this.#lines.push({ kind: 'text', start, end: this.#outLength, special: this.#text.hasSpecial, ...style });
  }
}

function indent(width: number, used: number, align: Align): number {
  if (align === 'left') return 0;
  return align === 'right' ? width - used : (width - used) >> 1;
}

function checkQr(block: QrBlock): void {
  const bytes = Buffer.byteLength(block.data);
  if (bytes === 0 || bytes > MOST_QR_BYTES) throw new PaperLayoutError(`A QR code holds 1 to ${MOST_QR_BYTES} bytes.`);
  // Printers act on DLE commands even inside a payload.
  if (block.data.includes('\u0010'))
    throw new PaperLayoutError('A QR text must not contain the control character DLE.');
  const dots = block.moduleDots ?? 6;
  if (!(Number.isInteger(dots) && dots >= 1 && dots <= 16)) throw new PaperLayoutError('A QR module is 1 to 16 dots.');
}
