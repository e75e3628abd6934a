/**
 * A bank terminal seen as one more way to pay: the settlement asks it what it asks the code broker.
 *
 * One promise: an order is `paid` only when the terminal says that the acquirer approved it, and it is closed only when
 * a reversal was answered.
 */
import type { PartyAnswer } from '../hospital/hospital-gateway.ts';
import type { Fen } from '../money.ts';
import type { BankTerminal, CardSale } from './bank-terminal.ts';
import type { CardGateway, CardRefusal, PayOrder, RefundRefusal, RefundState } from './payment-gateway.ts';

export class TerminalCardGateway implements CardGateway {
  readonly #terminal: BankTerminal;

  constructor(terminal: BankTerminal) {
    this.#terminal = terminal;
  }

  async chargeCard(
    order: { readonly orderNumber: string; readonly amountFen: Fen },
    signal: AbortSignal,
  ): Promise<PartyAnswer<PayOrder, CardRefusal>> {
    return orderOf(order.orderNumber, await this.#terminal.sale(order, signal));
  }

  async query(orderNumber: string): Promise<PartyAnswer<PayOrder, never>> {
    return orderOf(orderNumber, await this.#terminal.lookUp(orderNumber));
  }

  async close(orderNumber: string): Promise<PartyAnswer<void, 'paid' | 'userPaying' | 'tooEarly'>> {
    const answer = await this.#terminal.reverse(orderNumber);
    if (answer.outcome !== 'refused') return answer;
    return { ...answer, reason: answer.reason === 'approved' ? 'paid' : 'userPaying' };
  }

  /** A whole sale of today goes back as a void, which costs nobody a fee and is there at once. */
  async refund(refund: {
    readonly orderNumber: string;
    readonly refundNumber: string;
    readonly amountFen: Fen;
  }): Promise<PartyAnswer<'refunded' | 'pending', RefundRefusal>> {
    const seen = await this.#terminal.lookUp(refund.orderNumber);
    if (seen.outcome !== 'ok') return seen;
    const whole = seen.value?.amountFen === refund.amountFen && (await this.#isOfThisBatch(seen.value));
    const voided = whole ? await this.#terminal.giveBack({ ...refund, as: 'void' }) : undefined;
    const answer =
      voided && !(voided.outcome === 'refused' && voided.reason === 'batchOver')
        ? voided
        : await this.#terminal.giveBack({ ...refund, as: 'refund' });
    if (answer.outcome === 'ok') return { ...answer, value: answer.value === 'returned' ? 'refunded' : 'pending' };
    if (answer.outcome !== 'refused') return answer;
    const { reason } = answer;
    // A terminal that calls a refund too late for its batch contradicts itself; nothing is known of the money.
    return reason === 'batchOver' ? { outcome: 'malformed', detail: 'batchOver for a refund' } : { ...answer, reason };
  }

  async refundState(refundNumber: string): Promise<PartyAnswer<RefundState, never>> {
    const answer = await this.#terminal.giveBackState(refundNumber);
    if (answer.outcome !== 'ok') return answer;
    return { outcome: 'ok', value: answer.value === 'returned' ? 'refunded' : answer.value };
  }

  async #isOfThisBatch({ batchNumber }: CardSale): Promise<boolean> {
    const totals = await this.#terminal.totals();
    return totals.outcome === 'ok' && totals.value.batchNumber === batchNumber;
  }
}

function orderOf<Refusal extends string>(
  orderNumber: string,
  answer: PartyAnswer<CardSale | undefined, Refusal>,
): PartyAnswer<PayOrder, Refusal> {
  if (answer.outcome !== 'ok') return answer;
  const sale = answer.value;
  if (!sale) return { outcome: 'ok', value: { orderNumber, state: 'notFound', paidFen: 0, route: undefined } };
  if (sale.orderNumber !== orderNumber) return { outcome: 'malformed', detail: 'a sale of another order' };
  const state = STATES[sale.state];
  const taken = state === 'paid' || state === 'refunded';
  return {
    outcome: 'ok',
    value: { orderNumber, state, paidFen: taken ? sale.amountFen : 0, route: taken ? 'card' : undefined },
  };
}

/** A declined card leaves the order open: another card may pay it. */
const STATES: Readonly<Record<CardSale['state'], PayOrder['state']>> = {
  open: 'userPaying',
  approved: 'paid',
  declined: 'waiting',
  reversed: 'closed',
  returned: 'refunded',
};
