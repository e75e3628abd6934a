/**
 * Where the money of a settlement is, as far as the hospital can know: its own confirmations, what kiosks reported, and
 * what the cashier handed out. Also the cashier's list of what is still open.
 *
 * One promise: whoever asks hears a word, an amount and numbers, and nothing of a person.
 */
import { secondText } from '../beijing-time.ts';
import { ContractRefusal } from '../json-exchange.ts';
import { fieldOf, NumberText, textOf, type WireObject } from '../wire-json.ts';
import type { BillBook } from './bill-book.ts';
import { byKiosk } from './former.ts';
import type { HospitalOffice } from './hospital-office.ts';

export type MoneyWord =
  | 'nothingTaken'
  | 'parked'
  | 'findingOut'
  | 'kept'
  | 'goingBack'
  | 'returned'
  | 'atCashier'
  | 'withPerson'
  | 'closedByPerson';

export interface KnownMoney {
  readonly settlementNumber: string;
  readonly word: MoneyWord;
  readonly amountFen: number | undefined;
  readonly caseNumber: string | undefined;
  readonly followedBy: string | undefined;
  readonly toldAt: string;
}

export interface HandedOut {
  readonly settlementNumber: string;
  readonly amountFen: number;
  readonly by: string;
}

export class MoneyDesk {
  readonly #book: BillBook;
  readonly #office: HospitalOffice;
  readonly #handedOut: HandedOut[] = [];

  constructor(book: BillBook, office: HospitalOffice) {
    this.#book = book;
    this.#office = office;
  }

  /** `undefined`: no kiosk ever told of this number. */
  known(settlementNumber: string): KnownMoney | undefined {
    const events = this.#office.eventsAbout(settlementNumber);
    const settled = byKiosk(this.#book.settledAs(settlementNumber));
    if (events.length === 0 && !settled) return undefined;
    const { word, amountFen } = this.#place(settlementNumber, events);
    const opened = events.find((event) => textOf(event, 'kind') === 'caseOpened');
    return {
      settlementNumber,
      word,
      amountFen,
      caseNumber: opened && textOf(opened, 'caseNumber'),
      followedBy: settled?.entry.followedBy,
      toldAt: lastOf([...events.map((event) => textOf(event, 'at')), settled && secondText(settled.settledMs)]),
    };
  }

  /** @throws ContractRefusal */
  answer(settlementNumber: string): WireObject {
    const known = this.known(settlementNumber);
    if (!known) throw new ContractRefusal(404, 'unknownSettlement', 'no kiosk has told of this number');
    const { amountFen = null, caseNumber = null, followedBy = null, ...rest } = known;
    return { ...rest, amountFen, caseNumber, followedBy };
  }

  /** The cashier's list: cases for a person, cash that waits, payments that nobody has ended. Newest first. */
  open(): readonly KnownMoney[] {
    const numbers = new Set(
      [...this.#office.events.values()].flatMap((event) => textOf(event, 'settlementNumber') ?? []),
    );
    const open: readonly MoneyWord[] = ['withPerson', 'atCashier', 'findingOut', 'goingBack'];
    return [...numbers]
      .reverse()
      .flatMap((number) => this.known(number) ?? [])
      .filter(({ word }) => open.includes(word));
  }

  /** Hands at the cashier's window. @throws RangeError for more than waits */
  handOut(settlementNumber: string, amountFen: number, by: string): void {
    const known = this.known(settlementNumber);
    if (known?.word !== 'atCashier' || !Number.isInteger(amountFen) || amountFen <= 0) {
      throw new RangeError('Nothing waits at the cashier under this number.');
    }
    if (amountFen > (known.amountFen ?? 0)) throw new RangeError('More than waits at the cashier.');
    this.#handedOut.push({ settlementNumber, amountFen, by });
  }

  get handedOut(): readonly HandedOut[] {
    return this.#handedOut;
  }

  #place(number: string, events: readonly WireObject[]): Pick<KnownMoney, 'word' | 'amountFen'> {
    const of = (kind: string) => events.filter((event) => textOf(event, 'kind') === kind);
    const plain = (word: MoneyWord, amountFen?: number) => ({ word, amountFen });
    if (of('caseClosed').length > 0) return plain('closedByPerson');
    if (of('caseOpened').length > 0) return plain('withPerson');
    const settled = byKiosk(this.#book.settledAs(number));
    const owed = settled?.confirmation.owed ?? [];
    const told = of('cashOwed').map((event) => fenOf(event, 'amountFen'));
    // A kiosk tells what it owes in all, each time that it grows; the confirmation names the same cash.
    const owedFen = Math.max(0, ...told, sum(owed.map(({ amountFen }) => amountFen)));
    const paidOut = this.#handedOut.filter(({ settlementNumber }) => settlementNumber === number);
    const leftFen = owedFen - sum(paidOut.map(({ amountFen }) => amountFen));
    if (leftFen > 0) return plain('atCashier', leftFen);
    if (settled) return confirmed(settled.confirmation, of('returnEnded'), owedFen);
    const [ended] = of('settlementEnded');
    if (!ended) return plain('findingOut');
    if (textOf(ended, 'end') === 'byPerson') return plain('closedByPerson');
    if (textOf(ended, 'end') === 'parked') return plain('parked', 0);
    const backFen = fenOf(ended, 'returnedFen') + owedFen;
    return backFen > 0 ? plain('returned', backFen) : plain('nothingTaken', 0);
  }
}

function confirmed(
  { returns, ownFen, depositFen, paidBy }: NonNullable<ReturnType<typeof byKiosk>>['confirmation'],
  ended: readonly WireObject[],
  handedOutFen: number,
): Pick<KnownMoney, 'word' | 'amountFen'> {
  const back = new Set(
    ended.filter((event) => textOf(event, 'end') === 'returned').map((event) => textOf(event, 'refundNumber')),
  );
  const legs = returns.filter(({ amountFen }) => amountFen > 0);
  if (legs.some(({ refundNumber }) => !back.has(refundNumber))) return { word: 'goingBack', amountFen: undefined };
  const backFen = sum(legs.map(({ amountFen }) => amountFen)) + handedOutFen;
  if (backFen > 0) return { word: 'returned', amountFen: backFen };
  return paidBy === 'none' ? { word: 'nothingTaken', amountFen: 0 } : { word: 'kept', amountFen: ownFen - depositFen };
}

function fenOf(event: WireObject, name: string): number {
  const field = fieldOf(event, name);
  return field instanceof NumberText ? Number(field.text) : 0;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, one) => all + one, 0);
}

function lastOf(times: readonly (string | undefined)[]): string {
  return (
    times
      .filter((time) => time !== undefined)
      .sort()
      .at(-1) ?? ''
  );
}
