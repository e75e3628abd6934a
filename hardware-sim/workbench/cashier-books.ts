/**
 * The cashier's page of the hospital: one number in, one plain sentence out, with the story behind it and everything
 * that is open.
 *
 * One promise: what the kiosk's journal says stands beside what the hospital was told and what the parties' ledgers
 * hold, so that a difference is seen and never smoothed over. The journal is read by whoever opens the workbench: the
 * simulator knows no code of the kiosk.
 */
import type { LiveHall } from '../live-hall.ts';
import type { CashierView, KioskStory } from './workbench-messages.ts';

/** What people write down when they end a case. */
export interface CaseWords {
  readonly number: string;
  readonly by: readonly [string, string];
  readonly claim: 'counts' | 'none';
  readonly keptFen: number;
  readonly note: string;
}

/** The kiosk's own books, as its data folder has them. */
export interface CashierBooks {
  /** @param typed the number as a person reads it from a slip; `undefined` when the journal knows no such settlement */
  story(typed: string): KioskStory | undefined;
  /** Rejects with a sentence when it may not be. */
  close(words: CaseWords): Promise<void>;
}

const PREFIX = /^(?:set|pay|ref|case|acc|owe)_/;
const NUMBER = /^[a-z0-9]{12}$/;

/** `set_…`, however it was typed or read out; `undefined` when it is no number of a settlement. */
export function settlementIn(typed: string): string | undefined {
  const word = typed.toLowerCase().replace(/[\s-]/g, '').replace(PREFIX, '');
  return NUMBER.test(word) ? `set_${word}` : undefined;
}

export function lookUp(hall: LiveHall, books: CashierBooks | undefined, typed: string): CashierView {
  const kiosk = books?.story(typed);
  const number = kiosk?.number ?? settlementIn(typed);
  if (number === undefined)
    return { typed, number: undefined, kiosk: undefined, hospital: undefined, parties: undefined };
  const known = hall.parties.hospital.money.known(number);
  if (!kiosk && !known) return { typed, number, kiosk: undefined, hospital: undefined, parties: undefined };
  return { typed, number, kiosk, hospital: known, parties: partiesOf(hall, number, kiosk?.billId) };
}

/** What payment side, centre and hospital hold for it themselves. */
function partiesOf(
  { parties }: LiveHall,
  number: string,
  billId: string | undefined,
): NonNullable<CashierView['parties']> {
  const { ledger } = parties;
  const orderNumber = number.replace('set_', 'pay_');
  const order = ledger.charges().find((one) => one.orderNumber === orderNumber);
  const bill = ledger.confirmedBills().find((one) => one.settlementNumber === number);
  const claims = ledger.liveClaims(billId ?? bill?.billId ?? 'none');
  return {
    paidFen: order?.paidFen ?? 0,
    refundedFen: order?.refundedFen ?? 0,
    claims: claims.length,
    confirmed: bill !== undefined,
  };
}
