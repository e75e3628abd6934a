/**
 * The hospital's office behind the counters: e-invoices, dispensing, what kiosks
 * report, and the list of a day.
 *
 * One promise: the same key never makes a second invoice, a second red one or a
 * second report.
 */
import { dayText, secondText } from '../beijing-time.ts';
import { ContractRefusal } from '../json-exchange.ts';
import type { PartyClock } from '../party.ts';
import { fieldOf, isObject, textOf, type WireObject, type WireValue } from '../wire-json.ts';
import type { BillBook } from './bill-book.ts';
import { byKiosk, type KioskSettled } from './former.ts';

interface IssuedInvoice {
  readonly answer: WireObject & { readonly invoiceNumber: string; readonly amountFen: number };
  red: WireObject | undefined;
}

const EVENT_KINDS: readonly string[] = [
  'settlementEnded',
  'caseOpened',
  'caseClosed',
  'billParked',
  'intentMirrored',
  'cashOwed',
  'returnEnded',
  'settledTotals',
  'goodsMoved',
  'serviceRated',
  'staffTask',
  'authorityNotice',
];

export class HospitalOffice {
  /** Hands: the invoice service does not answer the hospital. */
  invoiceServiceDown = false;
  readonly #clock: PartyClock;
  readonly #book: BillBook;
  readonly #invoices = new Map<string, IssuedInvoice[]>();
  readonly #byKey = new Map<string, WireObject>();
  readonly #dispensed: WireObject[] = [];
  readonly #events = new Map<string, WireObject>();
  #numbers = 0;

  constructor(clock: PartyClock, book: BillBook) {
    this.#clock = clock;
    this.#book = book;
  }

  /** Every report that a kiosk made, by key. */
  get events(): ReadonlyMap<string, WireObject> {
    return this.#events;
  }

