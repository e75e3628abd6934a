/**
 * What each kind of bill asks of the money: one order a bill, made from what the hospital and the centre said.
 *
 * Nothing is decided here that a patient did not see: amounts come from the bill and the pre-settlement, ways back from
 * the payments that the hospital's books still hold.
 */
import type { Bill, ConversionBill, DepositBill, DischargeBill, RefundBill } from '../hospital/bill.ts';
import type { EarlierPayment } from '../hospital/settled-before.ts';
import type { SettlementAmounts, SettleQuestion } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Collecting, ReturnLeg } from '../settlement/flows.ts';
import { ownExpense } from '../settlement/own-expense.ts';
import type { SettlementOrder } from '../settlement/settlements.ts';

/** What every order takes from its session and its place. */
export interface OrderFrame {
  readonly sessionId: string;
  readonly profile: Pick<RegionProfile, 'money' | 'insurance'>;
  readonly consentId?: string | undefined;
  /** A phone unless the patient chose the bank card or notes. */
  readonly collect?: Collecting;
  /** This kiosk has no bank terminal: what was paid by card goes back at the cashier. */
  readonly withoutTerminal?: boolean;
}

export interface Split {
  readonly question: SettleQuestion;
  /** The 2206 or 2303 answer that the patient agreed to. */
  readonly agreed: SettlementAmounts;
}

/** 门诊结算 and 挂号. */
export function insuredOrder(frame: OrderFrame, bill: Bill, { question, agreed }: Split): SettlementOrder {
  const flow = bill.flow === 'registration' ? 'registration' : 'outpatient';
  return { ...framed(frame, bill), flow, question, agreed };
}

/** 自费: the whole bill at the patient's own expense; it can be turned into insurance later (补记账). */
export function selfPayOrder(frame: OrderFrame, bill: Bill): SettlementOrder {
  return { ...framed(frame, bill), flow: 'selfPay', agreed: ownExpense(bill.totalFen) };
}

/** 预缴金. */
export function depositOrder(frame: OrderFrame, bill: DepositBill): SettlementOrder {
  return { ...framed(frame, bill), flow: 'deposit', agreed: ownExpense(bill.totalFen) };
}

/** 补记账: nothing moves, and the bill is found again by the settlement's number. */
export function parkedOrder(frame: OrderFrame, bill: Bill): SettlementOrder {
  return { ...framed(frame, bill), flow: 'parked', agreed: ownExpense(bill.totalFen) };
}

/** 出院结算: deposits are taken off; what they are too much goes back by their routes. */
export function dischargeOrder(frame: OrderFrame, bill: DischargeBill, split: Split): SettlementOrder {
  const { deposits, depositFen } = bill.discharge;
  const backFen = Math.max(0, depositFen - split.agreed.ownFen);
  return {
    ...framed(frame, bill),
    ...split,
    flow: 'discharge',
    paidBeforeFen: depositFen,
    returns: waysBack(frame, bill, deposits, backFen),
  };
}

/**
 * 退费: the whole settlement is undone and the kept lines settle anew. `question` is about the kept lines, or, when
 * nothing is kept, about the visit that is undone; `kept` is the forecast of their split.
 */
export function refundOrder(
  frame: OrderFrame,
  bill: RefundBill,
  { question, kept: agreed }: { readonly question: SettleQuestion | null; readonly kept: SettlementAmounts },
): SettlementOrder {
  const { former } = bill.refund;
  const insured = former.centre !== undefined;
  const anew = insured && bill.lines.length > 0;
  return {
    ...framed(frame, bill),
    flow: 'refund',
    question,
    agreed,
    anew,
    paidBeforeFen: former.ownFen,
    former: {
      settlementNumber: former.settlementNumber,
      settlementId: former.centre?.settlementId ?? null,
    },
    kept: anew && !bill.uploaded ? keptLines(bill) : null,
    returns: waysBack(frame, bill, former.payments, former.ownFen - agreed.ownFen),
  };
}

/** 自费转医保补记账: insurance settles what was paid at own expense, and its part goes back by the original routes. */
export function conversionOrder(frame: OrderFrame, bill: ConversionBill, split: Split): SettlementOrder {
  const { ownFen, payments, settlementNumber } = bill.conversion.former;
  return {
    ...framed(frame, bill),
    ...split,
    flow: 'conversion',
    paidBeforeFen: ownFen,
    former: { settlementNumber, settlementId: null },
    returns: waysBack(frame, bill, payments, ownFen - split.agreed.ownFen),
  };
}

/** What 2204 wants of the kept lines. */
export function keptLines(bill: RefundBill): NonNullable<SettlementOrder['kept']> {
  const { visitedAt, departmentCode, departmentName, lines } = bill;
  return { occurredAt: visitedAt, departmentCode, departmentName, lines };
}

/** `chrg_bchno` of the kept lines. */
export function keptBatch({ refund, billId, version }: RefundBill): string {
  return refund.keptBatch ?? `${billId}-${version}`.slice(0, 30);
}

function framed(
  { sessionId, profile, consentId, collect = 'code' }: OrderFrame,
  { billId, version }: Bill,
): Omit<SettlementOrder, 'flow' | 'agreed'> {
  return {
    sessionId,
    billId,
    billVersion: version,
    question: null,
    consentId,
    plan: profile.money.order,
    collect,
    paidBeforeFen: 0,
    former: null,
    anew: false,
    kept: null,
    returns: [],
    payOrderLifeMs: profile.money.payOrderLifeMs,
    quarantineMs: profile.insurance.quarantineMs,
  };
}

/**
 * Which payment takes back how much: routes that are open before the cashier, the newest money first, because the
 * oldest routes expire first. Each leg has a number that follows from the bill, so no repetition can pay twice.
 * @throws RangeError when the payments do not hold that much
 */
function waysBack(
  { withoutTerminal = false }: OrderFrame,
  { billId, version }: Bill,
  payments: readonly EarlierPayment[],
  totalFen: Fen,
): readonly ReturnLeg[] {
  const atCashier = ({ giveBack, paidBy, orderNumber = '' }: EarlierPayment): boolean =>
    giveBack === 'cashier' || paidBy === 'cash' || orderNumber === '' || (paidBy === 'card' && withoutTerminal);
  const wayOf = (payment: EarlierPayment): ReturnLeg['by'] =>
    atCashier(payment) || payment.paidBy === 'cash' ? 'cashier' : payment.paidBy;
  const order = [...payments].sort(
    (a, b) => Number(atCashier(a)) - Number(atCashier(b)) || (a.paidAt < b.paidAt ? 1 : -1),
  );
  let leftFen = totalFen;
  const legs = order.map((payment, place): ReturnLeg => {
    const { orderNumber = '', refundableFen } = payment;
    const amountFen = Math.min(Math.max(0, leftFen), refundableFen);
    leftFen -= amountFen;
    const refundNumber = `ret_${billId}_${version}_${place + 1}`;
    return { orderNumber, refundNumber, amountFen, mostFen: refundableFen, by: wayOf(payment) };
  });
  if (leftFen > 0) throw new RangeError('More is to go back than was paid.');
  return legs;
}
