/**
 * The payments that the hospital keeps for a settlement, and how they shrink when
 * money goes back. It knows of legs what the kiosk tells, not whether they arrived.
 */
import { parseSecond, secondText } from '../beijing-time.ts';
import type { EarlierPayment, HospitalBill } from '../bills/hospital-bill.ts';
import type { Confirmation } from './confirmation.ts';
import { DAY_MS } from './hospital-rules.ts';

export interface Kept {
  /** `undefined` for money taken at a window or as cash. */
  readonly orderNumber: string | undefined;
  readonly paidBy: 'code' | 'card' | 'cash';
  readonly route: string | undefined;
  readonly paidMs: number;
  readonly amountFen: number;
  readonly leftFen: number;
  /** The route is known to be closed. */
  readonly closed?: true;
  /** Only of a deposit. */
  readonly depositId?: string;
}

/** What stays with the hospital once a bill is settled; `before` is what it kept for the settlement that is undone. */
export function keptAfter(
  bill: HospitalBill,
  confirmation: Confirmation,
  settledMs: number,
  before: readonly Kept[],
): readonly Kept[] {
  const { paidBy, payOrderNumber, ownFen, depositFen } = confirmation;
  const earlier = bill.discharge ? bill.discharge.deposits.map(keptDeposit) : before;
  const left = lessWhatWentBack(earlier, confirmation);
  if (paidBy === 'none') return left;
  const takenFen = ownFen - depositFen;
  return [
    ...left,
    {
      orderNumber: paidBy === 'cash' ? undefined : payOrderNumber,
      paidBy,
      route: paidBy === 'card' ? 'card' : undefined,
      paidMs: settledMs,
      amountFen: takenFen,
      leftFen: takenFen,
    },
  ];
}

function lessWhatWentBack(kept: readonly Kept[], { returns, owed }: Confirmation): readonly Kept[] {
  let byHandFen = owed.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const byRoute = kept.map((payment) => {
    const fen = returns
      .filter(({ orderNumber }) => orderNumber === payment.orderNumber)
      .reduce((sum, { amountFen }) => sum + amountFen, 0);
    return { ...payment, leftFen: Math.max(0, payment.leftFen - fen) };
  });
  return byRoute.map((payment) => {
    const fen = Math.min(byHandFen, payment.leftFen);
    byHandFen -= fen;
    return { ...payment, leftFen: payment.leftFen - fen };
  });
}

function keptDeposit(deposit: EarlierPayment & { readonly depositId: string }): Kept {
  return {
    orderNumber: deposit.orderNumber ?? undefined,
    paidBy: deposit.paidBy,
    route: deposit.route ?? undefined,
    paidMs: parseSecond(deposit.paidAt) ?? 0,
    amountFen: deposit.amountFen,
    leftFen: deposit.refundableFen,
    depositId: deposit.depositId,
  };
}

export function paymentJson(kept: Kept, nowMs: number, routeDays: number): EarlierPayment {
  const byRoute =
    kept.orderNumber !== undefined &&
    kept.paidBy !== 'cash' &&
    !kept.closed &&
    nowMs - kept.paidMs < routeDays * DAY_MS;
  return {
    orderNumber: kept.orderNumber ?? null,
    paidBy: kept.paidBy,
    route: kept.route ?? null,
    paidAt: secondText(kept.paidMs),
    amountFen: kept.amountFen,
    refundableFen: kept.leftFen,
    giveBack: byRoute ? 'route' : 'cashier',
  };
}
