/**
 * What an answer of the module says, in the words of the contract.
 *
 * Pure. One promise: an answer that does not hold together (no amount, another
 * order, a code that is not in the table) is never read as good news; it is
 * `undefined`, and the outcome stays to be asked for.
 */
import { failed } from '../device.ts';
import type { BatchTotals, CardSale, MoneyCompletion } from './bank-terminal.ts';
import type { TerminalMessage } from './terminal-message.ts';
import type { AnswerWord, TerminalField, TerminalProfile } from './terminal-profile-table.ts';

/** The sale that an answer tells of; `undefined` when it does not tell one of this order. */
export function saleIn(
  profile: TerminalProfile,
  message: TerminalMessage,
  orderNumber: string | undefined,
): CardSale | undefined {
  const { fields, cardTail } = message;
  const state = profile.states.get(fields.get('state') ?? '');
  const order = fields.get('order');
  const amount = fields.get('amount');
  const batchNumber = fields.get('batch');
  const traceNumber = fields.get('trace');
  if (!state || !order || !amount || !batchNumber || !traceNumber) return undefined;
  if (orderNumber !== undefined && order !== orderNumber) return undefined;
  const referenceNumber = fields.get('reference');
  // An approval without the bank's number is none that anybody could prove.
  if (state === 'approved' && referenceNumber === undefined) return undefined;
  return { orderNumber: order, amountFen: Number(amount), state, referenceNumber, batchNumber, traceNumber, cardTail };
}

export function totalsIn({ fields }: TerminalMessage): BatchTotals | undefined {
  const batchNumber = fields.get('batch');
  const tally = (count: TerminalField, sum: TerminalField) => {
    const [times, fen] = [fields.get(count), fields.get(sum)];
    return times === undefined || fen === undefined ? undefined : { count: Number(times), fen: Number(fen) };
  };
  const sales = tally('salesCount', 'salesSum');
  const returns = tally('returnsCount', 'returnsSum');
  return batchNumber && sales && returns ? { batchNumber, sales, returns } : undefined;
}

/** Amounts are twelve digits of fen. */
export function sumField(fen: number): string | undefined {
  return Number.isSafeInteger(fen) && fen > 0 && fen <= 999_999_999_999 ? String(fen).padStart(12, '0') : undefined;
}

/** A failed money command whose effect is known to be none. */
export function nothingMoved<Fault extends string>(
  fault: Fault,
  detail: string,
): { readonly done: false; readonly fault: Fault; readonly detail: string; readonly effect: 'none' } {
  return { ...failed(fault, detail), effect: 'none' };
}

/**
 * A refusal that the contract knows for this command, or what is to be said of any other word. The words that leave
 * the outcome open are never among the refusals.
 */
export function refusalIn<Fault extends string>(
  word: AnswerWord | undefined,
  refusals: readonly (Fault & AnswerWord)[],
): MoneyCompletion<never, Fault | 'acquirerUnreachable' | 'busy' | 'paperOut'> {
  const known = refusals.find((refusal) => refusal === word);
  if (known !== undefined) return nothingMoved(known, 'the module says so');
  switch (word) {
    case 'canceled':
      return nothingMoved('canceled', 'given up before any card was read');
    case 'busy':
    case 'paperOut':
      return nothingMoved(word, 'the module says so');
    case 'outOfService':
    case 'signInFirst':
      return nothingMoved('deviceNotReady', 'the module is out of service');
    case 'noAnswer':
      return { ...failed('acquirerUnreachable', 'the bank did not answer'), effect: 'unknown' };
    default:
      return { ...failed('hardwareError', 'an answer that makes no sense'), effect: 'unknown' };
  }
}
