/**
 * The hospital-side payment broker over docs/interfaces/payment.openapi.yaml. The promise: an order is `paid` here
 * only when the broker says so of this very order number.
 */
import type { Secret } from '../../drivers/secret.ts';
import { day, texts, time } from '../contract-fields.ts';
import type { PartyAnswer } from '../hospital/hospital-gateway.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import type { Fen } from '../money.ts';
import { PartyWire, partyPath } from '../party-http.ts';
import type { HttpPort } from '../ports.ts';
import type {
  ChannelRow,
  ChannelStatement,
  PaymentGateway,
  PaymentStatements,
  PayOrder,
  RefundRefusal,
  RefundState,
} from './payment-gateway.ts';

/** Charging a shown code waits for the payer's bank. */
const TIMEOUT_MS = 30_000;

/** Characters that still make a code which a phone reads off a screen. */
const LONGEST_CODE = 1_000;
const ORDER_STATES = ['waiting', 'userPaying', 'paid', 'closed', 'refunded'] as const;

export interface HttpPaymentGatewayOptions {
  readonly http: HttpPort;
  /** Config `paymentGateway`. */
  readonly gateway: { readonly url: string; readonly token: string; readonly merchantId: string };
  /** Whole exchange, ms. */
  readonly timeoutMs?: number;
}

export class HttpPaymentGateway implements PaymentGateway, PaymentStatements {
  readonly #wire: PartyWire;
  readonly #merchantId: string;

  constructor(options: HttpPaymentGatewayOptions) {
    const { http, gateway, timeoutMs = TIMEOUT_MS } = options;
    this.#wire = new PartyWire({ http, url: gateway.url, token: gateway.token, timeoutMs });
    this.#merchantId = gateway.merchantId;
  }

  createOrder(order: {
    readonly orderNumber: string;
    readonly amountFen: Fen;
    readonly lifeMs: number;
  }): Promise<PartyAnswer<{ readonly payCode: string }, 'amount' | 'closed' | 'paid'>> {
    const { orderNumber, amountFen, lifeMs } = order;
    return this.#wire.call({
      method: 'POST',
      path: '/v1/orders',
      body: { orderNumber, amountFen, lifeMs, merchantId: this.#merchantId },
      refusals: ['amount', 'closed', 'paid'],
      read: (answer) => {
        const payCode = answer.text('payCode');
        if (payCode.length > LONGEST_CODE) throw new FieldError('payCode is longer than any screen can show');
        return { payCode };
      },
    });
  }

  chargeByCode(
    order: { readonly orderNumber: string; readonly amountFen: Fen },
    authCode: Secret<string>,
  ): Promise<PartyAnswer<PayOrder, 'amount' | 'closed' | 'paid' | 'badCode' | 'insufficientFunds'>> {
    return this.#wire.call({
      method: 'POST',
      path: partyPath`/v1/orders/${order.orderNumber}/charge`,
      body: { amountFen: order.amountFen, authCode: authCode.reveal(), merchantId: this.#merchantId },
      refusals: ['amount', 'closed', 'paid', 'badCode', 'insufficientFunds'],
      read: (answer) => readOrder(answer, order.orderNumber),
    });
  }

  async query(orderNumber: string): Promise<PartyAnswer<PayOrder, never>> {
    const answer = await this.#wire.call({
      method: 'GET',
      path: partyPath`/v1/orders/${orderNumber}`,
      refusals: ['notFound'],
      read: (order) => readOrder(order, orderNumber),
    });
    if (answer.outcome !== 'refused') return answer;
    return { outcome: 'ok', value: { orderNumber, state: 'notFound', paidFen: 0, route: undefined } };
  }

  close(orderNumber: string): Promise<PartyAnswer<void, 'paid' | 'userPaying' | 'tooEarly'>> {
    return this.#wire.call({
      method: 'POST',
      path: partyPath`/v1/orders/${orderNumber}/close`,
      body: {},
      refusals: ['paid', 'userPaying', 'tooEarly'],
      read: () => undefined,
    });
  }

  refund(refund: {
    readonly orderNumber: string;
    readonly refundNumber: string;
    readonly amountFen: Fen;
  }): Promise<PartyAnswer<'refunded' | 'pending', RefundRefusal>> {
    const { orderNumber, refundNumber, amountFen } = refund;
    return this.#wire.call({
      method: 'POST',
      path: '/v1/refunds',
      body: { orderNumber, refundNumber, amountFen },
      refusals: ['notPaid', 'amount', 'expired', 'failed'],
      read: (refund) => refund.oneOf('state', ['refunded', 'pending'] as const),
    });
  }

  async refundState(refundNumber: string): Promise<PartyAnswer<RefundState, never>> {
    const answer = await this.#wire.call({
      method: 'GET',
      path: partyPath`/v1/refunds/${refundNumber}`,
      refusals: ['notFound'],
      read: (refund) => refund.oneOf('state', ['refunded', 'pending', 'failed'] as const),
    });
    return answer.outcome === 'refused' ? { outcome: 'ok', value: 'notFound' } : answer;
  }

  channels(): Promise<PartyAnswer<readonly string[], never>> {
    return this.#wire.call({
      method: 'GET',
      path: '/v1/channels',
      refusals: [],
      read: (answer) => texts(answer, 'channels'),
    });
  }

  channelStatement(date: string, channel: string): Promise<PartyAnswer<ChannelStatement, 'notYet' | 'unknownChannel'>> {
    return this.#wire.call({
      method: 'GET',
      path: partyPath`/v1/channels/${channel}/statements/${date}`,
      refusals: ['notYet', 'unknownChannel'],
      read: (answer) => {
        if (day(answer, 'date') !== date || answer.text('channel') !== channel) {
          throw new FieldError('the file is not the one that was asked for');
        }
        const cutOff = answer.text('cutOff');
        if (!/^\d\d:\d\d:\d\d$/.test(cutOff)) throw new FieldError('cutOff is not HH:mm:ss');
        return { channel, date, cutOff, rows: answer.list('rows').map(readRow) };
      },
    });
  }
}

function readRow(row: Fields): ChannelRow {
  const amountFen = row.integer('amountFen');
  if (amountFen <= 0) throw new FieldError('amountFen of a row is not above zero');
  const kind = row.oneOf('kind', ['charge', 'refund'] as const);
  const refundNumber = row.optionalText('refundNumber');
  if ((kind === 'refund') !== (refundNumber !== undefined)) throw new FieldError('refundNumber does not fit kind');
  return {
    kind,
    orderNumber: row.text('orderNumber'),
    refundNumber,
    channelNumber: row.text('channelNumber'),
    amountFen,
    at: time(row, 'at'),
  };
}

function readOrder(order: Fields, orderNumber: string): PayOrder {
  if (order.text('orderNumber') !== orderNumber) throw new FieldError('orderNumber is not the one that was asked for');
  const paidFen = order.integer('paidFen');
  if (paidFen < 0) throw new FieldError('paidFen is negative');
  const state = order.oneOf('state', ORDER_STATES);
  // An order with money in it is never believed to be unpaid, and the other way round.
  if (state !== 'refunded' && paidFen > 0 !== (state === 'paid')) throw new FieldError('paidFen does not fit state');
  return {
    orderNumber,
    state,
    paidFen,
    route: order.optionalText('route'),
  };
}
