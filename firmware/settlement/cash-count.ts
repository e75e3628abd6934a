/**
 * An acceptor's counters as one number that only grows: what lies in its box, and above that how often the box was
 * changed, so that a changed box is never taken for a note.
 */
import type { Fen } from '../money.ts';
import type { CashCounters } from '../payment/cash-acceptor.ts';

/** A box never holds that much, fen. */
const BOX_FEN = 1_000_000_000_000;

export function countedFen({ box, notes }: CashCounters): Fen {
  return [...notes].reduce((sum, [faceFen, count]) => sum + faceFen * count, box * BOX_FEN);
}
