/**
 * Papers of what kiosks settled: who may have which again, and how often it was printed, over all kiosks.
 *
 * One promise: the list of a person holds nobody else's, and asking twice for one copy counts it once.
 */

import { dayText, secondText } from '../beijing-time.ts';
import { digestOf } from '../bills/bill-digest.ts';
import { ContractRefusal } from '../json-exchange.ts';
import type { PartyClock } from '../party.ts';
import { textOf, type WireObject } from '../wire-json.ts';
import type { BillBook } from './bill-book.ts';
import { byKiosk, type KioskSettled } from './former.ts';
import type { HospitalOffice } from './hospital-office.ts';
import type { Registered } from './registered.ts';

interface Copy {
  readonly copy: number;
  readonly settlementNumber: string;
  readonly day: string;
}

export class PaperDesk {
  readonly #clock: PartyClock;
  readonly #book: BillBook;
  readonly #office: HospitalOffice;
  readonly #copies = new Map<string, Copy>();

  constructor(clock: PartyClock, book: BillBook, office: HospitalOffice) {
    this.#clock = clock;
    this.#book = book;
    this.#office = office;
  }

  /** @param since yyyy-MM-dd */
  printable(person: Registered, since: string): WireObject {
    const settlements = this.#book
      .settledOf(person)
      .flatMap((entry) => byKiosk(entry) ?? [])
      .filter(({ settledMs }) => dayText(settledMs) >= since)
      .reverse()
      .map((settled) => this.#json(settled));
    return { settlements };
  }

  /** @throws ContractRefusal */
  claimCopy(settlementNumber: string, requestId: string): WireObject {
    const known = this.#copies.get(requestId);
    if (known) return { copy: known.copy };
    const entry = this.#book.settledAs(settlementNumber);
    if (!entry) throw new ContractRefusal(404, 'unknownSettlement', 'no kiosk settled under this number');
    if (entry.followedBy !== undefined) throw new ContractRefusal(409, 'undone', 'a later settlement undid this one');
    const copy = this.#of(settlementNumber).length + 2;
    this.#copies.set(requestId, { copy, settlementNumber, day: dayText(this.#clock.wallMs()) });
    return { copy };
  }

  #of(settlementNumber: string): readonly Copy[] {
    return [...this.#copies.values()].filter((one) => one.settlementNumber === settlementNumber);
  }

  #json({ entry, confirmation, receiptNumber, settledMs }: KioskSettled): WireObject {
    const { settlementNumber, kind, totalFen, fundFen, accountFen, ownFen, centreSettlementId } = confirmation;
    const copies = this.#of(settlementNumber);
    const today = dayText(this.#clock.wallMs());
    const [invoice] = this.#office.standingInvoices(settlementNumber);
    const insured = centreSettlementId === undefined ? undefined : entry.patient.insured;
    return {
      ...{ settlementNumber, kind, totalFen, fundFen, accountFen, ownFen, receiptNumber },
      settledAt: secondText(settledMs),
      centreSettlementId: centreSettlementId ?? null,
      insuranceType: insured?.insurances[0]?.type ?? null,
      nextStep: kind === 'outpatient' ? '请到一楼演示药房取药' : null,
      bill: { ...entry.bill, digest: digestOf(entry.bill) } as unknown as WireObject,
      copies: copies.length + 1,
      copiesToday: copies.filter(({ day }) => day === today).length,
      undone: entry.followedBy !== undefined,
      invoiceLink: (invoice && textOf(invoice, 'link')) ?? null,
    };
  }
}
