/**
 * What stands on which row of a text display, in cells.
 *
 * Pure. One promise: no row is longer than the display is wide. A number or a place that does not fit is an answer
 * (`textTooWide`), a name that does not fit is left out whole.
 */
import { type Charset, TextEncoding } from '../receipt-printer/text-encoding.ts';
import type { DisplayFault, QueueCall } from './queue-display.ts';

/** What the display's own font holds; `ascii`: the 95 printable characters and no Chinese one. */
export type DisplayCharset = Charset | 'ascii';

export interface DisplaySize {
  readonly cells: number;
  readonly rows: number;
  readonly charset: DisplayCharset;
}

export type RowsOf =
  | { readonly done: true; readonly rows: readonly string[]; readonly name: 'shown' | 'leftOut' | 'none' }
  | { readonly done: false; readonly fault: DisplayFault | 'invalidData'; readonly detail: string };

const NUMBER = /^[0-9A-Za-z]{1,8}$/;
/** 张*三, 张*, 欧阳*: a mask in it, and never more than one character before and after a run of stars. */
const MASKED = /^\p{Script=Han}{1,2}\*+\p{Script=Han}?$/u;
/** A card's own control codes begin with a backslash; nobody's name or window does. */
const CONTROL = /[\p{Cc}\\]/u;

const ASCII = /^[\x20-\x7e]*$/;

export function rowsOfCall(call: QueueCall, size: DisplaySize): RowsOf {
  if (!NUMBER.test(call.number)) return no('invalidData', 'a number is 1 to 8 letters or digits');
  // A display without Chinese characters shows where to go in its own letters, or nothing at all.
  const where = size.charset === 'ascii' ? (call.placeLatin ?? call.place) : call.place;
  const place = cellsOf(where, size.charset);
  if (call.place === '' || where === '' || place === undefined)
    return no('unsupportedText', 'the place has characters that are not in the font');
  const name = call.maskedName?.reveal();
  if (name !== undefined && !MASKED.test(name)) return no('invalidData', 'a name is shown only masked');
  const head = `${call.number} ${where}`;
  const headCells = call.number.length + 1 + place;
  const nameCells = name === undefined ? undefined : cellsOf(name, size.charset);
  if (headCells <= size.cells) {
    if (name === undefined) return { done: true, rows: [head], name: 'none' };
    if (nameCells !== undefined && size.rows > 1 && nameCells <= size.cells) {
      return { done: true, rows: [head, name], name: 'shown' };
    }
    if (nameCells !== undefined && headCells + 1 + nameCells <= size.cells) {
      return { done: true, rows: [`${call.number} ${name} ${where}`], name: 'shown' };
    }
    return { done: true, rows: [head], name: 'leftOut' };
  }
  // The number on a row of its own, and the place below it.
  if (size.rows > 1 && call.number.length <= size.cells && place <= size.cells) {
    const third = name !== undefined && nameCells !== undefined && size.rows > 2 && nameCells <= size.cells;
    const rows = [call.number, where, ...(third ? [name] : [])];
    return { done: true, rows, name: name === undefined ? 'none' : third ? 'shown' : 'leftOut' };
  }
  return no('textTooWide', `${headCells} cells on ${size.rows} rows of ${size.cells}`);
}

/** A test pattern: ■ is in the font of every Chinese display (GB 2312 row 1), a pole display has ASCII only. */
export function everyCell({ cells, rows, charset }: DisplaySize): readonly string[] {
  const row = charset === 'ascii' ? '#'.repeat(cells) : '■'.repeat(Math.floor(cells / 2));
  return Array<string>(rows).fill(row);
}

export function rowsOfNotice(texts: readonly string[], size: DisplaySize): RowsOf {
  if (texts.length === 0 || texts.length > size.rows) return no('textTooWide', `${texts.length} rows on ${size.rows}`);
  const rows: string[] = [];
  for (const text of texts) {
    const cells = cellsOf(text, size.charset);
    if (cells === undefined) return no('unsupportedText', 'characters that are not in the font');
    if (cells > size.cells) return no('textTooWide', `${cells} cells on a row of ${size.cells}`);
    rows.push(`${' '.repeat(Math.floor((size.cells - cells) / 2))}${text}`);
  }
  return { done: true, rows, name: 'none' };
}

/** Half-width cells; `undefined` when the font lacks a character, or when it is none. */
export function cellsOf(text: string, charset: DisplayCharset): number | undefined {
  const bytes = encodeRow(text, charset);
  return bytes?.length;
}

/** One or two bytes a character: cells and bytes are the same number in these charsets. */
export function encodeRow(text: string, charset: DisplayCharset): Uint8Array | undefined {
  if (CONTROL.test(text)) return undefined;
  if (charset === 'ascii') return ASCII.test(text) ? Uint8Array.from(Buffer.from(text, 'latin1')) : undefined;
  const { codes } = TextEncoding.of(charset);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.length === 1 ? (codes[character.charCodeAt(0)] ?? 0) : 0;
    if (code === 0) return undefined;
    if (code < 0x100) bytes.push(code);
    else bytes.push(code >> 8, code & 0xff);
  }
  return Uint8Array.from(bytes);
}

function no(fault: DisplayFault | 'invalidData', detail: string): RowsOf {
  return { done: false, fault, detail };
}
