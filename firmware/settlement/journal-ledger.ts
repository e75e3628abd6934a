/**
 * Core and store in one: folds, decides and journals, synchronously.
 *
 * One promise: what it hands out to be done, or to be shown as done, is already durable.
 * After a transaction that threw it does nothing more: see `LedgerStoppedError`.
 */
import type { Fen } from '../money.ts';
import type { Clock, RandomSource } from '../ports.ts';
import { checkClosing, checkNote, checkPaidOut } from './allowed.ts';
import { fold, foldAll, type MoneyPlace, moneyOf, type Saga, statusOf, viewOf } from './core.ts';
import type { CaseClosing, Fact, Found } from './facts.ts';
import { FoldedSettlements, type Live, newLive } from './folded-settlements.ts';
import type { Batch, JournalPort, SealedOrder } from './journal-port.ts';
import {
  BillUnderWayError,
  isOfTheJournal,
  JournalDamagedError,
  LedgerStoppedError,
  NotAllowedError,
} from './ledger-errors.ts';
import { checkMoneySequence, nextMessageId } from './message-ids.ts';
import type { Now } from './moment.ts';
import { news } from './news.ts';
import { newNumber, orderFact } from './order-fact.ts';
import { askOutbox, type OutboxAsk } from './outbox-port.ts';
import { sameState } from './same-state.ts';
import type { Ledger, LedgerFacts, LedgerNote, Resumed, Step } from './settlement-ledger.ts';
import type { SettlementOrder, SettlementStatus } from './settlements.ts';
import { MONEY_MESSAGE, mayWait, takeTurn } from './turn.ts';

/** Entries of the chain's end that every open looks at, besides what none has looked at and what is still open. */
const CHECKED_ON_OPEN = 64;

/** Core and journal in one; `openLedger` builds it. */
export class JournalLedger implements Ledger {
  readonly #clock: Clock;
  readonly #random: RandomSource;
  readonly #journal: JournalPort;
  readonly #folded: FoldedSettlements;
  readonly #boot: number;
  readonly #bootBeganMs: number;
  #facts: LedgerFacts | undefined;
  #stopped: LedgerStoppedError | undefined;

  constructor(open: () => JournalPort, random: RandomSource, clock: Clock, folded?: FoldedSettlements) {
    this.#clock = clock;
    this.#random = random;
    this.#bootBeganMs = Math.floor(clock.monotonicMs());
    this.#journal = this.#orStop(open);
    this.#folded = folded ?? new FoldedSettlements(this.#journal);
    this.#journal.verify(CHECKED_ON_OPEN);
    this.#boot = this.#orStop(() => this.#journal.beginBoot());
  }

