/**
 * Refunds of the broker: in parts, by refund number, at once or after a while,
 * and refused when the route is too old or the payer's account is gone.
 *
 * One promise: one refund number gives back once or never, and all of them
 * together never more than was paid.
 */
import type { PartyClock } from '../party.ts';
import type { ChannelRules } from './channel-rules.ts';
import type { Order } from './order-book.ts';
import type { Wallet } from './wallet.ts';

const DAY_MS = 86_400_000;

export interface Refund {
  readonly refundNumber: string;
  readonly amountFen: number;
  /** When it ends, Unix ms. */
  readonly dueMs: number;
  readonly fails: boolean;
  state: 'pending' | 'done' | 'failed';
  doneMs: number;
}

export type RefundRefusal = 'notPaid' | 'amount' | 'expired' | 'failed';

export class RefundBook {
  /** Hands: refunds asked for from now on are taken in and fail later. */
  failing = false;
  readonly #clock: PartyClock;
  readonly #rules: ChannelRules;
  readonly #orderOf = new Map<string, Order>();
  readonly #closedAccounts = new Set<Wallet>();

  constructor(clock: PartyClock, rules: ChannelRules) {
    this.#clock = clock;
    this.#rules = rules;
  }

  /** Hands: the payer's account at the channel is closed; nothing can go back to it. */
  closeAccount(wallet: Wallet): void {
    this.#closedAccounts.add(wallet);
  }

  /** @param order `undefined` = nobody heard of it. */
  refund(order: Order | undefined, refundNumber: string, amountFen: number): RefundRefusal | 'pending' | 'done' {
    const elsewhere = this.#orderOf.get(refundNumber);
    if (elsewhere && elsewhere !== order) return 'amount';
    if (!order || order.paidFen === 0) return 'notPaid';
    const known = order.refunds.get(refundNumber);
    if (known) return known.amountFen === amountFen ? known.state : 'amount';
    const spokenFor = [...order.refunds.values()]
      .filter(({ state }) => state !== 'failed')
      .reduce((sum, one) => sum + one.amountFen, 0);
    if (amountFen <= 0 || spokenFor + amountFen > order.paidFen) return 'amount';
    if (this.#isExpired(order)) return 'expired';
    const now = this.#clock.wallMs();
    const made: Refund = {
      refundNumber,
      amountFen,
      dueMs: now + this.#rules.refundTakesMs,
      fails: this.failing,
      state: 'pending',
      doneMs: 0,
    };
    order.refunds.set(refundNumber, made);
    this.#orderOf.set(refundNumber, order);
    this.age(order);
    return made.state;
  }

  /** `undefined` = never heard of. */
  find(refundNumber: string): Refund | undefined {
    const order = this.#orderOf.get(refundNumber);
    if (order) this.age(order);
    return order?.refunds.get(refundNumber);
  }

  /** Lets time do its work on an order's refunds. */
  age(order: Order): void {
    const now = this.#clock.wallMs();
    for (const refund of order.refunds.values()) {
      if (refund.state !== 'pending' || now < refund.dueMs) continue;
      refund.state = refund.fails ? 'failed' : 'done';
      refund.doneMs = refund.dueMs;
      if (refund.state === 'done' && order.payer) order.payer.balanceFen += refund.amountFen;
    }
    const back = [...order.refunds.values()].filter(({ state }) => state === 'done');
    if (order.paidFen > 0 && back.reduce((sum, one) => sum + one.amountFen, 0) === order.paidFen) {
      order.state = 'refunded';
    }
  }

  #isExpired({ payer, paidMs }: Order): boolean {
    if (!payer) return false;
    if (this.#closedAccounts.has(payer)) return true;
    return this.#clock.wallMs() - paidMs >= this.#rules.refundDays[payer.route] * DAY_MS;
  }
}
