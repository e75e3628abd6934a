/**
 * Many faulty settlements on the production ledger, one virtual second after another, with a mark for everything
 * that a power cut may not undo: entries that were acknowledged, effects that took place.
 */
import type { Call } from '../../../firmware/settlement/call.ts';
import type { Found } from '../../../firmware/settlement/facts.ts';
import type { Resumed, SettlementLedger, Step } from '../../../firmware/settlement/settlement-ledger.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';
import { SeededStream } from '../../parties/seeded-stream.ts';
import { kiosk, recordedOrder, type StepClock } from './recorded-order.ts';
import { scriptedAnswer } from './scripted-answers.ts';

export interface ScriptedRun {
  readonly ledger: SettlementLedger;
  readonly clock: StepClock;
  readonly seed: number;
  /** Bills `first` … `first + count − 1` are settled, up to three at a time. */
  readonly bills: { readonly first: number; readonly count: number };
  /** A call of the ledger returned. */
  readonly onAcknowledged: () => void;
  /** An effect of this settlement took place at its party. */
  readonly onEffect: (number: string, call: Call) => void;
  /** What a call of the ledger asked for was done, or has left. */
  readonly onFollowed: () => void;
}

interface Event {
  readonly atMs: number;
  readonly order: number;
  readonly happen: () => Promise<void>;
}

const AT_A_TIME = 3;
/** No more virtual time than this; what is still open then stays open, as on a real evening. */
const LONGEST_MS = 8 * 3_600_000;

export async function runScripted(options: ScriptedRun): Promise<void> {
  await new Run(options).toTheEnd();
}

class Run {
  readonly #options: ScriptedRun;
  readonly #chance: SeededStream;
  readonly #orders = new Map<string, SettlementOrder>();
  readonly #endsAtMs: number;
  #events: Event[] = [];
  #counted = 0;
  #nextBill: number;

  constructor(options: ScriptedRun) {
    this.#options = options;
    this.#chance = new SeededStream(options.seed, 'answers');
    this.#nextBill = options.bills.first;
    this.#endsAtMs = options.clock.monotonicMs() + LONGEST_MS;
  }

  async toTheEnd(): Promise<void> {
    const { ledger, clock } = this.#options;
    const resumed: readonly Resumed[] = await this.#asked(ledger.resume(kiosk));
    for (const { step, order } of resumed) {
      this.#orders.set(step.status.number, order);
      this.#follow(step);
    }
    for (let place = 0; place < AT_A_TIME; place += 1) this.#later(place * 700, () => this.#begin());
    for (;;) {
      const next = this.#events.reduce<Event | undefined>(
        (first, event) =>
          !first || event.atMs < first.atMs || (event.atMs === first.atMs && event.order < first.order) ? event : first,
        undefined,
      );
      if (!next || next.atMs > this.#endsAtMs) return;
      this.#events = this.#events.filter((event) => event !== next);
      clock.moveTo(next.atMs);
      await next.happen();
    }
  }

  async #begin(): Promise<void> {
    const { bills, ledger } = this.#options;
    if (this.#nextBill >= bills.first + bills.count) return;
    const bill = this.#nextBill;
    this.#nextBill += 1;
    const plan = this.#chance.chance(500) ? 'payThenSettle' : 'settleThenPay';
    const order = recordedOrder(bill, this.#chance.chance(150) ? 0 : 4_000, plan);
    const step = await this.#asked(ledger.begin(order));
    this.#orders.set(step.status.number, order);
    this.#follow(step);
  }

  #follow({ status, action }: Step): void {
    const { ledger } = this.#options;
    const { number } = status;
    if (action.do === 'call') this.#call(number, action.call);
    else if (action.do === 'wait') {
      this.#later(action.ms, async () => this.#follow(await this.#asked(ledger.wake(number))));
    } else if (action.ended || action.waiting === 'person') {
      this.#later(300, () => this.#afterwards(number, status.view.state === 'settled'));
    }
    this.#options.onFollowed();
  }

  #call(number: string, call: Call): void {
    const order = this.#orders.get(number);
    if (!order) throw new Error(`Nobody ordered ${number}.`);
    const { found, afterMs, tookPlace } = scriptedAnswer(call, order, this.#chance);
    if (tookPlace) this.#options.onEffect(number, call);
    this.#later(afterMs, () => this.#report(number, found));
  }

  async #report(number: string, found: Found): Promise<void> {
    const { ledger } = this.#options;
    this.#follow(await this.#asked(ledger.report(number, found)));
  }

  /** The slip, and then the next patient. */
  async #afterwards(number: string, settled: boolean): Promise<void> {
    const { ledger } = this.#options;
    if (settled) {
      const { copies } = await this.#asked(ledger.beginCopy(number));
      await this.#asked(ledger.endCopy(number, copies, this.#chance.chance(800) ? 'printed' : 'unconfirmed'));
      this.#options.onFollowed();
    }
    await this.#begin();
  }

  async #asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const value = await answer;
    this.#options.onAcknowledged();
    return value;
  }

  #later(ms: number, happen: () => Promise<void>): void {
    const { clock } = this.#options;
    this.#events.push({ atMs: clock.monotonicMs() + ms, order: this.#counted, happen });
    this.#counted += 1;
  }
}
