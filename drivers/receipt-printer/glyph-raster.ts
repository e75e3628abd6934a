/**
 * Drawing what a printer's font lacks.
 *
 * A `GlyphRaster` is given from outside (a font is no matter of a driver). A
 * line with one missing character is drawn whole, so that its characters stand
 * on one baseline and in their cells.
 */

/**
 * One character (one code point) as 24 rows of 24 dots: 72 bytes, three a row,
 * highest bit left, 1 = black. One-cell characters use the left 12 dots.
 * `undefined` when the font lacks it too.
 */
export type GlyphRaster = (character: string) => Uint8Array | undefined;

/** Dots across one cell and down one line at size 1. */
export const CELL_DOTS = 12;
export const LINE_DOTS = 24;

/** A character of a line, with the cell (0 = leftmost, at size 1) where it begins. */
export interface PlacedCharacter {
  readonly character: string;
  readonly cell: number;
  readonly cells: 1 | 2;
}

export interface LineDrawing {
  readonly widthBytes: number;
  readonly rows: number;
  /** `rows` × `widthBytes`, highest bit left. */
  readonly dots: Uint8Array;
}

/** Draws one line; `undefined` when any of its glyphs is not to be had. */
export function drawLine(
  line: {
    readonly characters: readonly PlacedCharacter[];
    readonly cells: number;
    /** Magnification across and down. */
    readonly size: number;
    readonly height: number;
    readonly bold: boolean;
  },
  raster: GlyphRaster,
): LineDrawing | undefined {
  const { size, height } = line;
  const widthBytes = Math.ceil((line.cells * CELL_DOTS * size) / 8);
  const rows = LINE_DOTS * height;
  const dots = new Uint8Array(widthBytes * rows);
  const black = (x: number, y: number): void => {
    const at = y * widthBytes + (x >> 3);
    if (x >> 3 < widthBytes) dots[at] = (dots[at] ?? 0) | (0x80 >> (x & 7));
  };
  for (const { character, cell, cells } of line.characters) {
    if (character === ' ') continue;
    const glyph = raster(character);
    if (!glyph || glyph.length !== (LINE_DOTS / 8) * LINE_DOTS) return undefined;
    const left = cell * CELL_DOTS * size;
    const right = left + cells * CELL_DOTS * size;
    for (let y = 0; y < rows; y += 1) {
      const row = Math.floor(y / height) * 3;
      for (let x = left; x < right; x += 1) {
        const column = Math.floor((x - left) / size);
        if (!(((glyph[row + (column >> 3)] ?? 0) << (column & 7)) & 0x80)) continue;
        black(x, y);
        // One dot wider is what a thermal printer's own emphasis does.
        if (line.bold && x + 1 < right) black(x + 1, y);
      }
    }
  }
  return { widthBytes, rows, dots };
}
