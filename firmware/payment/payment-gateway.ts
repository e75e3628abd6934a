/**
 * What the kiosk asks of whoever takes money that is not cash: the hospital-side payment broker, our own contract
 * docs/interfaces/payment.openapi.yaml, and the bank-card terminal. The kiosk itself never reaches the internet.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { PartyAnswer } from '../hospital/hospital-gateway.ts';
import type { Fen } from '../money.ts';

/** `notFound` does not end an order: only close makes the tombstone that stops a late payment. */
export type PayOrderState = 'waiting' | 'userPaying' | 'paid' | 'closed' | 'refunded' | 'notFound';

export interface PayOrder {
  readonly orderNumber: string;
  readonly state: PayOrderState;
  readonly paidFen: Fen;
  /** 原路: `wechat`, `alipay`, `unionPay`, `card`; known once paid. */
  readonly route: string | undefined;
}

/** `pending`: taken in, and later `refunded` or `failed`. A `failed` refund has given nothing back and never will. */
export type RefundState = 'refunded' | 'pending' | 'failed' | 'notFound';

/**
 * `expired`: too old for the route, or the payer's account is closed; a person gives the money back.
 * `failed`: this refund number has failed for good.
 */
export type RefundRefusal = 'notPaid' | 'amount' | 'expired' | 'failed';

/** What the code broker and the card terminal have in common: finding out, ending, giving back. */
export interface PaymentRoute {
  query(orderNumber: string): Promise<PartyAnswer<PayOrder, never>>;
  /**
   * Ends an unpaid order for good. `paid` when it was paid meanwhile, `userPaying` when it can't be closed yet,
   * `tooEarly` when the route does not end an order that young: ask again later. A card terminal reverses.
   */
  close(orderNumber: string): Promise<PartyAnswer<void, 'paid' | 'userPaying' | 'tooEarly'>>;
  /** Gives back by the original route, in parts if need be; `refundNumber` is the idempotence key. */
  refund(refund: {
    readonly orderNumber: string;
    readonly refundNumber: string;
    readonly amountFen: Fen;
  }): Promise<PartyAnswer<'refunded' | 'pending', RefundRefusal>>;
  refundState(refundNumber: string): Promise<PartyAnswer<RefundState, never>>;
}

/** Payment by codes, through the hospital-side broker. */
export interface PaymentGateway extends PaymentRoute {
  /** Creates an order that a phone pays by scanning `payCode`. Repeating it with the same number is harmless. */
  createOrder(order: {
    readonly orderNumber: string;
    readonly amountFen: Fen;
    readonly lifeMs: number;
  }): Promise<PartyAnswer<{ readonly payCode: string }, 'amount' | 'closed' | 'paid'>>;
  /** Charges a payment code that the patient showed; the code is used once and not kept. */
  chargeByCode(
    order: { readonly orderNumber: string; readonly amountFen: Fen },
    authCode: Secret<string>,
  ): Promise<PartyAnswer<PayOrder, 'amount' | 'closed' | 'paid' | 'badCode' | 'insufficientFunds'>>;
}

export type CardRefusal = 'amount' | 'closed' | 'paid' | 'declined' | 'cancelled' | 'busy' | 'outOfService';

/** Payment by bank card: the terminal reads the card itself, and no card number ever comes out of it. */
export interface CardGateway extends PaymentRoute {
  /** Waits for the card and the password; `signal` takes the offer back while no card has been read. */
  chargeCard(
    order: { readonly orderNumber: string; readonly amountFen: Fen },
    signal: AbortSignal,
  ): Promise<PartyAnswer<PayOrder, CardRefusal>>;
}

/** One line of a channel's file, which comes the morning after. */
export interface ChannelRow {
  readonly kind: 'charge' | 'refund';
  readonly orderNumber: string;
  /** Only for a refund. */
  readonly refundNumber: string | undefined;
  /** The channel's own number. */
  readonly channelNumber: string;
  readonly amountFen: Fen;
  /** yyyy-MM-dd HH:mm:ss by the channel's clock; may belong to another day than the kiosk's. */
  readonly at: string;
}

export interface ChannelStatement {
  readonly channel: string;
  /** yyyy-MM-dd: the channel's day, from cut-off to cut-off. */
  readonly date: string;
  /** HH:mm:ss at which the channel's day begins. */
  readonly cutOff: string;
  readonly rows: readonly ChannelRow[];
}

export interface PaymentStatements {
  /** The channels through which this merchant is paid. */
  channels(): Promise<PartyAnswer<readonly string[], never>>;
  channelStatement(date: string, channel: string): Promise<PartyAnswer<ChannelStatement, 'notYet' | 'unknownChannel'>>;
}
