/**
 * Moves the straight strokes of a character onto whole dots, so that a stroke
 * of 1.6 dots is two dots or one everywhere, and not two here and none there.
 *
 * One promise: the order of the strokes stays, and between two strokes at least
 * one dot stays white. An outline where that finds no room comes back as it is.
 */
import type { Contour, Point } from './outline-fill.ts';

/** A stroke across the axis: where it begins and ends on it, in dots. */
interface Stem {
  readonly from: number;
  readonly to: number;
  /** How long it runs, dots; the longer ones go first. */
  readonly length: number;
}

interface Edge {
  readonly at: number;
  readonly left: number;
  readonly right: number;
  /** Whether ink begins here, going along the axis. */
  readonly begins: boolean;
}

/** A stroke's straight side runs at least so far, and slopes at most so much, dots. */
const SHORTEST_EDGE = 2;
const STEEPEST_EDGE = 0.15;
const THINNEST = 0.6;
const THICKEST = 2.9;
/** Strokes that are less apart than this are one level or have no room between them anyway. */
const LEAST_GAP = 0.4;
/** A wrong width is seen less than a wrong place. */
const WIDTH_WEIGHT = 0.7;

/** Both axes; `grid` is the cell in which the strokes find their places. Contours run with the ink on one side. */
export function snapStems(contours: readonly Contour[], grid: { columns: number; rows: number }): readonly Contour[] {
  const rows = warpOf(
    stemsAlong(contours, (point) => ({ along: point.y, across: point.x })),
    grid.rows,
  );
  const columns = warpOf(
    stemsAlong(contours, (point) => ({ along: point.x, across: -point.y })),
    grid.columns,
  );
  return contours.map((contour) => contour.map(({ x, y }) => ({ x: columns(x), y: rows(y) })));
}

type Axes = (point: Point) => { readonly along: number; readonly across: number };

function stemsAlong(contours: readonly Contour[], axes: Axes): readonly Stem[] {
  const edges = contours.flatMap((contour) => edgesOf(contour, axes));
  const stems = edges
    .filter((edge) => edge.begins)
    .flatMap((begin): Stem[] => {
      const ends = edges.filter((edge) => !edge.begins && overlap(begin, edge) > 0.6 * SHORTEST_EDGE);
      const end = ends.filter(({ at }) => at > begin.at).sort((a, b) => a.at - b.at)[0];
      const thickness = end ? end.at - begin.at : 0;
      if (!end || thickness < THINNEST || thickness > THICKEST) return [];
      return [{ from: begin.at, to: end.at, length: overlap(begin, end) }];
    })
    .sort((a, b) => b.length - a.length);
  const kept: Stem[] = [];
  for (const stem of stems) {
    const free = kept.every(({ from, to }) => stem.from > to + LEAST_GAP || stem.to < from - LEAST_GAP);
    if (free) kept.push(stem);
  }
  return kept.sort((a, b) => a.from - b.from);
}

function edgesOf(contour: Contour, axes: Axes): readonly Edge[] {
  const edges: Edge[] = [];
  let one = contour.at(-1);
  for (const other of contour) {
    if (one) {
      const a = axes(one);
      const b = axes(other);
      const run = b.across - a.across;
      if (Math.abs(run) >= SHORTEST_EDGE && Math.abs(b.along - a.along) <= STEEPEST_EDGE) {
        const [left, right] = run > 0 ? [a.across, b.across] : [b.across, a.across];
        edges.push({ at: (a.along + b.along) / 2, left, right, begins: run < 0 });
      }
    }
    one = other;
  }
  return edges;
}

function overlap(one: Edge, other: Edge): number {
  return Math.min(one.right, other.right) - Math.max(one.left, other.left);
}

interface Place {
  readonly from: number;
  readonly to: number;
  /** Of this stroke and all before it. */
  readonly cost: number;
  readonly before: Place | undefined;
}

/** Whole dots for every stroke, as near as can be to where they were: the cheapest chain of places. */
function placesOf(stems: readonly Stem[], dots: number): readonly Place[] | undefined {
  let chains: readonly Place[] = [];
  for (const [index, stem] of stems.entries()) {
    const next: Place[] = [];
    for (let from = 0; from < dots; from += 1) {
      const before = index === 0 ? undefined : cheapest(chains.filter((chain) => chain.to < from));
      if (index > 0 && !before) continue;
      for (let to = from + 1; to <= Math.min(dots, from + 3); to += 1) {
        const shift = (from + to - stem.from - stem.to) / 2;
        const swelling = to - from - (stem.to - stem.from);
        const cost = (before?.cost ?? 0) + shift * shift + WIDTH_WEIGHT * swelling * swelling;
        next.push({ from, to, cost, before });
      }
    }
    chains = next;
  }
  const places: Place[] = [];
  for (let place = cheapest(chains); place; place = place.before) places.unshift(place);
  return places.length === stems.length ? places : undefined;
}

function cheapest(chains: readonly Place[]): Place | undefined {
  return chains.reduce<Place | undefined>((best, chain) => (best && best.cost <= chain.cost ? best : chain), undefined);
}

/** The strokes' sides go to their places; what lies between is stretched with them. */
function warpOf(stems: readonly Stem[], dots: number): (at: number) => number {
  const places = placesOf(stems, dots);
  if (!places || stems.length === 0) return (at) => at;
  const knots = stems.flatMap((stem, index) => {
    const place = places[index] ?? stem;
    return [
      { at: stem.from, to: place.from },
      { at: stem.to, to: place.to },
    ];
  });
  return (at) => {
    const above = knots.findIndex((knot) => knot.at >= at);
    const upper = knots[above < 0 ? knots.length - 1 : above];
    const lower = above > 0 ? knots[above - 1] : undefined;
    if (!upper) return at;
    if (above < 0 || !lower) return at + upper.to - upper.at;
    return lower.to + ((at - lower.at) / (upper.at - lower.at)) * (upper.to - lower.to);
  };
}
