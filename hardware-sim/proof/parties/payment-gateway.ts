/**
 * Whoever takes money that is not cash, at its worst: the code broker and the bank terminal keep the same contract
 * (docs/interfaces/payment.openapi.yaml, firmware/payment).
 *
 * Asking for an order leaves no mark, so a charge on its way still succeeds; only a close stops it. A phone may pay
 * long after the patient left, also after the order's life where the broker is slow to end it; an order may be too
 * young to be closed; a refund may be taken in and carried out later, or never. Its ledger: orders.
 */
export type OrderState = 'waiting' | 'userPaying' | 'paid' | 'closed';

export interface Refund {
  readonly amountFen: number;
  state: 'refunded' | 'pending' | 'failed';
  readonly pendingUntilMs: number;
}

export interface PayOrder {
  readonly number: string;
  readonly amountFen: number;
  readonly createdMs: number;
  /** End of its life by the broker's clock; 0 = a code or card that was shown, which has none. */
  readonly untilMs: number;
  state: OrderState;
  /** How long the payer is asked for a password. */
  askedUntilMs: number;
  paidFen: number;
  route: string | null;
  readonly refunds: Map<string, Refund>;
}

/** A payer who does not type a password is not waited for any longer. */
const PASSWORD_MS = 40_000;
/** Younger orders are not ended by every route. */
const TOO_YOUNG_MS = 12_000;

export type Charged = PayOrder | 'amount' | 'closed' | 'paid' | 'badCode' | 'insufficientFunds';

/** What differs from broker to broker, by the last letter of a number: nobody can foresee it. */
export interface RouteHabits {
  /** Whether an order ends by itself when its life is over. */
  readonly endsByItself: (number: string) => boolean;
  readonly isSlowToClose: (number: string) => boolean;
  /** How a refund goes that is not carried out at once; `undefined` = at once. */
  readonly slowRefund: (refundNumber: string) => { readonly ms: number; readonly fails: boolean } | undefined;
}

export const PLAIN_HABITS: RouteHabits = {
  endsByItself: () => true,
  isSlowToClose: () => false,
  slowRefund: () => undefined,
};

export class PaymentGateway {
  readonly orders = new Map<string, PayOrder>();
  readonly #refundOrders = new Map<string, PayOrder>();
  readonly #nowMs: () => number;
  readonly #route: string;
  readonly #habits: RouteHabits;

  constructor(nowMs: () => number, route: string, habits: RouteHabits) {
    this.#nowMs = nowMs;
    this.#route = route;
    this.#habits = habits;
  }

  create(number: string, amountFen: number, lifeMs: number): 'amount' | 'closed' | 'paid' | undefined {
    const known = this.find(number);
    if (!known) {
      this.#enter(number, amountFen, this.#nowMs() + lifeMs, 'waiting');
      return undefined;
    }
    if (known.state === 'paid' || known.state === 'closed') return known.state;
    return known.amountFen === amountFen ? undefined : 'amount';
  }

  /** `wallet`: what the bank says to the code or card that was shown. */
  charge(number: string, amountFen: number, wallet: 'takes' | 'asks' | 'badCode' | 'insufficientFunds'): Charged {
    const known = this.find(number);
    if (known?.state === 'paid' || known?.state === 'closed') return known.state;
    if (known && known.amountFen !== amountFen) return 'amount';
    if (wallet === 'badCode' || wallet === 'insufficientFunds') return wallet;
    const order = known ?? this.#enter(number, amountFen, 0, 'waiting');
    if (wallet === 'takes') this.pay(number);
    else this.#asks(order);
    return order;
  }

  /** `undefined` = never heard of. */
  find(number: string): PayOrder | undefined {
    const order = this.orders.get(number);
    if (order) this.#age(order);
    return order;
  }

