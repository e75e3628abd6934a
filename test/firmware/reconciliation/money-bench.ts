/**
 * A kiosk's days of money: the production desk, ledger and clients against the virtual parties, and reconciliation
 * over what came of it. Every list comes over its real client; a test may then lose, double or hold back lines of it.
 */

import { HttpHospitalGateway } from '../../../firmware/hospital/http-hospital-gateway.ts';
import { HttpPaymentGateway } from '../../../firmware/payment/http-payment-gateway.ts';
import type { Store } from '../../../firmware/ports.ts';
import type { ChannelRow } from '../../../firmware/reconciliation/compare-channel.ts';
import type { HospitalRow } from '../../../firmware/reconciliation/compare-hospital.ts';
import type { DayView } from '../../../firmware/reconciliation/day-view.ts';
import { Reconciliation } from '../../../firmware/reconciliation/reconciliation.ts';
import { createSettlements } from '../../../firmware/settlement/desk.ts';
import { Journal } from '../../../firmware/settlement/journal.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { Seal } from '../../../firmware/settlement/seal.ts';
import { inProcess } from '../../../firmware/settlement/settlement-ledger.ts';
import type { SettlementOrder, Settlements, SettlementView } from '../../../firmware/settlement/settlements.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import type { BillKind } from '../../../hardware-sim/parties/bills/bills.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import { config, INSTITUTION } from '../kiosk-fixture.ts';
import { seededRandom } from '../settlement/bench-order.ts';
import { CentreBench } from './centre-bench.ts';

const DAY_MS = 86_400_000;

export interface Visit {
  readonly number: string;
  readonly view: SettlementView;
}

interface MoneyOptions {
  /** The kiosk's own calendar. */
  readonly clockAheadMs?: number;
  /** Of every channel, HH:mm:ss. */
  readonly cutOff?: string;
  /** Database file, to be left behind. */
  readonly path?: string;
  readonly deviceKey?: Uint8Array;
  /** Unix ms */
  readonly startMs?: number;
}

export class MoneyBench {
  readonly centre: CentreBench;
  readonly clock: ManualClock;
  readonly store: Store;
  readonly settlements: Settlements;
  readonly reconciliation: Reconciliation;
  /** What becomes of the hospital's list; nothing unless a test says so. */
  hospitalBooks: (rows: readonly HospitalRow[]) => readonly HospitalRow[] = (rows) => rows;
  /** Order and refund numbers that the channels' files leave out. */
  readonly lost = new Set<string>();
  /** `channel date` of files that have not come. */
  readonly late = new Set<string>();
  readonly malformed = new Set<string>();
  readonly #hospital: HttpHospitalGateway;
  readonly #payment: HttpPaymentGateway;
  readonly #extra: { readonly channel: string; readonly date: string; readonly row: ChannelRow }[] = [];

