/**
 * "Where is my money?": what this kiosk knows of a settlement's money at this instant, and nothing more.
 *
 * One promise, checked against the parties' ledgers at every step of the proof: what they hold is never outside what
 * is said here. Where something is not known, the two ends of the span differ and the word says so.
 */
import type { Fen } from '../money.ts';
import { direction, owedFen } from './course.ts';
import { caseNumber, type LegPart, type Saga } from './saga.ts';

export const MONEY_WORDS = [
  'nothingTaken',
  'parked',
  'findingOut',
  'held',
  'kept',
  'goingBack',
  'returned',
  'atCashier',
  'withPerson',
  'closedByPerson',
] as const satisfies readonly MoneyWord[];

export type MoneyWord =
  /** Nobody has paid anything for this settlement. */
  | 'nothingTaken'
  /** Nobody has paid anything; the bill waits under its number (补记账). */
  | 'parked'
  /** Whether the order was paid is being asked. */
  | 'findingOut'
  /** Paid, and the bill is being settled. */
  | 'held'
  /** Paid for a bill that is settled. */
  | 'kept'
  /** On its way back by the route it came. */
  | 'goingBack'
  /** All of it is back. */
  | 'returned'
  /** Waits at the cashier's window. */
  | 'atCashier'
  /** A person looks after it. */
  | 'withPerson'
  /** Two people have closed the case. */
  | 'closedByPerson';

export interface Span {
  readonly least: number;
  readonly most: number;
}

export interface MoneyPlace {
  readonly word: MoneyWord;
  /** What the patient is out of pocket by this settlement alone, fen; below zero when it gave money back. */
  readonly takenFen: Span;
  /** Settlements that count at the centre because of this one, the undone one of a refund included. */
  readonly claims: Span;
  /** What the cashier still owes, fen. */
  readonly owedFen: Fen;
  readonly caseNumber: string | undefined;
}

export function moneyOf(saga: Saga): MoneyPlace {
  const takenFen = sum([ordered(saga), inNotes(saga), ...saga.legs.map((leg, place) => returned(saga, leg, place))]);
  const claims = sum([claimed(saga), formerly(saga)]);
  const left = owedFen(saga) - saga.paidOutFen;
  const asked = saga.person !== undefined;
  return {
    word: wordOf(saga, takenFen, left),
    takenFen,
    claims,
    owedFen: left,
    caseNumber: asked ? caseNumber(saga) : undefined,
  };
}

function wordOf(saga: Saga, takenFen: Span, leftFen: Fen): MoneyWord {
  if (saga.closing) return 'closedByPerson';
  if (saga.person) return 'withPerson';
  if (leftFen > 0) return 'atCashier';
  if (saga.end === 'parked') return 'parked';
  // Notes of what failed, handed back at the window to the last fen.
  if (saga.paidOutFen > 0 && saga.confirm.at !== 'done') return 'returned';
  const legsOpen = saga.legs.some(({ refund }) => refund !== 'done');
  if (saga.confirm.at === 'done') {
    if (legsOpen) return 'goingBack';
    if (saga.returns.length > 0) return 'returned';
    return saga.collectFen > 0 ? 'kept' : 'nothingTaken';
  }
  const { final, refund } = saga.payment;
  if (final === 'paid' && saga.collect !== 'cash') {
    if (refund === 'done') return 'returned';
    return direction(saga).go === 'back' ? 'goingBack' : 'held';
  }
  if (takenFen.least !== takenFen.most) return 'findingOut';
  return takenFen.most > 0 ? 'held' : 'nothingTaken';
}

function ordered(saga: Saga): Span {
  const { collect, collectFen, payment, attempts, inFlight } = saga;
  if (collect === 'cash' || payment.final === 'unpaid') return exactly(0);
  if (payment.final === 'paid') {
    if (payment.refund === 'done') return exactly(0);
    return (attempts['pay.refund'] ?? 0) > 0 ? between(0, payment.paidFen) : exactly(payment.paidFen);
  }
  const out = inFlight?.step === 'pay.create' || inFlight?.step === 'pay.charge';
  return payment.touched || out ? between(0, collectFen) : exactly(0);
}

function inNotes({ payment: { cash } }: Saga): Span {
  const { stackedFen, note } = cash;
  return note?.asked ? between(stackedFen, stackedFen + note.amountFen) : exactly(stackedFen);
}

function returned({ returns, inFlight }: Saga, leg: LegPart, place: number): Span {
  const { by, amountFen = 0 } = returns[place] ?? {};
  if (by === 'cashier') return exactly(0);
  if (leg.refund === 'done') return exactly(-amountFen);
  const out = inFlight?.step === 'pay.return' && inFlight.leg === place;
  return leg.refund === 'none' && !out ? exactly(0) : between(-amountFen, 0);
}

function claimed({ insurance }: Saga): Span {
  switch (insurance.at) {
    case 'none':
    case 'gone':
      return exactly(0);
    case 'asked':
    case 'unknown':
      return between(0, 1);
    case 'settled':
      return insurance.voiding ? between(0, 1) : exactly(1);
  }
}

function formerly({ formerPart }: Saga): Span {
  if (formerPart.at === 'elsewhere') return between(0, 1);
  if (formerPart.at !== 'counts') return exactly(0);
  return formerPart.voiding ? between(0, 1) : exactly(1);
}

const exactly = (value: number): Span => ({ least: value, most: value });
const between = (least: number, most: number): Span => ({ least, most });

function sum(spans: readonly Span[]): Span {
  return spans.reduce((all, { least, most }) => between(all.least + least, all.most + most), exactly(0));
}