  /** Ends an unpaid order for good; one that was never seen leaves a tombstone. */
  close(number: string): 'paid' | 'userPaying' | 'tooEarly' | undefined {
    const order = this.find(number);
    if (!order) {
      this.#enter(number, 0, 0, 'closed');
      return undefined;
    }
    if (order.state === 'paid' || order.state === 'userPaying') return order.state;
    const isYoung = order.state === 'waiting' && this.#nowMs() - order.createdMs < TOO_YOUNG_MS;
    if (isYoung && this.#habits.isSlowToClose(number)) return 'tooEarly';
    order.state = 'closed';
    return undefined;
  }

  /** Any amount up to what is left, idempotent by the refund's number. */
  refund(number: string, refundNumber: string, amountFen: number): Refund['state'] | 'notPaid' | 'amount' {
    const order = this.find(number);
    if (order?.state !== 'paid') return 'notPaid';
    const before = order.refunds.get(refundNumber);
    if (before && before.amountFen !== amountFen) return 'amount';
    if (before) return this.refundState(refundNumber) as Refund['state'];
    if (amountFen > netFen(order)) return 'amount';
    const slow = this.#habits.slowRefund(refundNumber);
    const state = slow ? 'pending' : 'refunded';
    order.refunds.set(refundNumber, { amountFen, state, pendingUntilMs: this.#nowMs() + (slow?.ms ?? 0) });
    this.#refundOrders.set(refundNumber, order);
    return state;
  }

  /** A refund that was taken in is carried out, or fails, by the time somebody asks after its time. */
  refundState(refundNumber: string): Refund['state'] | 'notFound' {
    const refund = this.#refundOrders.get(refundNumber)?.refunds.get(refundNumber);
    if (!refund) return 'notFound';
    if (refund.state === 'pending' && this.#nowMs() >= refund.pendingUntilMs) {
      refund.state = this.#habits.slowRefund(refundNumber)?.fails ? 'failed' : 'refunded';
    }
    return refund.state;
  }

  /** A phone starts to pay: its password is asked for. */
  startPaying(number: string): boolean {
    const order = this.find(number);
    if (order?.state !== 'waiting') return false;
    this.#asks(order);
    return true;
  }

  /** The payment goes through, unless the order has ended. */
  pay(number: string): boolean {
    const order = this.find(number);
    if (order?.state !== 'waiting' && order?.state !== 'userPaying') return false;
    order.state = 'paid';
    order.paidFen = order.amountFen;
    order.route = this.#route;
    return true;
  }

  #asks(order: PayOrder): void {
    order.state = 'userPaying';
    order.askedUntilMs = this.#nowMs() + PASSWORD_MS;
  }

  #age(order: PayOrder): void {
    const nowMs = this.#nowMs();
    // Nobody typed the password: what a code began is over, what a screen shows can be scanned again.
    if (order.state === 'userPaying' && nowMs >= order.askedUntilMs) {
      order.state = order.untilMs === 0 ? 'closed' : 'waiting';
    }
    const isOver = order.untilMs > 0 && nowMs >= order.untilMs;
    if (order.state === 'waiting' && isOver && this.#habits.endsByItself(order.number)) order.state = 'closed';
  }

  #enter(number: string, amountFen: number, untilMs: number, state: OrderState): PayOrder {
    const times = { createdMs: this.#nowMs(), untilMs, askedUntilMs: 0 };
    const order: PayOrder = { number, amountFen, ...times, state, paidFen: 0, route: null, refunds: new Map() };
    this.orders.set(number, order);
    return order;
  }
}

/** What went back of an order under one refund number, fen. */
export function wentBackFen({ refunds }: PayOrder, refundNumber: string): number {
  const refund = refunds.get(refundNumber);
  return refund?.state === 'refunded' ? refund.amountFen : 0;
}

/** What went back of an order, or is on its way, fen. */
export function refundedFen({ refunds }: PayOrder): number {
  let sum = 0;
  for (const { amountFen, state } of refunds.values()) if (state !== 'failed') sum += amountFen;
  return sum;
}

/** What may still be refunded of an order, fen. */
export function netFen(order: PayOrder): number {
  return order.paidFen - refundedFen(order);
}
