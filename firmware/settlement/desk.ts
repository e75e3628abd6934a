/**
 * The settlement desk: drives every settlement to a known end.
 *
 * Its ledger is `inProcess(openLedger(…))` in simulation and tests, `openWorkerLedger(…)` in production. One promise:
 * whatever happens to the caller, each settlement is looked after until it has ended.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { Fen } from '../money.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import type { Call } from './call.ts';
import { CallsOut } from './calls-out.ts';
import type { Deadlines } from './deadlines.ts';
import type { Parties } from './effects.ts';
import type { CaseClosing, GiveUpReason } from './facts.ts';
import { BillUnderWayError, NotAllowedError } from './ledger-errors.ts';
import type { MoneyPlace } from './money-place.ts';
import { closeOrder, openOrder } from './order-body.ts';
import { Recovery } from './recovery.ts';
import type { Action, LedgerFacts, LedgerNote, SettlementLedger, Step } from './settlement-ledger.ts';
import type { SettlementOrder, SettlementStatus, Settlements } from './settlements.ts';
import { StatusBoard } from './status-board.ts';

export interface DeskOptions extends Parties {
  readonly ledger: SettlementLedger;
  readonly clock: Clock;
  readonly kiosk: LedgerFacts & { readonly kioskId: string };
  /** How long one call may take before its outcome counts as unknown, ms. */
  readonly deadlinesMs?: Deadlines;
  /** The ledger no longer knows what is on the disk: the process must end and start again. */
  readonly onStopped?: (error: Error) => void;
  /** A watcher threw at a change; the settlement went on. */
  readonly onWatcherThrew?: (error: unknown) => void;
}

/** What this thread holds of an open settlement. */
interface Track {
  readonly number: string;
  /** Our own copy: the session's secrets are wiped when the patient leaves. */
  readonly order: SettlementOrder;
  authCode: Secret<string> | undefined;
  stopWaiting: Unsubscribe;
}

export function createSettlements(options: DeskOptions): Settlements {
  return new Desk(options);
}

