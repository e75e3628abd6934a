/**
 * The hall of one shard of the soak: two kiosks and a window on the same bills, patients all day, and the slow
 * troubles that no single call has: partners away for hours, a hospital that restarts at night, paper that ends.
 */
import { SeededStream } from '../parties/seeded-stream.ts';
import type { Chance } from './chance.ts';
import { FLOWS, type FlowRow } from './flow-table.ts';
import type { Kiosk } from './kiosk.ts';
import type { Begun } from './kiosk-parts.ts';
import type { SettlementRecord } from './ledgers.ts';
import { orderFor } from './order-maker.ts';
import { WINDOW } from './parties/hospital.ts';
import { Patient } from './patient.ts';
import type { PartyName, Site } from './site.ts';

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Times that a patient tries to settle one bill. */
const TRIES = 4;
const PARTIES: readonly PartyName[] = ['hospital', 'insurance', 'payment'];

interface Visit {
  readonly billId: string;
  readonly flow: FlowRow;
  readonly plan: 'payThenSettle' | 'settleThenPay';
  readonly totalFen: number;
  readonly ownFen: number;
  readonly isOffSite: boolean;
  readonly payOrderLifeMs: number;
  readonly differsByFen: number;
  tries: number;
}

export class SoakHall {
  readonly patients = new Map<string, Patient>();
  /** Slow troubles that happened, by name. */
  readonly slow: Record<string, number> = {};
  readonly #site: Site;
  readonly #stream: SeededStream;
  readonly #patientStream: SeededStream;
  readonly #visits = new Map<string, Visit>();
  readonly #endMs: number;
  readonly #shard: number;
  kiosks: readonly Kiosk[] = [];
  #windows = 0;

  constructor(site: Site, { seed, shard, days }: { seed: number; shard: number; days: number }) {
    this.#site = site;
    this.#shard = shard;
    this.#stream = new SeededStream(seed, `${shard}/hall`);
    this.#patientStream = new SeededStream(seed, `${shard}/patients`);
    this.#endMs = days * DAY_MS;
  }

  begunAs = (billId: string): Begun => {
    const visit = this.#visits.get(billId);
    if (!visit) throw new Error(`Nobody came with ${billId}.`);
    return { flow: visit.flow.kind, collectFen: visit.ownFen };
  };

