/**
 * The hall of one shard of the soak: two kiosks and a window on the same bills, patients all day, and the slow
 * troubles that no single call has: partners away for hours, a hospital that restarts at night, paper that ends.
 */
import { SeededStream } from '../parties/seeded-stream.ts';
import type { Chance } from './chance.ts';
import { FLOWS } from './flow-table.ts';
import type { Kiosk } from './kiosk.ts';
import type { Begun } from './kiosk-parts.ts';
import { orderFor } from './order-maker.ts';
import { WINDOW } from './parties/hospital.ts';
import { Patient } from './patient.ts';
import type { SettlementRecord } from './settlement-record.ts';
import type { PartyName, Site } from './site.ts';
import { Staff } from './staff.ts';
import { firstVisit, nextVisit, type Visit } from './visits.ts';

export const DAY_MS = 86_400_000;
/** A day of the soak goes from noon to noon, so that every shard has a midnight in the middle of its traffic. */
export const NOON_MS = DAY_MS / 2;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Times that a patient tries to settle one bill. */
const TRIES = 4;
/** One shard in so many has a partner away for hours; of the others this is no whole number. */
const OUTAGE_EVERY = 3;
/** And one in so many a hospital that nobody can read for three hours. */
const UNREADABLE_EVERY = 4;
const PARTIES: readonly PartyName[] = ['hospital', 'insurance', 'payment'];

export class SoakHall {
  readonly patients = new Map<string, Patient>();
  /** Slow troubles that happened, by name. */
  readonly slow: Record<string, number> = {};
  readonly #site: Site;
  readonly #stream: SeededStream;
  readonly #patientStream: SeededStream;
  readonly #visits = new Map<string, Visit>();
  readonly #staff: Staff;
  /** Settled deposits that wait for others of their stay. */
  #deposits: SettlementRecord[] = [];
  readonly #endMs: number;
  readonly #shard: number;
  /** Who puts notes in, by kiosk. */
  readonly #cash = new Map<string, SettlementRecord>();
  kiosks: readonly Kiosk[] = [];
  #windows = 0;

  constructor(site: Site, { seed, shard, days }: { seed: number; shard: number; days: number }) {
    this.#site = site;
    this.#shard = shard;
    this.#stream = new SeededStream(seed, `${shard}/hall`);
    this.#patientStream = new SeededStream(seed, `${shard}/patients`);
    this.#endMs = days * DAY_MS;
    this.#staff = new Staff(site, new SeededStream(seed, `${shard}/staff`));
  }

  begunAs = (billId: string): Begun => {
    const visit = this.#visits.get(billId);
    if (!visit) throw new Error(`Nobody came with ${billId}.`);
    const { visitId, differsByFen, cutsAnewFen } = visit;
    return { visitId, differsByFen, cutsAnewFen };
  };

