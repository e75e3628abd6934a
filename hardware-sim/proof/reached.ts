/**
 * What a soak has reached: each trouble at each step so often, or the run proves less than it says.
 */
import type { Reached } from './chance.ts';
import { canHappen, STEPS, TROUBLES } from './trouble-table.ts';

/** A year must reach every cell so often. */
export const LEAST = 30;
/** Every kind of flow must have this share of the settlements. */
export const LEAST_SHARE = 0.01;

/** Cells of the table that were reached too rarely, as `trouble at step: 12`. */
export function missingCells(table: Reached, least = LEAST): readonly string[] {
  return TROUBLES.flatMap((trouble) =>
    STEPS.filter((step) => canHappen(trouble, step) && (table[trouble]?.[step] ?? 0) < least).map(
      (step) => `${trouble} at ${step}: ${table[trouble]?.[step] ?? 0}`,
    ),
  );
}

/** Kinds of flow with too small a share, as `deposit: 3 of 900`. */
export function missingFlows(kinds: readonly string[], flows: Readonly<Record<string, number>>): readonly string[] {
  const all = Object.values(flows).reduce((sum, count) => sum + count, 0);
  return kinds
    .filter((kind) => (flows[kind] ?? 0) < all * LEAST_SHARE)
    .map((kind) => `${kind}: ${flows[kind] ?? 0} of ${all}`);
}

/** Adds up counts of any depth. */
export function addCounts(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const name of Object.keys(more)) sum[name] = (sum[name] ?? 0) + (more[name] ?? 0);
}

export function addReached(sum: Reached, more: Reached): void {
  for (const [trouble, row] of Object.entries(more)) {
    const known = sum[trouble] ?? {};
    sum[trouble] = known;
    addCounts(known, row);
  }
}
