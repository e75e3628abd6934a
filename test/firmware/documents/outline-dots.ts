/**
 * The dots that a cell of the simulator's drawing covers: its SVG outline, looked at in the middle of each dot.
 * Written for tests, without the firmware's own fill.
 */
import {
  glyphOutlines,
  UNITS_ABOVE_BASELINE,
  UNITS_PER_EM,
} from '../../../hardware-sim/devices/receipt-printer/drawing/glyph-outlines.ts';

type Point = readonly [x: number, y: number];

/** 24 rows of 24 dots for a two-cell character, `true` = black. */
export function outlineDots(character: string): readonly (readonly boolean[])[] {
  const { path, advance } = glyphOutlines.outline(character, 'Regular');
  const polygons = polygonsOf(path);
  const unitsPerDot = UNITS_PER_EM / 24;
  const left = 12 - advance / unitsPerDot / 2;
  return Array.from({ length: 24 }, (_, row) =>
    Array.from({ length: 24 }, (__, column) => {
      const x = (column + 0.5 - left) * unitsPerDot;
      const y = UNITS_ABOVE_BASELINE - (row + 0.5) * unitsPerDot;
      return polygons.reduce((turns, polygon) => turns + turnsAround(polygon, [x, y]), 0) !== 0;
    }),
  );
}

/** `M L Q C Z` with absolute numbers, curves as chords between eight of their points. */
function polygonsOf(path: string): readonly (readonly Point[])[] {
  const polygons: Point[][] = [];
  for (const [, letter, numbers = ''] of path.matchAll(/([MLQCZ])([^MLQCZ]*)/g)) {
    const values = (numbers.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    const points: Point[] = [];
    for (let at = 0; at + 1 < values.length; at += 2) points.push([values[at] ?? 0, values[at + 1] ?? 0]);
    const polygon = polygons.at(-1);
    if (letter === 'M') polygons.push([...points]);
    else if (letter === 'L') polygon?.push(...points);
    else if (letter !== 'Z') {
      const from = polygon?.at(-1);
      if (from) for (let step = 1; step <= 8; step += 1) polygon?.push(pointAt([from, ...points], step / 8));
    }
  }
  return polygons;
}

/** Bernstein's sum. */
function pointAt(controls: readonly Point[], t: number): Point {
  const degree = controls.length - 1;
  const weights = degree === 2 ? [1, 2, 1] : [1, 3, 3, 1];
  let x = 0;
  let y = 0;
  for (const [index, control] of controls.entries()) {
    const weight = (weights[index] ?? 0) * t ** index * (1 - t) ** (degree - index);
    x += weight * control[0];
    y += weight * control[1];
  }
  return [x, y];
}

/** Signed crossings of a ray to the right. */
function turnsAround(polygon: readonly Point[], [x, y]: Point): number {
  return polygon.reduce((turns, to, index) => {
    const from = polygon.at(index - 1) ?? to;
    const upward = from[1] <= y && to[1] > y;
    const downward = from[1] > y && to[1] <= y;
    if (!upward && !downward) return turns;
    const crossing = from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0]);
    return crossing > x ? turns + (upward ? 1 : -1) : turns;
  }, 0);
}
