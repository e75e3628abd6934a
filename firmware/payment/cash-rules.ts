/**
 * The rules of notes: which are taken, what an unanswered stack was, and when cash is fenced off.
 *
 * Pure but for `settledCounters`. Money counts when the acceptor's own counter says so, and only when it grew by
 * exactly the note that was asked for; anything else is a person's matter. Nothing here ever pays out: what has to go
 * back is a task of the cashier.
 */
import type { Fen } from '../money.ts';
import type { CashAcceptor, CashCounters } from './cash-acceptor.ts';

/**
 * Faces that may still be put in: none that is more than what is left to pay, because no machine gives change.
 * An amount that no notes add up to cannot be paid in cash here.
 */
export function facesFor(leftFen: Fen, faces: readonly Fen[]): ReadonlySet<Fen> {
  return new Set(faces.filter((face) => face <= leftFen && payable(leftFen - face, faces)));
}

/** Whether notes of these faces add up to exactly this amount. */
export function payable(amountFen: Fen, faces: readonly Fen[]): boolean {
  if (amountFen === 0) return true;
  const [largest, ...smaller] = [...faces].sort((one, other) => other - one);
  if (largest === undefined) return false;
  const most = Math.floor(amountFen / largest);
  // Faces of one currency nearly divide each other (2 and 5 do not): a few notes less of the largest are enough to try.
  for (let count = most; count >= Math.max(0, most - 4); count -= 1) {
    if (payable(amountFen - count * largest, smaller)) return true;
  }
  return false;
}

/** What became of a note, by the counters before and after. */
export function judgeNote(
  before: CashCounters,
  after: CashCounters,
  noteFen: Fen,
): 'stacked' | 'notStacked' | 'mismatch' {
  if (before.box !== after.box) return 'mismatch';
  const faces = new Set([...before.notes.keys(), ...after.notes.keys(), noteFen]);
  const grown = [...faces].flatMap((face) => {
    const more = (after.notes.get(face) ?? 0) - (before.notes.get(face) ?? 0);
    return more === 0 ? [] : [{ face, more }];
  });
  if (grown.length === 0) return 'notStacked';
  const [only] = grown;
  return grown.length === 1 && only?.face === noteFen && only.more === 1 ? 'stacked' : 'mismatch';
}

/** At power-up: cash opens only when the box holds what the journal says, in the box that the journal knows. */
export function isFenced(known: CashCounters, now: CashCounters): boolean {
  return judgeNote(known, now, 0) !== 'notStacked';
}

/**
 * The counters with nothing in the escrow. A note that a lost answer left there goes back first: else it could still
 * fall into the box after its settlement has been told that it did not.
 */
export async function settledCounters(
  acceptor: Pick<CashAcceptor, 'counters' | 'giveBack'>,
): Promise<
  { readonly outcome: 'ok'; readonly counters: CashCounters } | { readonly outcome: 'unknown'; readonly detail: string }
> {
  const seen = await acceptor.counters();
  if (seen.outcome !== 'ok' || !seen.escrow) return seen;
  if ((await acceptor.giveBack()) !== 'returned') return { outcome: 'unknown', detail: 'a note stays in the escrow' };
  const after = await acceptor.counters();
  if (after.outcome !== 'ok') return after;
  return after.escrow ? { outcome: 'unknown', detail: 'a note stays in the escrow' } : after;
}
