/**
 * What the kiosk can settle, and the stages each kind goes through: both orders of money, as data.
 *
 * Forward takes the stages from left to right. Going back has one order for all: first the payment becomes final,
 * then insurance is undone, and only then is money returned; the bill is free last. Spec: design.md section 3.
 */
import type { Fen } from '../money.ts';

/**
 * `outpatient` 门诊结算, `registration` 挂号费, `deposit` 住院预缴金, `discharge` 出院结算, `selfPay` 自费,
 * `refund` 退费, `conversion` 自费转医保补记账, `parked` 挂账待补记 (no money moves).
 */
export type Flow =
  | 'outpatient'
  | 'registration'
  | 'deposit'
  | 'discharge'
  | 'selfPay'
  | 'refund'
  | 'conversion'
  | 'parked';

export type MoneyOrder = 'payThenSettle' | 'settleThenPay';

/** How the patient's own part is taken: by a gateway order and a phone, by the bank terminal, in notes. */
export type Collecting = 'code' | 'card' | 'cash';

export interface FormerSettlement {
  /** `set_…` of the settlement that is undone. */
  readonly settlementNumber: string;
  /** Its `setl_id`; `null` when it had no insurance in it. */
  readonly settlementId: string | null;
}

/** One way back to a patient's pocket. */
export interface ReturnLeg {
  /** The order that once took the money. */
  readonly orderNumber: string;
  /** The only number under which this leg is ever refunded. */
  readonly refundNumber: string;
  readonly amountFen: Fen;
  /** All that this way can take back; where kept lines split otherwise than rehearsed, up to this much goes by it. */
  readonly mostFen: Fen;
  /** By its original route, or at the cashier's window when that is gone (expired route, cash). */
  readonly by: 'code' | 'card' | 'cashier';
}

export type Stage = 'lock' | 'pay' | 'undo' | 'prepare' | 'settle' | 'confirm' | 'return';
export type BackStage = 'endPayment' | 'undoInsurance' | 'refund' | 'unlock';

const same = (...stages: readonly Stage[]) => ({ payThenSettle: stages, settleThenPay: stages });
const insured = {
  payThenSettle: ['lock', 'pay', 'settle', 'confirm'],
  settleThenPay: ['lock', 'settle', 'pay', 'confirm'],
} as const;

export const flows: Readonly<Record<Flow, Readonly<Record<MoneyOrder, readonly Stage[]>>>> = {
  outpatient: insured,
  registration: insured,
  deposit: same('lock', 'pay', 'confirm'),
  selfPay: same('lock', 'pay', 'confirm'),
  discharge: {
    payThenSettle: [...insured.payThenSettle, 'return'],
    settleThenPay: [...insured.settleThenPay, 'return'],
  },
  refund: same('lock', 'undo', 'prepare', 'settle', 'confirm', 'return'),
  conversion: same('lock', 'settle', 'confirm', 'return'),
  parked: same(),
};

export const wayBack = ['endPayment', 'undoInsurance', 'refund', 'unlock'] as const satisfies readonly BackStage[];
