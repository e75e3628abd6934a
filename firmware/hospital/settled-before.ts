/**
 * What was settled and paid before, as the hospital's books have it: the ground of refunds, discharges and conversions.
 */
import type { Fen } from '../money.ts';
import type { BillFlow } from './bill.ts';

/** How an own part is or was taken. `none`: there was nothing to take. */
export const PAID_BY = ['code', 'card', 'cash', 'none'] as const;
export type PaidBy = (typeof PAID_BY)[number];

/**
 * How money can go back. `cashier`: paid in cash, or the route is too old for the gateway (`expired`) or was closed:
 * a person at the cashier gives it, against a number.
 */
export const GIVE_BACK = ['route', 'cashier'] as const;

/** One payment that was taken and may go back. */
export interface EarlierPayment {
  /** Order number at the payment broker or terminal; `undefined` for money taken at a window. */
  readonly orderNumber: string | undefined;
  readonly paidBy: Exclude<PaidBy, 'none'>;
  /** `wechat`, `alipay`, `unionPay`, `card` … */
  readonly route: string | undefined;
  /** yyyy-MM-dd HH:mm:ss */
  readonly paidAt: string;
  readonly amountFen: Fen;
  /** Not given back yet. */
  readonly refundableFen: Fen;
  readonly giveBack: (typeof GIVE_BACK)[number];
}

/** 预缴金. Several people may have paid them. */
export interface Deposit extends EarlierPayment {
  readonly depositId: string;
}

/** A settlement that ended as settled and was confirmed to the hospital. */
export interface FormerSettlement {
  readonly settlementNumber: string;
  readonly flow: BillFlow;
  readonly billId: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly settledAt: string;
  /** `undefined` when no insurance was in it. */
  readonly centre:
    | {
        /** `setl_id` */
        readonly settlementId: string;
        /** `mdtrt_id` */
        readonly visitId: string;
        /** `medins_setl_id`, when the kiosk that settled it said so. */
        readonly messageId: string | undefined;
      }
    | undefined;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly ownFen: Fen;
  /** What was taken for the own part and not given back at once; oldest first. */
  readonly payments: readonly EarlierPayment[];
}
