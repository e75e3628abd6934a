/**
 * A sheet as lines of text: what a person reads from top to bottom, left to right.
 *
 * One column is one 12-dot cell, so the columns of a list stay where they are on
 * paper whatever order the data came in; spaces at the end of a line are dropped.
 */
import type { GlyphMark, PaperLine, Sheet, SymbolMark } from './paper.ts';
import { CELL_DOTS } from './press/print-state.ts';

/** Lines at the same height, however often the head passed there, top first. */
export function rows(sheet: Sheet): readonly (readonly PaperLine[])[] {
  const byHeight = new Map<number, PaperLine[]>();
  const turned: PaperLine[][] = [];
  for (const line of sheet.lines) {
    const together = byHeight.get(line.y);
    if (line.turned !== 0) turned.push([line]);
    else if (together) together.push(line);
    else byHeight.set(line.y, [line]);
  }
  const upright = [...byHeight.values()].sort((one, other) => (one[0]?.y ?? 0) - (other[0]?.y ?? 0));
  return [...upright, ...turned];
}

function glyphText(glyphs: readonly GlyphMark[], from: number): string {
  let text = '';
  let x = from;
  for (const glyph of glyphs) {
    const overlaps = glyph.x < x - glyph.width / 2;
    if (overlaps) continue;
    const gap = Math.round((glyph.x - x) / CELL_DOTS);
    if (gap > 0) text += ' '.repeat(gap);
    text += glyph.text;
    x = glyph.x + glyph.width;
  }
  return text.trimEnd();
}

function glyphsOf(lines: readonly PaperLine[]): readonly GlyphMark[] {
  const glyphs = lines
    .filter((line) => line.whole)
    .flatMap((line) => line.marks)
    .filter((mark) => mark.kind === 'glyph');
  // A blank printed over a character hides nothing: it gives way when both stand at one place.
  return glyphs
    .map((glyph, index) => ({ glyph, index }))
    .sort(
      (one, other) => one.glyph.x - other.glyph.x || blank(one.glyph) - blank(other.glyph) || one.index - other.index,
    )
    .map(({ glyph }) => glyph);
}

const blank = (glyph: GlyphMark): number => (glyph.text.trim() === '' ? 1 : 0);

/** Whether a row is text: a row of pictures and symbols only is not a line. */
function isText(row: readonly PaperLine[]): boolean {
  const marks = row.filter((line) => line.whole).flatMap((line) => line.marks);
  return marks.every((mark) => mark.kind === 'glyph') || marks.some((mark) => mark.kind === 'glyph');
}

export interface PaperTextOptions {
  /** Stand-ins like `[qr https://…]` on lines of their own where symbols and pictures are. */
  readonly figures: boolean;
}

/** The text lines of one sheet. A line that was cut off by the end of the paper is not there. */
export function paperText(sheet: Sheet, options: PaperTextOptions = { figures: false }): string[] {
  const text: string[] = [];
  for (const row of rows(sheet)) {
    if (!row.some((line) => line.whole)) continue;
    if (isText(row)) text.push(glyphText(glyphsOf(row), row[0]?.left ?? 0));
    if (options.figures) text.push(...figures(row));
  }
  return text;
}

function figures(row: readonly PaperLine[]): string[] {
  const standIns: string[] = [];
  for (const mark of row.flatMap((line) => line.marks)) {
    if (mark.kind === 'symbol') standIns.push(`[${mark.type} ${printable(mark.data)}]`);
    else if (mark.kind === 'picture') standIns.push(`[picture ${mark.width}×${mark.height}]`);
  }
  return standIns;
}

/** Control characters of a symbol must not reach a terminal. */
function printable(data: string): string {
  return data.replace(/\p{Cc}/gu, '·');
}

/** The symbols of a sheet, top first. */
export function symbolsOf(sheet: Sheet): readonly SymbolMark[] {
  return rows(sheet)
    .flat()
    .filter((line) => line.whole)
    .flatMap((line) => line.marks)
    .filter((mark) => mark.kind === 'symbol');
}
