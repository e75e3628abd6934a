/**
 * Orders of the payment broker, from creation to refund.
 *
 * On purpose as unforgiving as real brokers: asking for an unknown order leaves
 * no mark, so a charge that was on its way still succeeds afterwards; only a
 * close makes the tombstone that stops it.
 */
import type { PartyClock } from '../party.ts';
import type { Wallet } from './wallet.ts';

export type OrderState = 'waiting' | 'userPaying' | 'paid' | 'closed' | 'refunded';

export interface Order {
  readonly orderNumber: string;
  readonly amountFen: number;
  readonly payCode: string | undefined;
  /** Unix ms by the broker's clock; no end for a code charge. */
  readonly untilMs: number;
  state: OrderState;
  paidFen: number;
  payer: Wallet | undefined;
  /** While the payer is asked for a password. */
  askedUntilMs: number;
  /** What has been given back, by refund number. */
  readonly refunds: Map<string, number>;
}

export interface OrderRules {
  /** How long a phone waits for its password, ms. */
  readonly passwordMs: number;
}

export class OrderBook {
  readonly #clock: PartyClock;
  readonly #rules: OrderRules;
  readonly #orders = new Map<string, Order>();
  readonly #byCode = new Map<string, Order>();
  readonly #refundOrders = new Map<string, Order>();
  readonly #asked = new Map<Wallet, Order>();

  constructor(clock: PartyClock, rules: OrderRules) {
    this.#clock = clock;
    this.#rules = rules;
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

  /** Ends an order that is not paid; an unknown one gets a tombstone. */
  close(orderNumber: string): 'paid' | 'userPaying' | undefined {
    const order = this.find(orderNumber);
    if (!order) {
      this.#enter(orderNumber, 0, 'closed', { untilMs: 0 });
      return undefined;
    }
    if (order.state === 'paid' || order.state === 'refunded') return 'paid';
    if (order.state === 'userPaying') return 'userPaying';
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

  refund(orderNumber: string, refundNumber: string, amountFen: number): 'notPaid' | 'amount' | undefined {
    const order = this.find(orderNumber);
    const elsewhere = this.#refundOrders.get(refundNumber);
    if (elsewhere && elsewhere !== order) return 'amount';
    if (!order || order.paidFen === 0) return 'notPaid';
    const known = order.refunds.get(refundNumber);
    if (known !== undefined) return known === amountFen ? undefined : 'amount';
    if (amountFen <= 0 || refundedOf(order) + amountFen > order.paidFen) return 'amount';
    order.refunds.set(refundNumber, amountFen);
    this.#refundOrders.set(refundNumber, order);
    if (order.payer) order.payer.balanceFen += amountFen;
    if (refundedOf(order) === order.paidFen) order.state = 'refunded';
    return undefined;
  }

  isRefunded(refundNumber: string): boolean {
    return this.#refundOrders.has(refundNumber);
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
      untilMs: how.untilMs,
      state,
      paidFen: 0,
      payer: undefined,
      askedUntilMs: 0,
      refunds: new Map(),
    };
    this.#orders.set(orderNumber, order);
    return order;
  }

  #take(order: Order, wallet: Wallet): void {
    wallet.balanceFen -= order.amountFen;
    order.payer = wallet;
    order.paidFen = order.amountFen;
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
  }
}

export function refundedOf(order: Order): number {
  return [...order.refunds.values()].reduce((sum, fen) => sum + fen, 0);
}
