/**
 * One kiosk: the production ledger on virtual time, from life to life.
 *
 * It can end at any instant: a crash drops the ledger as it stands, and the next life opens what is on the disk,
 * resumes it and compares what it says with what was shown before.
 */
import type { CallStep, CaseClosing } from '../../firmware/settlement/facts.ts';
import { openLedgerOn } from '../../firmware/settlement/ledger.ts';
import { BillUnderWayError, LedgerStoppedError, NotAllowedError } from '../../firmware/settlement/ledger-errors.ts';
import type { OutboxAsk } from '../../firmware/settlement/outbox-port.ts';
import type { Ledger, LedgerNote, Step } from '../../firmware/settlement/settlement-ledger.ts';
import type { SettlementOrder, SettlementStatus } from '../../firmware/settlement/settlements.ts';
import { Desk } from './desk.ts';
import { checkSaid, coreThrew } from './invariants.ts';
import type { KioskDisk } from './kiosk-disk.ts';
import type { KioskParts } from './kiosk-parts.ts';
import { LastShown } from './last-shown.ts';
import type { SettlementRecord } from './settlement-record.ts';
import type { Site } from './site.ts';

/** What was said to be over stands when the screen is dark. */
const STANDS: ReadonlySet<string> = new Set(['settled', 'notSettled', 'parked', 'closedByPerson']);

export class Kiosk {
  readonly name: string;
  readonly disk: KioskDisk;
  /** How often it was started. */
  boot = 0;
  /** How wrong the calendar is, ms. */
  wallErrorMs = 0;
  crashes = 0;
  readonly #parts: KioskParts;
  readonly #site: Site;
  #ledger: Ledger | undefined;
  #desk: Desk;
  #isFull = false;
  readonly #shown = new LastShown();
  /** Begun here and not known to have ended. */
  readonly #live = new Set<SettlementRecord>();

  constructor(parts: KioskParts) {
    this.#parts = parts;
    this.#site = parts.site;
    this.name = parts.name;
    this.disk = parts.disk;
    this.#desk = this.#newDesk();
  }

  get isOn(): boolean {
    return this.#ledger !== undefined;
  }

