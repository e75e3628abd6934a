/**
 * A4 pages of a list as lines of columns, before anybody draws them.
 *
 * Pure. Widths are counted in half-width cells, so a page is the same text on paper, in a test and in a terminal. One
 * promise: nothing is cut. A value that is too long for its column goes on below in it, and a row is never torn apart
 * by the end of a page.
 */

/** Half-width cells from edge to edge. */
export const PAGE_CELLS = 120;
/** Lines of a page. */
export const PAGE_LINES = 62;

export interface Column {
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** One printed line: a text in each column, or one text over the whole width. */
export type GridLine =
  | { readonly kind: 'cells'; readonly cells: readonly string[]; readonly bold?: boolean }
  | { readonly kind: 'text'; readonly text: string; readonly align: 'left' | 'center'; readonly bold?: boolean }
  | { readonly kind: 'rule' };

export interface GridPage {
  readonly columns: readonly Column[];
  readonly lines: readonly GridLine[];
}

export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += (character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2;
  return cells;
}

/** A value as the lines that it takes in a column. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const character of text) {
    const cells = cellsOf(character);
    if (used + cells > width) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    line += character;
    used += cells;
  }
  return [...lines, line.trimEnd()];
}

/** A row as lines; the columns that need fewer are empty below. */
export function rowLines(values: readonly string[], columns: readonly Column[], bold = false): readonly GridLine[] {
  const wrapped = values.map((value, at) => wrap(value, columns[at]?.width ?? PAGE_CELLS));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => ({
    kind: 'cells' as const,
    cells: wrapped.map((lines) => lines[line] ?? ''),
    bold,
  }));
}

/** A page as text, for tests and for whoever reads a journal without a printer. */
export function gridText({ columns, lines }: GridPage): readonly string[] {
  return lines.map((line) => {
    if (line.kind === 'rule') return '-'.repeat(PAGE_CELLS);
    if (line.kind === 'text') {
      const left = line.align === 'center' ? Math.floor((PAGE_CELLS - cellsOf(line.text)) / 2) : 0;
      return `${' '.repeat(Math.max(0, left))}${line.text}`;
    }
    const texts = line.cells.map((text, at) => {
      const { width = 0, align = 'left' } = columns[at] ?? {};
      const room = ' '.repeat(Math.max(0, width - cellsOf(text)));
      return align === 'right' ? room + text : text + room;
    });
    return texts.join(' ').trimEnd();
  });
}
