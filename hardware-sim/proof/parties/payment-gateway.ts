/**
 * The payment broker at its worst (docs/interfaces/payment.openapi.yaml).
 *
 * Asking for an order leaves no mark, so a charge on its way still succeeds; only a close stops it. A phone may pay
 * long after the patient left, also after the order's life where the broker is slow to end it. Its ledger: orders.
 */
export type OrderState = 'waiting' | 'userPaying' | 'paid' | 'closed';

export interface PayOrder {
  readonly number: string;
  readonly amountFen: number;
  /** End of its life by the broker's clock; 0 = a code that was shown, which has none. */
  readonly untilMs: number;
  state: OrderState;
  /** How long the payer is asked for a password. */
  askedUntilMs: number;
  paidFen: number;
  route: string | null;
  /** What went back, by refund number, fen. */
  readonly refunds: Map<string, number>;
}

/** A payer who does not type a password is not waited for any longer. */
const PASSWORD_MS = 40_000;

export type Charged = PayOrder | 'amount' | 'closed' | 'paid' | 'badCode' | 'insufficientFunds';

export class PaymentGateway {
  readonly orders = new Map<string, PayOrder>();
  readonly #refundOrders = new Map<string, PayOrder>();
  readonly #nowMs: () => number;
  /** Whether an order ends by itself when its life is over. */
  readonly #endsByItself: (number: string) => boolean;

  constructor(nowMs: () => number, endsByItself: (number: string) => boolean) {
    this.#nowMs = nowMs;
    this.#endsByItself = endsByItself;
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

  /** `wallet`: what the bank says to the code that was shown. */
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
  close(number: string): 'paid' | 'userPaying' | undefined {
    const order = this.find(number);
    if (!order) {
      this.#enter(number, 0, 0, 'closed');
      return undefined;
    }
    if (order.state === 'paid' || order.state === 'userPaying') return order.state;
    order.state = 'closed';
    return undefined;
  }

  /** Any amount up to what is left, idempotent by the refund's number. */
  refund(number: string, refundNumber: string, amountFen: number): 'notPaid' | 'amount' | undefined {
    const order = this.find(number);
    if (order?.state !== 'paid') return 'notPaid';
    const before = order.refunds.get(refundNumber);
    if (before !== undefined) return before === amountFen ? undefined : 'amount';
    if (amountFen > netFen(order)) return 'amount';
    order.refunds.set(refundNumber, amountFen);
    this.#refundOrders.set(refundNumber, order);
    return undefined;
  }

  wasRefunded(refundNumber: string): boolean {
    return this.#refundOrders.has(refundNumber);
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
    order.route = 'wechat';
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
    if (order.state === 'waiting' && isOver && this.#endsByItself(order.number)) order.state = 'closed';
  }

  #enter(number: string, amountFen: number, untilMs: number, state: OrderState): PayOrder {
    const order = { number, amountFen, untilMs, state, askedUntilMs: 0, paidFen: 0, route: null, refunds: new Map() };
    this.orders.set(number, order);
    return order;
  }
}

/** What went back of an order, fen. */
export function refundedFen({ refunds }: PayOrder): number {
  let sum = 0;
  for (const fen of refunds.values()) sum += fen;
  return sum;
}

/** What the payer is out of pocket for an order, fen. */
export function netFen(order: PayOrder): number {
  return order.paidFen - refundedFen(order);
}