  /** Opens what is on the disk and resumes it. */
  start(): void {
    if (this.#ledger) return;
    this.boot += 1;
    this.#desk = this.#newDesk();
    const { agenda, ledgers } = this.#site;
    const bootedAtMs = agenda.nowMs;
    const clock = {
      monotonicMs: () => agenda.nowMs - bootedAtMs + 1_000,
      wallMs: () => this.#parts.epochMs + agenda.nowMs + this.wallErrorMs,
      timer: () => () => undefined,
    };
    this.#guard(undefined, () => {
      const open = this.#parts.openLedger ?? openLedgerOn;
      const ledger = open(() => this.disk.open(), { random: this.#parts.random, clock });
      this.#ledger = ledger;
      for (const { step, order } of ledger.resume(this.#parts.facts)) {
        // One of them may end this life again before the others are reached.
        if (this.#ledger === ledger) this.#desk.take(this.#recordOf(step, order), step);
      }
      this.#hearOfEnds(ledger);
      for (const { said, number } of this.#shown.records) {
        if (said && this.#ledger === ledger) this.#site.violated(checkSaid(said, ledger.status(number), ledgers));
      }
      if (this.#ledger === ledger) this.#shown.stood(this.#live);
    });
  }

  begin(order: SettlementOrder): SettlementRecord | 'underWay' | undefined {
    if (!this.#ledger) return undefined;
    let refused = false;
    // No order here is one that a ledger may refuse, but for a bill that is under way.
    const record = this.#guard('hospital.lock', () => {
      try {
        const step = this.#open().begin(order);
        const begun = this.#recordOf(step, order);
        this.#desk.take(begun, step);
        return begun;
      } catch (error) {
        if (!(error instanceof BillUnderWayError)) throw error;
        refused = true;
        return undefined;
      }
    });
    return refused ? 'underWay' : record;
  }

  /** `false` when the ledger does not allow it now. */
  note(record: SettlementRecord, note: LedgerNote): boolean {
    const step = this.#guard(undefined, () => this.#open().note(record.number, note));
    if (step) this.#desk.follow(record, step);
    return step !== undefined;
  }

  /** The copy that may be printed now. */
  beginCopy(record: SettlementRecord): number | undefined {
    const status = this.#guard(undefined, () => this.#open().beginCopy(record.number));
    if (status) this.#say(record, status);
    return status?.copies;
  }

  endCopy(record: SettlementRecord, copy: number, outcome: 'printed' | 'unconfirmed' | 'failed'): void {
    this.#guard(undefined, () => this.#open().endCopy(record.number, copy, outcome));
  }

  /** Two people end the case that a person was handed. */
  closeCase(record: SettlementRecord, closing: CaseClosing): void {
    const status = this.#guard(undefined, () => this.#open().closeCase(record.number, closing));
    if (!status) return;
    record.endedAtMs = this.#site.agenda.nowMs;
    this.#live.delete(record);
    this.#say(record, status);
  }

  /** The cashier hands out what is owed. */
  payOut(record: SettlementRecord, amountFen: number): void {
    const status = this.#guard(undefined, () => this.#open().paidOut(record.number, amountFen, 'cashier'));
    if (!status) return;
    record.paidOutFen += amountFen;
    record.said = status;
  }

  outbox(ask: OutboxAsk): unknown {
    return this.#guard(undefined, () => this.#open().outbox(ask));
  }

  status(number: string): SettlementStatus | undefined {
    return this.#ledger?.status(number);
  }

  /** The process or the current is gone; it starts again after `offMs`. */
  crash(how: 'killed' | 'powerCut', offMs: number): void {
    this.crashes += 1;
    if (how === 'killed') this.disk.kill();
    else this.disk.powerCut();
    this.#down(offMs);
  }

  /** Ends in good order, for an update. */
  restart(offMs: number): void {
    this.#ledger?.close();
    this.#down(offMs);
  }

  #down(offMs: number): void {
    this.#ledger = undefined;
    for (const record of this.#desk.records) {
      record.troubles += 1;
      record.lockTroubles += 1;
      const state = record.said?.view.state;
      if (state && STANDS.has(state)) continue;
      record.said = undefined;
      record.money = undefined;
    }
    this.#site.agenda.after(offMs, () => this.start());
  }

  #newDesk(): Desk {
    const { boot } = this;
    return new Desk({
      site: this.#site,
      kiosk: this,
      isAlive: () => this.boot === boot && this.#ledger !== undefined,
      ask: (step, work) => this.#guard(step, () => work(this.#open())),
      say: (record, status) => this.#say(record, status),
      onEnded: (record) => {
        record.endedAtMs ??= this.#site.agenda.nowMs;
        this.#live.delete(record);
      },
    });
  }

  /** What ended in the very transaction that the last life did not survive. */
  #hearOfEnds(ledger: Ledger): void {
    for (const record of [...this.#live]) {
      if (this.#desk.has(record.number) || this.#ledger !== ledger) continue;
      const status = ledger.status(record.number);
      if (!status) throw new Error(`The journal has forgotten ${record.number}.`);
      record.endedAtMs ??= this.#site.agenda.nowMs;
      this.#live.delete(record);
      this.#say(record, status);
    }
  }

  #open(): Ledger {
    if (!this.#ledger) throw new NotAllowedError('The kiosk is off.');
    return this.#ledger;
  }

  #recordOf(step: Step, order: SettlementOrder): SettlementRecord {
    const { number } = step.status;
    const known = this.#site.ledgers.records.get(number);
    if (known) return known;
    const given = this.#parts.begunAs(order.billId);
    const record = this.#site.ledgers.begun(number, { ...given, order, kiosk: this.name, begunBoot: this.boot });
    this.#live.add(record);
    return record;
  }

  #say(record: SettlementRecord, status: SettlementStatus): void {
    const before = record.said;
    record.said = status;
    record.money = this.#ledger?.money(record.number);
    const { state } = status.view;
    const isNews = before?.view.state !== state;
    if (isNews || before.copies !== status.copies) this.#shown.add(record);
    if (!isNews) return;
    if (state === 'handedToPerson') record.handedAtMs ??= this.#site.agenda.nowMs;
    this.#site.ledgers.touched.add(record.visitId);
    if (before) this.#site.violated(checkSaid(before, status, this.#site.ledgers));
    this.#parts.onSaid(record, status, before?.view.state);
  }

  /** A ledger that stopped ends the process; anything but its named refusals is a violation. */
  #guard<Result>(step: CallStep | undefined, work: () => Result): Result | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof NotAllowedError && step === undefined) return undefined;
      if (error instanceof LedgerStoppedError && this.#failed()) return undefined;
      this.#site.violated([coreThrew(error, this.#site.ledgers)]);
      this.crash('killed', 10_000);
      return undefined;
    }
  }

  /** The disk failed as it was told to, so the process ends, sometimes the machine. A full disk has room after a while. */
  #failed(): boolean {
    const { luck, agenda } = this.#site;
    const sprung = this.disk.takeSprung();
    if (!sprung) return false;
    const { trouble, step } = sprung;
    const isNew = trouble !== 'diskFull' || !this.#isFull;
    if (isNew) luck.reached(trouble, step);
    if (trouble === 'diskFull' && isNew) {
      this.#isFull = true;
      agenda.after(luck.draw.between(30_000, 120_000), () => {
        this.#isFull = false;
        this.disk.spaceAgain();
      });
    }
    this.crash(
      luck.draw.between(0, 3) === 0 ? 'powerCut' : 'killed',
      trouble === 'diskFull' ? luck.draw.between(40_000, 90_000) : luck.draw.between(5_000, 60_000),
    );
    return true;
  }
}