  /** Reports about one settlement, in the order in which they came. */
  eventsAbout(settlementNumber: string): readonly WireObject[] {
    return [...this.#events.values()].filter((event) => textOf(event, 'settlementNumber') === settlementNumber);
  }

  /** Invoices of a settlement that no red one has taken back. */
  standingInvoices(settlementNumber: string): readonly WireObject[] {
    return (this.#invoices.get(settlementNumber) ?? []).filter(({ red }) => !red).map(({ answer }) => answer);
  }

  /** @throws ContractRefusal */
  issueInvoice(settlementNumber: string, key: string): WireObject {
    const known = this.#byKey.get(`issue ${settlementNumber} ${key}`);
    if (known) return known;
    const { confirmation } = this.#settled(settlementNumber);
    const { totalFen, kind } = confirmation;
    if (totalFen === 0 || kind === 'deposit') {
      throw new ContractRefusal(409, 'nothingToInvoice', 'a receipt is all there is for this');
    }
    this.#requireService();
    const issued = this.#invoices.get(settlementNumber) ?? [];
    const standing = issued.find(({ red }) => !red);
    const answer = standing?.answer ?? this.#newInvoice(totalFen);
    if (!standing) this.#invoices.set(settlementNumber, [...issued, { answer, red: undefined }]);
    this.#byKey.set(`issue ${settlementNumber} ${key}`, answer);
    return answer;
  }

  /** 红冲. @throws ContractRefusal */
  redInvoice(settlementNumber: string, key: string): WireObject {
    const known = this.#byKey.get(`red ${settlementNumber} ${key}`);
    if (known) return known;
    this.#settled(settlementNumber);
    this.#requireService();
    const issued = this.#invoices.get(settlementNumber) ?? [];
    const last = issued.at(-1);
    if (!last) throw new ContractRefusal(409, 'noInvoice', 'no invoice was issued for this settlement');
    last.red ??= {
      redNumber: this.#number('HC'),
      ofInvoiceNumber: last.answer.invoiceNumber,
      issuedAt: secondText(this.#clock.wallMs()),
      amountFen: last.answer.amountFen,
    };
    this.#byKey.set(`red ${settlementNumber} ${key}`, last.red);
    return last.red;
  }

  /** Hands at the pharmacy: a line is given out, its codes scanned. */
  dispense(
    settlementNumber: string,
    lineNumber: string,
    traceCodes: readonly string[],
    opened = false,
    goods?: WireObject,
  ): void {
    this.#dispensed.push({
      eventId: `FY${String(this.#dispensed.length + 1).padStart(8, '0')}`,
      settlementNumber,
      lineNumber,
      traceCodes: [...traceCodes],
      opened,
      dispensedAt: secondText(this.#clock.wallMs()),
      ...(goods ? { goods } : {}),
    });
  }

  /** @throws ContractRefusal */
  dispensedSince(since: string | undefined): WireObject {
    const place = since === undefined ? 0 : Number(since);
    if (!Number.isInteger(place) || place < 0 || place > this.#dispensed.length) {
      throw new ContractRefusal(409, 'unknownPlace', 'no such place in the list');
    }
    return { events: this.#dispensed.slice(place), next: String(this.#dispensed.length) };
  }

  /** → the keys that are in the hospital's book now. */
  take(events: readonly WireValue[]): WireObject {
    const taken: string[] = [];
    for (const event of events) {
      if (!isObject(event)) continue;
      const key = textOf(event, 'key');
      const kind = textOf(event, 'kind');
      if (key === undefined || kind === undefined || !EVENT_KINDS.includes(kind)) continue;
      if (!this.#events.has(key)) this.#events.set(key, event);
      taken.push(key);
    }
    return { taken };
  }

  /** @throws ContractRefusal while the day is not over. */
  statement(date: string): WireObject {
    if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new ContractRefusal(400, 'malformed', 'no such day');
    if (date >= dayText(this.#clock.wallMs())) throw new ContractRefusal(409, 'notYet', 'this day is not over');
    const rows = [...this.#book.entries.values()]
      .flatMap((entry) => byKiosk(entry) ?? [])
      .filter(({ settledMs }) => dayText(settledMs) === date)
      .sort((one, other) => (one.receiptNumber < other.receiptNumber ? -1 : 1))
      .map(statementRow);
    return { date, rows };
  }

  #settled(settlementNumber: string): KioskSettled {
    const settled = byKiosk(this.#book.settledAs(settlementNumber));
    if (!settled) throw new ContractRefusal(404, 'unknownSettlement', 'no kiosk settled under this number');
    return settled;
  }

  #requireService(): void {
    if (this.invoiceServiceDown) throw new ContractRefusal(409, 'invoiceServiceDown', 'the invoice service is down');
  }

  #newInvoice(amountFen: number) {
    const invoiceNumber = this.#number('FP');
    return {
      invoiceNumber,
      invoiceCode: '99060126',
      checkCode: invoiceNumber.slice(-6),
      issuedAt: secondText(this.#clock.wallMs()),
      amountFen,
      link: `https://invoice.example/${invoiceNumber}`,
    };
  }

  #number(prefix: string): string {
    this.#numbers += 1;
    return `${prefix}${String(this.#numbers).padStart(10, '0')}`;
  }
}

function statementRow({ entry, confirmation, receiptNumber, settledMs }: KioskSettled): WireObject {
  const { settlementNumber, kind, totalFen, fundFen, accountFen, ownFen, depositFen, paidBy, owed } = confirmation;
  return {
    settlementNumber,
    kind,
    billId: entry.bill.billId,
    receiptNumber,
    confirmedAt: secondText(settledMs),
    centreSettlementId: confirmation.centreSettlementId ?? null,
    formerSettlementNumber: confirmation.formerSettlementNumber ?? null,
    ...{ totalFen, fundFen, accountFen, ownFen, depositFen, paidBy },
    payOrderNumber: confirmation.payOrderNumber ?? null,
    returns: confirmation.returns.map((leg) => ({ ...leg })),
    owedFen: owed.reduce((sum, { amountFen }) => sum + amountFen, 0),
  };
}

/** The list of a body's field. @throws ContractRefusal 400 */
export function listField(body: WireObject, name: string): readonly WireValue[] {
  const value = fieldOf(body, name);
  if (!Array.isArray(value)) throw new ContractRefusal(400, 'malformed', `${name} is no list`);
  return value as readonly WireValue[];
}
