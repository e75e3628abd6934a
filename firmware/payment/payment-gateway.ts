/**
 * What the kiosk asks of the hospital-side payment broker, our own contract
 * docs/interfaces/payment.openapi.yaml. The kiosk itself never reaches the internet.
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
  /** 原路: `wechat`, `alipay`, `unionPay`; known once paid. */
  readonly route: string | undefined;
}

export interface PaymentGateway {
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
  query(orderNumber: string): Promise<PartyAnswer<PayOrder, never>>;
  /** Ends an unpaid order for good. `paid` when it was paid meanwhile, `userPaying` when it can't be closed yet. */
  close(orderNumber: string): Promise<PartyAnswer<void, 'paid' | 'userPaying'>>;
  /** Refund by the original route; `refundNumber` is the idempotence key. */
  refund(refund: {
    readonly orderNumber: string;
    readonly refundNumber: string;
    readonly amountFen: Fen;
  }): Promise<PartyAnswer<void, 'notPaid' | 'amount'>>;
  refundState(refundNumber: string): Promise<PartyAnswer<'refunded' | 'notFound', never>>;
}
