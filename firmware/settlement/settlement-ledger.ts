/**
 * What the desk asks of the core and its store, wherever they run.
 *
 * `Ledger` is the synchronous form; `SettlementLedger` the same behind
 * promises, in this thread or in the worker. Every call that returned is durable.
 */
import type { Fen } from '../money.ts';
import type { Call } from './call.ts';
import type { CaseClosing, Found, GiveUpReason, Waiting } from './facts.ts';
import type { MoneySequence } from './message-ids.ts';
import type { MoneyPlace } from './money-place.ts';
import type { OutboxAsk } from './outbox-port.ts';
import type { SettlementOrder, SettlementStatus } from './settlements.ts';

export interface LedgerFacts extends MoneySequence {
  /** `mdtrtarea_admvs`, six digits: people insured in another city are off-site (异地). */
  readonly areaCode: string;
}

export type Action =
  | { readonly do: 'call'; readonly call: Call }
  /** Come back after `ms`. `misses` = answers in a row that did not come from who is called next. */
  | { readonly do: 'wait'; readonly ms: number; readonly waiting: Waiting; readonly misses: number }
  /** Nothing: a call is running, a person must look, or it has ended. */
  | { readonly do: 'rest'; readonly ended: boolean; readonly waiting: Waiting | undefined };

/** Where a settlement stands and the one thing to do for it now. */
export interface Step {
  readonly status: SettlementStatus;
  readonly action: Action;
}

export interface Resumed {
  readonly step: Step;
  readonly order: SettlementOrder;
}

export type LedgerNote =
  | { readonly note: 'giveUp'; readonly reason: GiveUpReason }
  | { readonly note: 'codeShown' }
  | { readonly note: 'noteInserted'; readonly amountFen: Fen; readonly counterFen: Fen };

export interface Ledger {
  /** First call of a boot: every open intent becomes an unknown outcome; answers what is open. */
  resume(facts: LedgerFacts): readonly Resumed[];
  /** @throws BillUnderWayError, NotAllowedError */
  begin(order: SettlementOrder): Step;
  /** How the running call ended. @throws NotAllowedError when that call is not running. */
  report(number: string, found: Found): Step;
  /** A reply that came after its call had been reported as unknown. */
  late(number: string, found: Found): Step;
  /** @throws NotAllowedError */
  note(number: string, note: LedgerNote): Step;
  /** A wait is over. */
  wake(number: string): Step;
  status(number: string): SettlementStatus | undefined;
  /** Where its money is, as far as this kiosk knows. */
  money(number: string): MoneyPlace | undefined;
  /** @throws NotAllowedError unless the settlement is settled. */
  beginCopy(number: string): SettlementStatus;
  endCopy(number: string, copy: number, outcome: 'printed' | 'unconfirmed' | 'failed'): SettlementStatus;
  /** A person's case is over. @throws NotAllowedError unless two people say so of a case that is open. */
  closeCase(number: string, closing: CaseClosing): SettlementStatus;
  /** The cashier handed out what the kiosk owed. @throws NotAllowedError for more than that. */
  paidOut(number: string, amountFen: Fen, by: string): SettlementStatus;
  open(): readonly string[];
  /** The outbox has one door; `outboxOf` gives it its methods. */
  outbox(ask: OutboxAsk): unknown;
  /** Walks the whole chain. @throws JournalDamagedError */
  verify(): { readonly entries: number; readonly headCode: string };
  close(): void;
}

export type SettlementLedger = {
  readonly [Name in keyof Ledger]: (...args: Parameters<Ledger[Name]>) => Promise<ReturnType<Ledger[Name]>>;
};

const methods: readonly (keyof Ledger)[] = [
  'resume',
  'begin',
  'report',
  'late',
  'note',
  'wake',
  'status',
  'money',
  'beginCopy',
  'endCopy',
  'closeCase',
  'paidOut',
  'open',
  'outbox',
  'verify',
  'close',
];

/** A ledger by how one call of it is made: the same table serves this thread and the worker. */
export function ledgerThrough(
  call: (name: keyof Ledger, args: readonly unknown[]) => Promise<unknown>,
): SettlementLedger {
  const entries = methods.map((name) => [name, (...args: readonly unknown[]) => call(name, args)] as const);
  return Object.fromEntries(entries) as unknown as SettlementLedger;
}

/** Core and store in this thread: simulation and tests. */
export function inProcess(ledger: Ledger): SettlementLedger {
  return ledgerThrough(async (name, args) => (ledger[name] as (...all: readonly unknown[]) => unknown)(...args));
}