class Desk implements Settlements {
  readonly #options: DeskOptions;
  readonly #ledger: SettlementLedger;
  readonly #clock: Clock;
  readonly #tracks = new Map<string, Track>();
  readonly #board: StatusBoard;
  readonly #recovery: Recovery;
  readonly #resumed: Promise<void>;
  readonly #calls: CallsOut;
  #closed = false;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#ledger = options.ledger;
    this.#clock = options.clock;
    this.#board = new StatusBoard((error) => options.onWatcherThrew?.(error));
    this.#recovery = new Recovery(options.clock);
    this.#calls = new CallsOut(options, options.clock, options.deadlinesMs, (error) => this.#stop(error));
    const { institutionCode, areaCode, messageSequence } = options.kiosk;
    this.#resumed = this.#resume({ institutionCode, areaCode, messageSequence });
    this.#resumed.catch((error: unknown) => this.#stop(error));
  }

  async begin(order: SettlementOrder): Promise<SettlementStatus> {
    await this.#resumed;
    const own = closeOrder(openOrder(order));
    const step = await this.#asked(this.#ledger.begin(own));
    this.#follow(this.#track(step.status.number, own), step);
    return step.status;
  }

  async status(number: string): Promise<SettlementStatus | undefined> {
    await this.#resumed;
    return this.#board.status(number) ?? (await this.#ledger.status(number));
  }

  async money(number: string): Promise<MoneyPlace | undefined> {
    await this.#resumed;
    return this.#ledger.money(number);
  }

  watch(number: string, listener: (status: SettlementStatus) => void): Unsubscribe {
    const stop = this.#board.watch(number, listener);
    if (!this.#board.status(number)) {
      this.status(number).then(
        (status) => {
          if (status && !this.#board.status(number)) this.#board.publish(status);
        },
        () => undefined,
      );
    }
    return stop;
  }

  async payByCode(number: string, authCode: Secret<string>): Promise<void> {
    await this.#resumed;
    const track = this.#tracks.get(number);
    if (track) track.authCode = authCode;
    try {
      await this.#noted(number, { note: 'codeShown' });
    } catch (error) {
      if (track) track.authCode = undefined;
      throw error;
    }
  }

  giveUp(number: string, reason: GiveUpReason): Promise<void> {
    return this.#noted(number, { note: 'giveUp', reason });
  }

  async #noted(number: string, note: LedgerNote): Promise<void> {
    await this.#resumed;
    const step = await this.#asked(this.#ledger.note(number, note));
    const track = this.#tracks.get(number);
    if (track) this.#follow(track, step);
  }

  insertNote(number: string, amountFen: Fen, counterFen: Fen): Promise<void> {
    return this.#noted(number, { note: 'noteInserted', amountFen, counterFen });
  }

  async closeCase(number: string, closing: CaseClosing): Promise<SettlementStatus> {
    const status = await this.#shown(() => this.#ledger.closeCase(number, closing));
    this.#tracks.delete(number);
    return status;
  }

  paidOut(number: string, amountFen: Fen, by: string): Promise<SettlementStatus> {
    return this.#shown(() => this.#ledger.paidOut(number, amountFen, by));
  }

  async beginCopy(number: string): Promise<{ readonly copy: number }> {
    const { copies } = await this.#shown(() => this.#ledger.beginCopy(number));
    return { copy: copies };
  }

  async endCopy(number: string, copy: number, outcome: 'printed' | 'unconfirmed' | 'failed'): Promise<void> {
    await this.#asked(this.#ledger.endCopy(number, copy, outcome));
  }

  async #shown(work: () => Promise<SettlementStatus>): Promise<SettlementStatus> {
    await this.#resumed;
    const status = await this.#asked(work());
    this.#board.publish(status);
    return status;
  }

  async open(): Promise<readonly string[]> {
    await this.#resumed;
    return this.#ledger.open();
  }

  recovered(): Promise<void> {
    return this.#recovery.done;
  }

  async close(): Promise<void> {
    // Nothing more will be heard: whoever waits for the opening is let go, also after a ledger that stopped.
    this.#recovery.close();
    if (this.#closed) return;
    this.#leave();
    await this.#resumed.catch(() => undefined);
    await this.#ledger.close();
  }

  async #resume(facts: LedgerFacts): Promise<void> {
    const resumed = await this.#ledger.resume(facts);
    this.#recovery.expect(resumed.map(({ step }) => step.status.number));
    for (const { step, order } of resumed) this.#follow(this.#track(step.status.number, order), step);
  }

  #track(number: string, order: SettlementOrder): Track {
    const track: Track = { number, order, authCode: undefined, stopWaiting: () => undefined };
    this.#tracks.set(number, track);
    return track;
  }

  /** Shows what is committed and does what the ledger asks for. */
  #follow(track: Track, { status, action }: Step): void {
    if (this.#closed) return;
    // The money first: a listener that throws must not leave a settlement standing.
    this.#act(track, action);
    this.#board.publish(status);
    this.#recovery.heard(status.number, action);
  }

  #act(track: Track, action: Action): void {
    switch (action.do) {
      case 'call':
        track.stopWaiting();
        this.#call(track, action.call);
        return;
      case 'wait':
        track.stopWaiting();
        track.stopWaiting = this.#clock.timer(action.ms, () => this.#then(track, this.#ledger.wake(track.number)));
        return;
      case 'rest':
        if (!action.ended) return;
        this.#tracks.delete(track.number);
        this.#board.forgetOld();
        return;
    }
  }

  #call(track: Track, call: Call): void {
    const { number, order, authCode } = track;
    if (call.step === 'pay.charge') track.authCode = undefined;
    this.#calls.make(call, { number, order, authCode }, (found, late) =>
      this.#then(track, late ? this.#ledger.late(number, found) : this.#ledger.report(number, found)),
    );
  }

  /** A refusal is the caller's; anything else means that the ledger itself is in trouble. */
  async #asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof NotAllowedError || error instanceof BillUnderWayError)) this.#stop(error);
      throw error;
    }
  }

  #then(track: Track, asked: Promise<Step>): void {
    asked.then(
      (step) => this.#follow(track, step),
      (error: unknown) => this.#stop(error),
    );
  }

  /** The ledger threw where it may not: nothing is done on from a state that may not be the journal's. */
  #stop(error: unknown): void {
    if (this.#closed) return;
    this.#leave();
    this.#options.onStopped?.(error instanceof Error ? error : new Error('The ledger stopped.'));
  }

  #leave(): void {
    this.#closed = true;
    for (const track of this.#tracks.values()) track.stopWaiting();
    this.#calls.leave();
  }
}
