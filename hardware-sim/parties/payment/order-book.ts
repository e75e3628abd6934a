/**
 * Orders of the payment broker, from creation to payment or close.
 *
 * On purpose as unforgiving as real brokers: asking for an unknown order leaves
 * no mark, so a charge that was on its way still succeeds afterwards; only a
 * close makes the tombstone that stops it, and not before its window opens.
 */
import type { PartyClock } from '../party.ts';
import type { ChannelRules } from './channel-rules.ts';
import { type Refund, RefundBook } from './refund-book.ts';
import type { Wallet } from './wallet.ts';

export type OrderState = 'waiting' | 'userPaying' | 'paid' | 'closed' | 'refunded';

export interface Order {
  readonly orderNumber: string;
  readonly amountFen: number;
  readonly payCode: string | undefined;
  /** Unix ms by the broker's clock. */
  readonly openedMs: number;
  /** Unix ms by the broker's clock; no end for a code charge. */
  readonly untilMs: number;
  state: OrderState;
  paidFen: number;
  paidMs: number;
  payer: Wallet | undefined;
  /** While the payer is asked for a password. */
  askedUntilMs: number;
  /** When a shown code was last charged for it. */
  chargedMs: number | undefined;
  /** What has been asked back, by refund number. */
  readonly refunds: Map<string, Refund>;
}

export interface OrderRules extends ChannelRules {
  /** How long a phone waits for its password, ms. */
  readonly passwordMs: number;
}

export class OrderBook {
  readonly refunds: RefundBook;
  readonly #clock: PartyClock;
  readonly #rules: OrderRules;
  readonly #orders = new Map<string, Order>();
  readonly #byCode = new Map<string, Order>();
  readonly #asked = new Map<Wallet, Order>();

  constructor(clock: PartyClock, rules: OrderRules) {
    this.#clock = clock;
    this.#rules = rules;
    this.refunds = new RefundBook(clock, rules);
  }

  get orders(): ReadonlyMap<string, Order> {
    for (const order of this.#orders.values()) this.#age(order);
    return this.#orders;
  }

  /** `undefined` = never heard of. */
  find(orderNumber: string): Order | undefined {
    const order = this.#orders.get(orderNumber);
    if (order) this.#age(order);
    return order;
  }

  byPayCode(payCode: string): Order | undefined {
    const order = this.#byCode.get(payCode);
    if (order) this.#age(order);
    return order;
  }

  open(orderNumber: string, amountFen: number, how: { readonly payCode?: string; readonly untilMs: number }): Order {
    const order = this.#enter(orderNumber, amountFen, 'waiting', how);
    if (how.payCode !== undefined) this.#byCode.set(how.payCode, order);
    return order;
  }

  /** A payment from before this world began. */
  enterPaid(orderNumber: string, amountFen: number, payer: Wallet, paidMs: number): void {
    const order = this.#enter(orderNumber, amountFen, 'paid', { untilMs: 0 });
    order.paidFen = amountFen;
    order.payer = payer;
    order.paidMs = paidMs;
  }

  /** Ends an order that is not paid; an unknown one gets a tombstone. */
  close(orderNumber: string): 'paid' | 'userPaying' | 'tooEarly' | undefined {
    const order = this.find(orderNumber);
    if (!order) {
      this.#enter(orderNumber, 0, 'closed', { untilMs: 0 });
      return undefined;
    }
    if (order.state === 'paid' || order.state === 'refunded') return 'paid';
    if (order.state === 'userPaying') return 'userPaying';
    if (order.state === 'waiting' && this.#tooYoung(order)) return 'tooEarly';
    order.state = 'closed';
    return undefined;
  }

  /** A phone pays: at once, or after its password. */
  pay(order: Order, wallet: Wallet): 'paid' | 'asksPassword' | 'insufficientFunds' | 'closed' {
    this.#age(order);
    if (order.state === 'paid' || order.state === 'refunded' || order.state === 'closed') return 'closed';
    if (order.state === 'userPaying' && order.payer !== wallet) return 'closed';
    if (wallet.balanceFen < order.amountFen) return 'insufficientFunds';
    if (wallet.asksPassword) {
      order.state = 'userPaying';
      order.payer = wallet;
      this.#asked.set(wallet, order);
      order.askedUntilMs = this.#clock.wallMs() + this.#rules.passwordMs;
      return 'asksPassword';
    }
    this.#take(order, wallet);
    return 'paid';
  }

  /** The order whose password this wallet is asked for. */
  askedOf(wallet: Wallet): Order | undefined {
    const order = this.#asked.get(wallet);
    if (order) this.#age(order);
    return order?.state === 'userPaying' && order.payer === wallet ? order : undefined;
  }

  /** The password is typed, right or not at all. */
  finishPassword(order: Order, typed: boolean): 'paid' | 'closed' | 'waiting' {
    this.#age(order);
    if (order.state !== 'userPaying' || !order.payer) return order.state === 'paid' ? 'paid' : 'closed';
    if (typed && order.payer.balanceFen >= order.amountFen) {
      this.#take(order, order.payer);
      return 'paid';
    }
    return this.#giveUp(order) === 'waiting' ? 'waiting' : 'closed';
  }

  #enter(
    orderNumber: string,
    amountFen: number,
    state: OrderState,
    how: { readonly payCode?: string; readonly untilMs: number },
  ): Order {
    const order: Order = {
      orderNumber,
      amountFen,
      payCode: how.payCode,
      openedMs: this.#clock.wallMs(),
      untilMs: how.untilMs,
      state,
      paidFen: 0,
      paidMs: 0,
      payer: undefined,
      askedUntilMs: 0,
      chargedMs: undefined,
      refunds: new Map(),
    };
    this.#orders.set(orderNumber, order);
    return order;
  }

  #tooYoung(order: Order): boolean {
    const now = this.#clock.wallMs();
    const { closeNotBeforeMs, reverseNotBeforeMs } = this.#rules;
    if (order.chargedMs !== undefined) return now - order.chargedMs < reverseNotBeforeMs;
    return now - order.openedMs < closeNotBeforeMs;
  }

  #take(order: Order, wallet: Wallet): void {
    wallet.balanceFen -= order.amountFen;
    order.payer = wallet;
    order.paidFen = order.amountFen;
    order.paidMs = this.#clock.wallMs();
    order.state = 'paid';
  }

  #giveUp(order: Order): OrderState {
    order.payer = undefined;
    // A charge by code is over; an order on a screen can still be scanned again while it lives.
    const scannable = order.payCode !== undefined && this.#clock.wallMs() < order.untilMs;
    order.state = scannable ? 'waiting' : 'closed';
    return order.state;
  }

  #age(order: Order): void {
    const now = this.#clock.wallMs();
    if (order.state === 'userPaying' && now >= order.askedUntilMs) this.#giveUp(order);
    if (order.state === 'waiting' && now >= order.untilMs) order.state = 'closed';
    this.refunds.age(order);
  }
}

/** What has gone back for sure. */
export function refundedOf(order: Order): number {
  return [...order.refunds.values()].reduce((sum, { state, amountFen }) => sum + (state === 'done' ? amountFen : 0), 0);
}