  /** Puts the whole shard on the agenda: everything but what follows from what happens. */
  plan(patientsADay: number): void {
    const { agenda } = this.#site;
    for (let day = 0; day * DAY_MS < this.#endMs; day += 1) {
      const noon = day * DAY_MS;
      const at = (hour: number, run: () => void): void => agenda.at(noon + ((hour + NOON_MS) % DAY_MS), run);
      for (let index = 0; index < patientsADay; index += 1) {
        // One in twenty comes at night, where the hospital restarts and days and months change.
        const hour = this.#stream.chance(50)
          ? this.#stream.below(7 * HOUR_MS)
          : 7 * HOUR_MS + this.#stream.below(15 * HOUR_MS);
        at(hour, () => this.#arrive());
      }
      at(2 * HOUR_MS, () => this.#away('hospital', 10 * MINUTE_MS, 'hospitalRestart'));
      for (const kiosk of this.kiosks) {
        at(8 * HOUR_MS + this.#stream.below(10 * HOUR_MS), () => this.#paperEnds(kiosk));
      }
    }
    const party = PARTIES[(this.#shard / OUTAGE_EVERY) % PARTIES.length];
    if (party) {
      const from = this.#stream.below(18 * HOUR_MS);
      agenda.at(from, () => this.#away(party, 6 * HOUR_MS, `${party}Away`));
    }
    // At the shard's end, in the patients' morning.
    if (this.#shard % UNREADABLE_EVERY === 1) agenda.at(this.#endMs - 4 * HOUR_MS, () => this.#unreadable());
  }

  #unreadable(): void {
    this.slow['hospitalUnreadable'] = (this.slow['hospitalUnreadable'] ?? 0) + 1;
    this.#site.garble(3 * HOUR_MS);
  }

  /** Patients and staff live by what is said. */
  said(record: SettlementRecord, kiosk: Kiosk): void {
    const patient = this.patients.get(record.number) ?? this.#patient(record, kiosk);
    if (!record.said) return;
    patient.sees(record.said);
    const { state } = record.said.view;
    if (state === 'handedToPerson') this.#staff.takesCase(record, kiosk);
    if (state === 'notSettled' && record.order.collect === 'cash') this.#staff.takesDebt(record, kiosk);
    if (state !== 'settled') return;
    if (record.order.collect === 'cash' || record.returned.size > 0) this.#staff.takesDebt(record, kiosk);
    for (const flowRow of FLOWS) {
      const perMille = flowRow.follows[record.order.flow] ?? 0;
      if (!this.#stream.chance(perMille)) continue;
      const wait = MINUTE_MS + this.#stream.below(5 * HOUR_MS);
      this.#site.agenda.after(wait, () => this.#follow(flowRow, record));
      return;
    }
  }

  #patient(record: SettlementRecord, kiosk: Kiosk): Patient {
    const visit = this.#visits.get(record.order.billId);
    const onNothing = (): void => {
      if (visit) this.#settleAt(visit, this.#anyKiosk());
    };
    const patient = new Patient({ site: this.#site, kiosk, record, stream: this.#patientStream, onNothing });
    this.patients.set(record.number, patient);
    return patient;
  }

  /** A refund, a conversion, a discharge: of what has really ended, and only once. */
  #follow(flowRow: (typeof FLOWS)[number], record: SettlementRecord): void {
    if (record.takenOver || record.endedAtMs === undefined || record.said?.view.state !== 'settled') return;
    record.takenOver = true;
    if (flowRow.kind === 'discharge' && this.#deposits.length < 2 && this.#stream.chance(400)) {
      this.#deposits.push(record);
      return;
    }
    const others = flowRow.kind === 'discharge' ? this.#deposits : [];
    if (others.length > 0) this.#deposits = [];
    this.#come(nextVisit(this.#stream, flowRow, record, others));
  }

  #arrive(): void {
    this.#come(firstVisit(this.#stream, `bil_${this.#shard}_${this.#visits.size + 1}`));
  }

  #come(visit: Visit): void {
    const stream = this.#stream;
    const { agenda, ledgers } = this.#site;
    const { billId } = visit;
    this.#visits.set(billId, visit);
    ledgers.addBill(billId, visit.visitId);
    const kiosk = this.#anyKiosk();
    // The doctor adds a line between the list on the screen and the lock.
    if (stream.chance(15)) agenda.after(stream.below(60), () => ledgers.hospital.change(billId));
    if (stream.chance(50)) agenda.after(stream.below(60_000), () => this.#settleAt(visit, this.#other(kiosk)));
    const isForWindow = visit.former === null && visit.paidBeforeFen === 0;
    if (isForWindow && stream.chance(60)) agenda.after(stream.below(300_000), () => this.#window(visit, 4));
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
    // One at a time puts notes into one acceptor, and its last note is found out before the next patient's.
    if (visit.collect === 'cash' && this.#hasNotes(kiosk)) {
      this.#site.agenda.after(60_000 + this.#stream.below(300_000), () => this.#settleAt(visit, this.#other(kiosk)));
      return;
    }
    visit.tries += 1;
    const order = orderFor({ ...visit, flow: visit.flowRow.kind, version: String(bill.version) });
    const begun = kiosk.isOn ? kiosk.begin(order) : undefined;
    if (begun && begun !== 'underWay') {
      if (visit.collect === 'cash') this.#cash.set(kiosk.name, begun);
      return;
    }
    this.#site.agenda.after(30_000 + this.#stream.below(600_000), () => this.#settleAt(visit, this.#other(kiosk)));
  }

  #hasNotes(kiosk: Kiosk): boolean {
    const last = this.#cash.get(kiosk.name);
    return last !== undefined && last.endedAtMs === undefined;
  }

  /** A cashier takes the bill if it is free, and settles it for cash and with a claim of the hospital's own. */
  #window(visit: Visit, tries: number): void {
    const { agenda, ledgers } = this.#site;
    const { billId, visitId } = visit;
    const refusal = ledgers.hospital.openAtWindow(billId);
    if (refusal === 'lockedElsewhere' && tries > 0) agenda.after(60_000, () => this.#window(visit, tries - 1));
    if (refusal) return;
    this.slow['window'] = (this.slow['window'] ?? 0) + 1;
    const settles = this.#stream.chance(800);
    agenda.after(20_000 + this.#stream.below(200_000), () => {
      ledgers.touched.add(visitId);
      if (!settles) {
        ledgers.hospital.unlock(billId, WINDOW);
        return;
      }
      this.#windows += 1;
      const messageId = `window-${this.#windows}`;
      ledgers.senders.set(messageId, WINDOW);
      const claim = visit.isInsured ? ledgers.centre.settle(messageId, visitId, undefined) : undefined;
      if (typeof claim === 'string') return;
      const centreSettlementId = claim?.settlementId ?? null;
      ledgers.hospital.confirm(billId, { by: WINDOW, centreSettlementId, ownFen: visit.ownFen });
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