  /** Puts the whole shard on the agenda: everything but what follows from what happens. */
  plan(patientsADay: number): void {
    const { agenda } = this.#site;
    for (let day = 0; day * DAY_MS < this.#endMs; day += 1) {
      const midnight = day * DAY_MS;
      for (let index = 0; index < patientsADay; index += 1) {
        // One in twenty comes at night, where the hospital restarts and days and months change.
        const hour = this.#stream.chance(50)
          ? this.#stream.below(7 * HOUR_MS)
          : 7 * HOUR_MS + this.#stream.below(15 * HOUR_MS);
        agenda.at(midnight + hour, () => this.#arrive());
      }
      agenda.at(midnight + 2 * HOUR_MS, () => this.#away('hospital', 10 * MINUTE_MS, 'hospitalRestart'));
      for (const kiosk of this.kiosks) {
        agenda.at(midnight + 8 * HOUR_MS + this.#stream.below(10 * HOUR_MS), () => this.#paperEnds(kiosk));
      }
    }
    const party = PARTIES[this.#shard % PARTIES.length] ?? 'hospital';
    const from = this.#stream.below(Math.max(1, this.#endMs / DAY_MS)) * DAY_MS + 8 * HOUR_MS;
    agenda.at(from + this.#stream.below(4 * HOUR_MS), () => this.#away(party, 6 * HOUR_MS, `${party}Away`));
  }

  /** Patients live by what the screen says. */
  said(record: SettlementRecord, kiosk: Kiosk): void {
    const known = this.patients.get(record.number);
    const patient = known ?? this.#patient(record, kiosk);
    if (record.said) patient.sees(record.said);
  }

  #patient(record: SettlementRecord, kiosk: Kiosk): Patient {
    const visit = this.#visits.get(record.billId);
    record.differsByFen = visit?.differsByFen ?? 0;
    const onNothing = (): void => {
      if (visit) this.#settleAt(visit, this.#anyKiosk());
    };
    const patient = new Patient({ site: this.#site, kiosk, record, stream: this.#patientStream, onNothing });
    this.patients.set(record.number, patient);
    return patient;
  }

  #arrive(): void {
    const stream = this.#stream;
    const { agenda, ledgers } = this.#site;
    const billId = `bil_${this.#shard}_${this.#visits.size + 1}`;
    const flow = this.#flow();
    const totalFen = 1_000 + stream.below(90_000);
    const visit: Visit = {
      billId,
      flow,
      plan: flow.plans[stream.below(flow.plans.length)] ?? 'payThenSettle',
      totalFen,
      ownFen: stream.chance(120) ? 0 : 1 + stream.below(totalFen - 1),
      isOffSite: stream.chance(60),
      payOrderLifeMs: stream.chance(100) ? 60_000 : 180_000,
      differsByFen: stream.chance(6) ? 1 : 0,
      tries: 0,
    };
    this.#visits.set(billId, visit);
    ledgers.addBill(billId);
    const kiosk = this.#anyKiosk();
    // The doctor adds a line between the list on the screen and the lock.
    if (stream.chance(15)) agenda.after(stream.below(60), () => ledgers.hospital.change(billId));
    if (stream.chance(50)) agenda.after(stream.below(60_000), () => this.#settleAt(visit, this.#other(kiosk)));
    if (stream.chance(50)) agenda.after(stream.below(300_000), () => this.#window(billId, 4));
    this.#settleAt(visit, kiosk);
  }

  #settleAt(visit: Visit, kiosk: Kiosk): void {
    const bill = this.#site.ledgers.hospital.bills.get(visit.billId);
    if (!bill || bill.confirmed || visit.tries >= TRIES) return;
    // Without bills from the hospital and a preview from the centre nobody gets as far as settling.
    if (this.#site.isDown('hospital') || this.#site.isDown('insurance')) {
      this.#site.agenda.after(600_000 + this.#stream.below(7_200_000), () => this.#settleAt(visit, kiosk));
      return;
    }
    visit.tries += 1;
    const order = orderFor({ ...visit, version: String(bill.version) });
    const begun = kiosk.isOn ? kiosk.begin(order) : undefined;
    if (begun && begun !== 'underWay') return;
    this.#site.agenda.after(30_000 + this.#stream.below(600_000), () => this.#settleAt(visit, this.#other(kiosk)));
  }

  /** A cashier takes the bill if it is free, and settles it for cash and with a claim of the hospital's own. */
  #window(billId: string, tries: number): void {
    const { agenda, ledgers } = this.#site;
    const refusal = ledgers.hospital.openAtWindow(billId);
    if (refusal === 'lockedElsewhere' && tries > 0) agenda.after(60_000, () => this.#window(billId, tries - 1));
    if (refusal) return;
    this.slow['window'] = (this.slow['window'] ?? 0) + 1;
    const settles = this.#stream.chance(800);
    agenda.after(20_000 + this.#stream.below(200_000), () => {
      ledgers.touched.add(billId);
      if (!settles) {
        ledgers.hospital.unlock(billId, WINDOW);
        return;
      }
      this.#windows += 1;
      const messageId = `window-${this.#windows}`;
      ledgers.senders.set(messageId, WINDOW);
      const claim = ledgers.centre.settle(messageId, billId, 0);
      if (typeof claim === 'string') return;
      ledgers.hospital.confirm(billId, { by: WINDOW, centreSettlementId: claim.settlementId, ownFen: 0 });
    });
  }

  #away(party: PartyName, forMs: number, name: string): void {
    this.slow[name] = (this.slow[name] ?? 0) + 1;
    this.#site.takeDown(party, forMs);
  }

  #paperEnds(kiosk: Kiosk): void {
    this.slow['paperEnds'] = (this.slow['paperEnds'] ?? 0) + 1;
    const printer = this.#site.ledgers.printer(kiosk.name);
    printer.hasPaper = false;
    this.#site.agenda.after(30 * MINUTE_MS, () => {
      // Whoever loads paper may have switched the printer off before: then its buffer is empty.
      if (this.#stream.chance(500)) printer.clearBuffer();
      printer.loadPaper();
    });
  }

  #flow(): FlowRow {
    let roll = this.#stream.below(1_000);
    for (const flow of FLOWS) {
      roll -= flow.share;
      if (roll < 0) return flow;
    }
    throw new Error('The shares of the flows do not make a thousand.');
  }

  #anyKiosk(): Kiosk {
    return this.kiosks[this.#stream.below(this.kiosks.length)] as Kiosk;
  }

  #other(kiosk: Kiosk): Kiosk {
    return this.kiosks.find((one) => one !== kiosk) ?? kiosk;
  }
}

/** After this instant nothing goes wrong any more. */
export function calmAt(site: Site, chance: Chance, ms: number): void {
  site.agenda.at(ms, () => chance.calm());
}