  resume(facts: LedgerFacts): readonly Resumed[] {
    checkMoneySequence(facts);
    this.#facts = facts;
    return this.#journal.openNumbers().map((number) => {
      const live = this.#folded.of(number);
      if (!live) throw new JournalDamagedError(0, 'an open settlement has no entries');
      const { inFlight } = live.saga;
      const lost: Fact[] = inFlight ? [{ phase: 'outcome', found: lostCall(inFlight) }] : [];
      const order = this.#journal.openOrder(number, live.saga.sealed);
      live.owed = order.owed ?? [];
      // What a person must look at is not changed by another boot.
      const boot: Fact[] = live.saga.person ? [] : [{ phase: 'note', step: 'restarted' }];
      return { order, step: this.#advance(live, [...lost, ...boot]) };
    });
  }

  begin(order: SettlementOrder): Step {
    const facts = this.#ready();
    if (this.#journal.hasOpen(order.billId)) throw new BillUnderWayError();
    const number = newNumber(this.#random);
    const seal = this.#journal.sealOrder(number, order, this.#random);
    const fact = orderFact(order, facts, seal.digest);
    const first: Fact = { phase: 'note', step: 'order', body: fact };
    const entry = { seq: 0, at: this.#now(), fact: first };
    const live = newLive(foldAll(number, [entry]), order.owed);
    this.#folded.keep(live);
    return this.#advance(live, [], { before: [first], seal });
  }

  report(number: string, found: Found): Step {
    const live = this.#known(number);
    if (live.running !== found.step) throw new NotAllowedError(`No ${found.step} is running.`);
    live.running = undefined;
    live.pacing.answered(found, this.#now().monoMs);
    if (live.saga.inFlight?.step === found.step) return this.#advance(live, [{ phase: 'outcome', found }]);
    const fact: Fact = { phase: 'note', step: 'answer', found };
    return this.#advance(live, this.#changes(live.saga, fact) ? [fact] : []);
  }

  late(number: string, found: Found): Step {
    const live = this.#known(number);
    const fact: Fact = { phase: 'note', step: 'late', found };
    return this.#advance(live, this.#changes(live.saga, fact) ? [fact] : []);
  }

  note(number: string, note: LedgerNote): Step {
    const live = this.#known(number);
    checkNote(live.saga, note);
    if (note.note === 'giveUp') live.pacing.hurry('pay.query');
    const { note: step, ...rest } = note;
    const fact = { phase: 'note', step, ...rest } as Fact;
    return this.#advance(live, this.#changes(live.saga, fact) ? [fact] : []);
  }

  wake(number: string): Step {
    return this.#advance(this.#known(number), []);
  }

  status(number: string): SettlementStatus | undefined {
    this.#ready();
    const live = this.#folded.of(number);
    return live && statusOf(live.saga);
  }

  money(number: string): MoneyPlace | undefined {
    this.#ready();
    const live = this.#folded.of(number);
    return live && moneyOf(live.saga);
  }

  beginCopy(number: string): SettlementStatus {
    const live = this.#known(number);
    if (statusOf(live.saga).view.state !== 'settled') throw new NotAllowedError('Only what is settled is printed.');
    return this.#advance(live, [{ phase: 'note', step: 'copyBegun', copy: live.saga.copies + 1 }]).status;
  }

  endCopy(number: string, copy: number, outcome: 'printed' | 'unconfirmed' | 'failed'): SettlementStatus {
    const live = this.#known(number);
    if (copy < 1 || copy > live.saga.copies) throw new NotAllowedError('This copy was not begun.');
    return this.#advance(live, [{ phase: 'note', step: 'copyEnded', copy, outcome }]).status;
  }

  closeCase(number: string, closing: CaseClosing): SettlementStatus {
    const live = this.#byHand(number);
    checkClosing(live.saga, closing, this.#now());
    return this.#advance(live, [{ phase: 'note', step: 'caseClosed', closing }]).status;
  }

  paidOut(number: string, amountFen: Fen, by: string): SettlementStatus {
    const live = this.#byHand(number);
    checkPaidOut(live.saga, amountFen, by);
    return this.#advance(live, [{ phase: 'note', step: 'paidOut', amountFen, by }]).status;
  }

  open(): readonly string[] {
    this.#ready();
    return this.#journal.openNumbers();
  }

  outbox(ask: OutboxAsk): unknown {
    return this.#ready() && this.#orStop(() => askOutbox(this.#journal.uploads, ask, this.#clock.wallMs()));
  }

  verify(): { readonly entries: number; readonly headCode: string } {
    this.#journal.verify();
    return { entries: this.#journal.length, headCode: this.#journal.headCode };
  }

  close(): void {
    this.#journal.close();
  }

  /** Folds these facts and whatever follows from them, makes all of it durable, and says what to do now. */
  #advance(live: Live, facts: readonly Fact[], first?: { before: readonly Fact[]; seal: SealedOrder }): Step {
    if (this.#stopped) throw this.#stopped;
    const now = this.#now();
    const { saga, written, messageIds, counters, action } = takeTurn({
      saga: live.saga,
      facts,
      now,
      pacing: live.pacing,
      running: live.running !== undefined,
      newMessageId: () =>
        nextMessageId({
          sequence: this.#ready(),
          wallMs: now.wallMs,
          lastPlace: this.#journal.counter(MONEY_MESSAGE) ?? -1,
          wasGiven: (candidate) => this.#journal.wasGiven(candidate),
        }),
    });
    const before = live.saga;
    const status = statusOf(saga);
    const all = first ? [...first.before, ...written] : written;
    const entries = [...live.held, ...all.map((fact) => ({ at: now, fact }))];
    if (mayWait(before, all)) live.held = entries;
    else {
      const { state } = status.view;
      const isNews = first || live.held.length > 0 || saga.end !== before.end || state !== viewOf(before).state;
      const batch: Batch = {
        saga: saga.number,
        entries,
        projection: isNews ? { bill: saga.billId, plan: saga.plan, state, ended: saga.end !== undefined } : undefined,
        ...(first && { seal: first.seal }),
        shred: saga.end !== undefined && before.end === undefined,
        messageIds,
        counters,
        outbox: news(before, saga, live.owed),
      };
      this.#orStop(() => this.#journal.append(batch));
      live.held = [];
    }
    live.saga = saga;
    if (action.do === 'call') live.running = action.call.step;
    if (saga.end) {
      live.owed = [];
      this.#folded.forgetOldest();
    }
    return { status, action };
  }

  #changes(saga: Saga, fact: Fact): boolean {
    return !sameState(fold(saga, fact, this.#now()), saga);
  }

  #known(number: string): Live {
    this.#ready();
    return this.#byHand(number);
  }

  /** What people write down needs no boot of the kiosk: it asks no party and begins nothing. */
  #byHand(number: string): Live {
    if (this.#stopped) throw this.#stopped;
    const live = this.#folded.of(number);
    if (!live) throw new NotAllowedError('No settlement has this number.');
    return live;
  }

  #now(): Now {
    const monoMs = Math.floor(this.#clock.monotonicMs());
    return { boot: this.#boot, monoMs, wallMs: Math.floor(this.#clock.wallMs()), bootBeganMs: this.#bootBeganMs };
  }

  #ready(): LedgerFacts {
    if (this.#stopped) throw this.#stopped;
    if (!this.#facts) throw new NotAllowedError('The ledger was not resumed yet.');
    return this.#facts;
  }

  /** A throw from the store, wherever it came from, means that the disk and this memory may differ. */
  #orStop<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (isOfTheJournal(error)) throw error;
      this.#stopped = new LedgerStoppedError(error instanceof Error ? error.message : 'the store threw');
      throw this.#stopped;
    }
  }
}

function lostCall({ step, attempt, leg }: NonNullable<Saga['inFlight']>): Found {
  const finding = { verdict: 'unknown', detail: 'the machine stopped before an answer was written' } as const;
  return { step, attempt, ...(leg !== undefined && { leg }), finding } as Found;
}
