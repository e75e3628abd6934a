/**
 * The hall of the crash proof: a few patients at nearly the same time at one kiosk, and what follows from their bills.
 */
import { SeededStream } from '../../parties/seeded-stream.ts';
import { FLOWS, type FlowKind } from '../flow-table.ts';
import type { Kiosk } from '../kiosk.ts';
import type { Begun } from '../kiosk-parts.ts';
import { orderFor } from '../order-maker.ts';
import { Patient } from '../patient.ts';
import type { SettlementRecord } from '../settlement-record.ts';
import type { Site } from '../site.ts';
import { Staff } from '../staff.ts';
import { firstVisit, nextVisit, type Visit } from '../visits.ts';

const TRIES = 3;
/** So many patients come one after another within this time, ms. */
const APART_MS = 2_500;

export class CrashHall {
  kiosk: Kiosk | undefined;
  readonly #site: Site;
  readonly #stream: SeededStream;
  readonly #visits = new Map<string, Visit>();
  readonly #patients = new Map<string, Patient>();
  readonly #staff: Staff;
  /** Who puts notes into the one acceptor. */
  #cash: SettlementRecord | undefined;

  constructor(site: Site, seed: number) {
    this.#site = site;
    this.#stream = new SeededStream(seed, 'crash hall');
    this.#staff = new Staff(site, new SeededStream(seed, 'crash staff'));
  }

  begunAs = (billId: string): Begun => {
    const visit = this.#visits.get(billId);
    if (!visit) throw new Error(`Nobody came with ${billId}.`);
    const { visitId, differsByFen, cutsAnewFen } = visit;
    return { visitId, differsByFen, cutsAnewFen };
  };

  plan(flows: readonly FlowKind[]): void {
    for (const [place, kind] of flows.entries()) {
      const billId = `bil_crash_${place + 1}`;
      this.#site.agenda.at(1_000 + place * APART_MS, () => this.#come(this.#firstOf(kind, billId)));
    }
  }

  said(record: SettlementRecord): void {
    const { kiosk } = this;
    if (!kiosk || !record.said) return;
    const patient = this.#patients.get(record.number) ?? this.#patient(record, kiosk);
    patient.sees(record.said);
    const { state } = record.said.view;
    if (state === 'handedToPerson') this.#staff.takesCase(record, kiosk);
    const mayOwe = record.order.collect === 'cash' || record.returned.size > 0;
    if (mayOwe && (state === 'settled' || state === 'notSettled')) this.#staff.takesDebt(record, kiosk);
    if (state === 'settled') this.#mayFollow(record);
  }

  #firstOf(kind: FlowKind, billId: string): Visit {
    for (;;) {
      const visit = firstVisit(this.#stream, billId);
      if (visit.flowRow.kind === kind) return visit;
    }
  }

  #patient(record: SettlementRecord, kiosk: Kiosk): Patient {
    const visit = this.#visits.get(record.order.billId);
    const onNothing = (): void => {
      if (visit) this.#settle(visit);
    };
    const patient = new Patient({ site: this.#site, kiosk, record, stream: this.#stream, onNothing });
    this.#patients.set(record.number, patient);
    return patient;
  }

  /** A refund, a conversion, a discharge, minutes later. */
  #mayFollow(record: SettlementRecord): void {
    const rows = FLOWS.filter(({ follows }) => (follows[record.order.flow] ?? 0) > 0);
    const row = rows[this.#stream.below(Math.max(1, rows.length))];
    if (!row || !this.#stream.chance(600)) return;
    this.#site.agenda.after(10_000 + this.#stream.below(60_000), () => {
      if (record.takenOver || record.endedAtMs === undefined || record.said?.view.state !== 'settled') return;
      record.takenOver = true;
      this.#come(nextVisit(this.#stream, row, record));
    });
  }

  #come(visit: Visit): void {
    this.#visits.set(visit.billId, visit);
    this.#site.ledgers.addBill(visit.billId, visit.visitId);
    this.#settle(visit);
  }

  #settle(visit: Visit): void {
    const { kiosk } = this;
    const { agenda, ledgers } = this.#site;
    const bill = ledgers.hospital.bills.get(visit.billId);
    if (!kiosk || !bill || bill.confirmed || visit.tries >= TRIES) return;
    const isCash = visit.collect === 'cash';
    if (isCash && this.#cash && this.#cash.endedAtMs === undefined) {
      agenda.after(20_000 + this.#stream.below(60_000), () => this.#settle(visit));
      return;
    }
    visit.tries += 1;
    const order = orderFor({ ...visit, flow: visit.flowRow.kind, version: String(bill.version) });
    const begun = kiosk.isOn ? kiosk.begin(order) : undefined;
    if (begun === undefined || begun === 'underWay') {
      agenda.after(10_000 + this.#stream.below(120_000), () => this.#settle(visit));
    } else if (isCash) this.#cash = begun;
  }
}
