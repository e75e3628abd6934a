/**
 * Payment orders and their refunds, at their worst: a sale on the bank terminal is not idempotent, a refund number that
 * was used is refused, closing an order that never came leaves no trace.
 */
import type { Finding, PaySeen, Values } from '../../../../firmware/settlement/facts.ts';

interface Order {
  amountFen: number;
  paidFen: number;
  state: 'waiting' | 'paid' | 'closed' | 'refunded';
  /** Refund number → fen. */
  readonly refunds: Map<string, number>;
}

const no = (reason: string) => ({ verdict: 'fail', reason, detail: reason }) as const;
const ok = <Value>(value: Value) => ({ verdict: 'ok', value }) as const;
const back = ({ refunds }: Order): number => [...refunds.values()].reduce((sum, fen) => sum + fen, 0);

export class Broker {
  readonly orders = new Map<string, Order>();
  /** ms from an order's appearance until the phone pays; `undefined` = nobody pays. */
  paysAfterMs: number | undefined = 3_000;
  /** The phone pays so much more than the order says. */
  extraFen = 0;
  bank: 'takes' | 'declined' = 'takes';
  /** Every way back has run out. */
  expired = false;
  /** What closes an order that is not there yet: nothing, or a tombstone. */
  keepsTombstones = true;
  readonly #after: (ms: number, happen: () => void) => void;

  constructor(after: (ms: number, happen: () => void) => void) {
    this.#after = after;
  }

  paidBefore(number: string, fen: number): void {
    this.orders.set(number, { amountFen: fen, paidFen: fen, state: 'paid', refunds: new Map() });
  }

  /** What the payer is out of pocket by this order, fen. */
  netFen(number: string): number {
    const order = this.orders.get(number);
    return order ? order.paidFen - back(order) : 0;
  }

  isPayable(number: string): boolean {
    return this.orders.get(number)?.state === 'waiting';
  }

  refundedFen(number: string): number {
    const order = this.orders.get(number);
    return order ? back(order) : 0;
  }

  create(number: string, amountFen: number): Finding<Values['pay.create']> {
    const known = this.orders.get(number);
    if (known?.state === 'closed') return no('closed');
    if (known && known.state !== 'waiting') return no('paid');
    if (!known) {
      this.orders.set(number, { amountFen, paidFen: 0, state: 'waiting', refunds: new Map() });
      if (this.paysAfterMs !== undefined) this.#after(this.paysAfterMs, () => this.#pay(number));
    }
    return ok({ payCode: `yizhan-pay:${number}` });
  }

  /** A code that is shown, or a card: paid at once, or refused. A second sale by card is a second one. */
  charge(number: string, amountFen: number, by: 'code' | 'card'): Finding<PaySeen> {
    const known = this.orders.get(number);
    if (known?.state === 'closed') return no('closed');
    if (this.bank === 'declined') return no('declined');
    if (!known) this.orders.set(number, { amountFen, paidFen: 0, state: 'waiting', refunds: new Map() });
    else if (by === 'card') known.paidFen += amountFen;
    this.#pay(number);
    return ok(this.#seen(number));
  }

  query(number: string): Finding<PaySeen> {
    return ok(this.#seen(number));
  }

  close(number: string): Finding<null> {
    const known = this.orders.get(number);
    if (known?.state === 'paid' || known?.state === 'refunded') return no('paid');
    if (known) known.state = 'closed';
    else if (this.keepsTombstones) {
      this.orders.set(number, { amountFen: 0, paidFen: 0, state: 'closed', refunds: new Map() });
    }
    return ok(null);
  }

  refund(number: string, refundNumber: string, amountFen: number): Finding<Values['pay.refund']> {
    const known = this.orders.get(number);
    if (!known || (known.state !== 'paid' && known.state !== 'refunded')) return no('notPaid');
    if (this.expired) return no('expired');
    if (known.refunds.has(refundNumber)) return no('numberUsed');
    if (back(known) + amountFen > known.paidFen) return no('amount');
    known.refunds.set(refundNumber, amountFen);
    if (back(known) === known.paidFen) known.state = 'refunded';
    return ok({ state: 'refunded' });
  }

  refundState(refundNumber: string): Finding<Values['pay.refundState']> {
    const isThere = [...this.orders.values()].some(({ refunds }) => refunds.has(refundNumber));
    return ok({ state: isThere ? 'refunded' : 'notFound' });
  }

  #pay(number: string): void {
    const order = this.orders.get(number);
    if (order?.state !== 'waiting') return;
    order.state = 'paid';
    order.paidFen = order.amountFen + this.extraFen;
  }

  #seen(number: string): PaySeen {
    const order = this.orders.get(number);
    if (!order) return { state: 'notFound', paidFen: 0, route: null };
    const isPaid = order.state === 'paid' || order.state === 'refunded';
    return { state: order.state, paidFen: isPaid ? order.paidFen : 0, route: isPaid ? 'wechat' : null };
  }
}
