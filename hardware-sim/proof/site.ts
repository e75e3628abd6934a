/**
 * One hospital with its parties, its kiosks and its troubles, on virtual time.
 *
 * After every event the invariants look at what it touched; the first violations are kept with their instant.
 */
import type { Call } from '../../firmware/settlement/call.ts';
import type { CallStep } from '../../firmware/settlement/facts.ts';
import { Agenda } from './agenda.ts';
import type { Mood } from './answers.ts';
import { checkInstant, type Violation } from './invariants.ts';
import { Ledgers } from './ledgers.ts';
import type { RouteHabits } from './parties/payment-gateway.ts';
import type { SettlementRecord } from './settlement-record.ts';
import type { DiskTrouble, KioskTrouble, Trouble, WireTrouble } from './trouble-table.ts';
import type { Draw } from './wire.ts';

/** Who decides what goes wrong: chance in the soak, a script in the model, nobody in a plain run. */
export interface Luck {
  /** Around a call that is about to leave. */
  wire(step: CallStep, record: SettlementRecord): WireTrouble | undefined;
  kiosk(step: CallStep, record: SettlementRecord): KioskTrouble | undefined;
  /** For the transaction that follows this step's answer. */
  disk(step: CallStep, record: SettlementRecord): DiskTrouble | undefined;
  mood(call: Call, record: SettlementRecord, refuses: boolean): Mood;
  readonly draw: Draw;
  /** Counts a trouble that happened at a step. */
  reached(trouble: Trouble, step: CallStep): void;
}

export type PartyName = 'hospital' | 'insurance' | 'payment' | 'acceptor';

const PARTY_OF: Readonly<Record<string, PartyName>> = {
  hospital: 'hospital',
  ins: 'insurance',
  pay: 'payment',
  cash: 'acceptor',
};

export function partyOf(step: CallStep): PartyName {
  return PARTY_OF[step.slice(0, step.indexOf('.'))] ?? 'payment';
}

/** Kept at most; a broken protocol would otherwise fill the memory. */
const KEPT_VIOLATIONS = 20;

export class Site {
  readonly agenda = new Agenda();
  readonly ledgers: Ledgers;
  readonly luck: Luck;
  readonly violations: Violation[] = [];
  violationCount = 0;
  /** Virtual ms until which a party does not answer. */
  readonly #downUntilMs: Record<PartyName, number> = { hospital: 0, insurance: 0, payment: 0, acceptor: 0 };

  #unreadableUntilMs = 0;

  constructor(luck: Luck, habits?: RouteHabits) {
    this.luck = luck;
    this.ledgers = new Ledgers(() => this.agenda.nowMs, habits);
  }

  takeDown(party: PartyName, forMs: number): void {
    this.#downUntilMs[party] = Math.max(this.#downUntilMs[party], this.agenda.nowMs + forMs);
  }

  /** The hospital's confirmations say nothing that anybody can read. */
  garble(forMs: number): void {
    this.#unreadableUntilMs = Math.max(this.#unreadableUntilMs, this.agenda.nowMs + forMs);
  }

  get isUnreadable(): boolean {
    return this.agenda.nowMs < this.#unreadableUntilMs;
  }

  isDown(party: PartyName): boolean {
    return this.agenda.nowMs < this.#downUntilMs[party];
  }

  violated(found: readonly Violation[]): void {
    this.violationCount += found.length;
    for (const violation of found) if (this.violations.length < KEPT_VIOLATIONS) this.violations.push(violation);
  }

  /** One event and a look at everything it touched. `false` when nothing is left before `untilMs`. */
  step(untilMs?: number): boolean {
    if (!this.agenda.step(untilMs)) return false;
    if (this.ledgers.touched.size > 0) this.violated(checkInstant(this.ledgers));
    return true;
  }
}
