/**
 * Ends a difference by two people: what no rule resolves is theirs to settle outside, and theirs to say so.
 *
 * One promise: it takes two different people and a note, and it changes no amount anywhere: sums, lines and what the
 * parties said stay as they are (Y4-2a).
 */
import type { Difference } from './difference.ts';
import type { DifferenceStore } from './difference-store.ts';

/** Staff numbers, never names; proving them is the business of whoever asks. */
export interface Closing {
  readonly first: string;
  readonly second: string;
  readonly note: string;
}

export class ClosingRefusedError extends Error {
  override readonly name = 'ClosingRefusedError';
}

const STAFF_NUMBER = /^[A-Za-z0-9_-]{2,20}$/;
const LONGEST_NOTE = 200;

/** @throws ClosingRefusedError */
export function closeDifference(
  number: string,
  { first, second, note }: Closing,
  differences: DifferenceStore,
): Difference {
  const known = differences.byNumber(number);
  if (!known) throw new ClosingRefusedError(`There is no difference ${number}.`);
  if (known.state !== 'open') throw new ClosingRefusedError(`${number} is ${known.state} already.`);
  if (known.name === 'unexplained')
    throw new ClosingRefusedError('What nobody can explain is not closed by saying so.');
  for (const id of [first, second]) {
    if (!STAFF_NUMBER.test(id)) throw new ClosingRefusedError('A staff number has 2–20 letters and digits.');
  }
  if (first === second) throw new ClosingRefusedError('It takes two people.');
  const text = note.trim();
  if (text.length < 4 || text.length > LONGEST_NOTE) throw new ClosingRefusedError('The note has 4–200 characters.');
  // A long number in a note would be a person's, a card's or an account's.
  if (/\d{15,}/.test(text)) throw new ClosingRefusedError('The note holds a long number; give ours instead.');
  differences.close(number, [first, second], text);
  return { ...known, state: 'closed', ending: text, closedBy: [first, second] };
}
