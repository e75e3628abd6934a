/**
 * Fills a closed outline on a grid of dots, black or white.
 *
 * One promise: a dot is black when at least half of it lies inside, by the
 * non-zero winding rule; what lies outside the grid is cut off.
 */

/** Dots to the right and dots down from the grid's top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Closed by itself: the last point is joined to the first. */
export type Contour = readonly Point[];

/** Lines looked at in one row of dots; across, the ink is measured exactly. */
const LINES_PER_DOT = 8;
const INSIDE_SHARE = 0.5;

interface Crossing {
  readonly x: number;
  readonly turn: 1 | -1;
}

/** @returns `rows` × `columns / 8` bytes, highest bit left, 1 = black; `columns` is a multiple of 8. */
export function fillOutline(contours: readonly Contour[], grid: { columns: number; rows: number }): Uint8Array {
  const bytesPerRow = grid.columns / 8;
  const dots = new Uint8Array(bytesPerRow * grid.rows);
  for (let row = 0; row < grid.rows; row += 1) {
    const ink = new Float64Array(grid.columns);
    for (let line = 0; line < LINES_PER_DOT; line += 1) {
      // Never exactly on a whole dot, where horizontal edges lie.
      inkAlong(row + (line + 0.5) / LINES_PER_DOT, contours, ink);
    }
    for (let column = 0; column < grid.columns; column += 1) {
      if ((ink[column] ?? 0) < INSIDE_SHARE * LINES_PER_DOT) continue;
      const at = row * bytesPerRow + (column >> 3);
      dots[at] = (dots[at] ?? 0) | (0x80 >> (column & 7));
    }
  }
  return dots;
}

/** Adds to each column how much of it (0 to 1) is inside along the line at `y`. */
function inkAlong(y: number, contours: readonly Contour[], ink: Float64Array): void {
  const crossings = contours.flatMap((contour) => crossingsOf(contour, y)).sort((a, b) => a.x - b.x);
  let winding = 0;
  let from = 0;
  for (const { x, turn } of crossings) {
    if (winding === 0) from = x;
    winding += turn;
    if (winding === 0) addSpan(from, x, ink);
  }
}

function crossingsOf(contour: Contour, y: number): readonly Crossing[] {
  const crossings: Crossing[] = [];
  let one = contour.at(-1);
  for (const other of contour) {
    // Half open, so that a corner that lies on the line counts once.
    if (one && one.y <= y !== other.y <= y) {
      const x = one.x + ((y - one.y) / (other.y - one.y)) * (other.x - one.x);
      crossings.push({ x, turn: one.y <= y ? 1 : -1 });
    }
    one = other;
  }
  return crossings;
}

function addSpan(from: number, to: number, ink: Float64Array): void {
  const last = Math.min(ink.length, to);
  for (let column = Math.max(0, Math.floor(from)); column < last; column += 1) {
    ink[column] = (ink[column] ?? 0) + Math.min(column + 1, to) - Math.max(column, from);
  }
}