  constructor(options: MoneyOptions = {}) {
    const { cutOff = '00:00:00', path = ':memory:', deviceKey = new Uint8Array(32).fill(9), startMs } = options;
    this.store = openSqliteStore(path);
    this.centre = new CentreBench(
      {},
      { fileHour: 8, cutOff: { alipay: cutOff, wechat: cutOff, unionPay: cutOff } },
      startMs,
    );
    this.clock = this.centre.clock;
    const { http, platform, parties } = this.centre;
    this.#hospital = new HttpHospitalGateway({ http, gateway: config.hospitalGateway });
    this.#payment = new HttpPaymentGateway({ http, gateway: config.paymentGateway });
    const random = seededRandom(11);
    const ahead = options.clockAheadMs ?? 0;
    const clock = {
      monotonicMs: () => this.clock.monotonicMs(),
      wallMs: () => this.clock.wallMs() + ahead,
      timer: (ms: number, fire: () => void) => this.clock.timer(ms, fire),
    };
    const { areaCode } = config.hospital;
    const messageSequence = { first: 100, last: 199 };
    this.settlements = createSettlements({
      ledger: inProcess(openLedger({ store: this.store, sealingKey: deviceKey, random, clock })),
      insurance: platform,
      hospital: this.#hospital,
      payment: this.#payment,
      clock,
      kiosk: { institutionCode: INSTITUTION, areaCode, messageSequence, kioskId: 'K-1' },
    });
    const seal = new Seal(deviceKey);
    this.reconciliation = new Reconciliation({
      store: this.store,
      journal: () => new Journal(this.store, seal),
      seal,
      statements: platform.statements,
      platform,
      hospital: { dayStatement: (date) => this.#hospitalDay(date) },
      payment: {
        channels: () => this.#payment.channels(),
        channelStatement: (date, channel) => this.#channelDay(date, channel),
      },
      clock,
      site: { areaCode, messageSequence, insuranceTypes: ['310', '390'] },
    });
    this.parties = parties;
  }

  readonly parties: CentreBench['parties'];

  get today(): string {
    return dateAt(this.clock.wallMs());
  }

  /** One patient with a new bill: settles it, pays as they will, to the end. */
  async visit(
    key: string,
    how: {
      readonly kind?: BillKind;
      readonly plan?: SettlementOrder['plan'];
      readonly pays?: boolean;
      readonly during?: (number: string) => void;
    } = {},
  ): Promise<Visit> {
    const { kind = 'example', plan = 'payThenSettle', pays = true } = how;
    const billId = this.parties.hospital.addBill(key, kind);
    const { question, bill, preSettled } = await this.centre.ask(key, billId);
    const { number } = await this.settlements.begin({
      flow: 'outpatient',
      sessionId: 'ses_1',
      billId,
      billVersion: bill.version,
      question,
      agreed: preSettled,
      consentId: undefined,
      plan,
      collect: 'code',
      paidBeforeFen: 0,
      former: null,
      anew: false,
      kept: null,
      returns: [],
      payOrderLifeMs: 120_000,
      quarantineMs: 120_000,
    });
    how.during?.(number);
    const paid = new Set<string>();
    for (let turn = 0; turn < 2_000; turn += 1) {
      await this.clock.pass(500);
      const status = await this.settlements.status(number);
      if (!status) throw new Error('The settlement is not there.');
      const { view } = status;
      if (view.state === 'awaitingPayment' && pays && !paid.has(view.payCode)) {
        paid.add(view.payCode);
        const wallet = this.parties.wallet(key);
        if (this.parties.payment.scanAndPay(view.payCode, wallet) === 'asksPassword') {
          this.parties.payment.typePassword(wallet);
        }
      }
      if (!(await this.settlements.open()).includes(number)) return { number, view };
      if (view.state === 'handedToPerson') return { number, view };
    }
    throw new Error('The settlement does not end.');
  }

  /** Goes on to a time of the business day, today or the next day. HH:mm:ss */
  async until(time: string): Promise<void> {
    const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
    const target = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
    const now = (this.clock.wallMs() + 8 * 3_600_000) % DAY_MS;
    await this.clock.pass(target > now ? target - now : target + DAY_MS - now);
  }

  /** Time goes on while a run waits for the parties. */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    let ended = false;
    const watched = work.finally(() => {
      ended = true;
    });
    for (let turn = 0; turn < 10_000 && !ended; turn += 1) await this.clock.pass(1);
    return watched;
  }

  async nightly(): Promise<readonly DayView[]> {
    const outcome = await this.run(this.reconciliation.runDue());
    if (!outcome.ran) throw new Error(outcome.why);
    return outcome.days;
  }

  view(date: string): DayView {
    const view = this.reconciliation.view(date);
    if (!view) throw new Error(`Nobody looked at ${date}.`);
    return view;
  }

  /** `setl_id` of what a settlement made at the centre. */
  claimOf(number: string): string {
    return (
      this.parties.ledger.confirmedBills().find((bill) => bill.settlementNumber === number)?.centreSettlementId ?? ''
    );
  }

  /** A line of today that only the channel has. */
  channelLine(channel: string, row: Omit<ChannelRow, 'channelNumber'>): void {
    const channelNumber = `extra-${this.#extra.length}`;
    this.#extra.push({ channel, date: this.today, row: { ...row, channelNumber } });
  }

  async #hospitalDay(date: string) {
    const answer = await this.#hospital.dayStatement(date);
    if (answer.outcome !== 'ok') return answer;
    return { outcome: 'ok', value: { date: answer.value.date, rows: this.hospitalBooks(answer.value.rows) } } as const;
  }

  async #channelDay(date: string, channel: string) {
    if (this.malformed.has(`${channel} ${date}`)) {
      return { outcome: 'malformed', detail: 'rows[3].amountFen is not a whole number' } as const;
    }
    if (this.late.has(`${channel} ${date}`)) return { outcome: 'refused', reason: 'notYet', detail: '' } as const;
    const answer = await this.#payment.channelStatement(date, channel);
    if (answer.outcome !== 'ok') return answer;
    const kept = answer.value.rows.filter((row) => !this.lost.has(row.refundNumber ?? row.orderNumber));
    const extra = this.#extra.filter((one) => one.channel === channel && one.date === date).map(({ row }) => row);
    return { outcome: 'ok', value: { ...answer.value, rows: [...kept, ...extra] } } as const;
  }
}

export function dateAt(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
}
