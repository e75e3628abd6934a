/**
 * Reads what was settled and paid before. The promise: money that may go back by a route names the order it came by,
 * and never more than was taken.
 */

import { day, fen, time } from '../contract-fields.ts';
import type { Fields } from '../json-fields.ts';
import { FieldError } from '../json-fields.ts';
import { BILL_FLOWS } from './bill.ts';
import { readLine } from './bill-line-fields.ts';
import type { ConvertibleSettlement, RefundableSettlement } from './second-thoughts.ts';
import { type Deposit, type EarlierPayment, type FormerSettlement, GIVE_BACK, PAID_BY } from './settled-before.ts';

export function readPayment(payment: Fields): EarlierPayment {
  const paidBy = payment.oneOf('paidBy', PAID_BY);
  if (paidBy === 'none') throw new FieldError('a payment that nobody made');
  const earlier: EarlierPayment = {
    orderNumber: payment.optionalText('orderNumber'),
    paidBy,
    route: payment.optionalText('route'),
    paidAt: time(payment, 'paidAt'),
    amountFen: fen(payment, 'amountFen'),
    refundableFen: fen(payment, 'refundableFen'),
    giveBack: payment.oneOf('giveBack', GIVE_BACK),
  };
  if (earlier.refundableFen > earlier.amountFen) throw new FieldError('refundableFen is more than was taken');
  if (earlier.giveBack === 'route' && earlier.orderNumber === undefined) {
    throw new FieldError('a payment that goes back by its route has no orderNumber');
  }
  return earlier;
}

export function readDeposit(deposit: Fields): Deposit {
  return { depositId: deposit.text('depositId'), ...readPayment(deposit) };
}

export function readFormer(former: Fields): FormerSettlement {
  return {
    settlementNumber: former.text('settlementNumber'),
    flow: former.oneOf('kind', BILL_FLOWS),
    billId: former.text('billId'),
    settledAt: time(former, 'settledAt'),
    centre: former.has('centre') ? readCentre(former.object('centre')) : undefined,
    totalFen: fen(former, 'totalFen'),
    fundFen: fen(former, 'fundFen'),
    accountFen: fen(former, 'accountFen'),
    ownFen: fen(former, 'ownFen'),
    payments: former.list('payments').map(readPayment),
  };
}

function readCentre(centre: Fields): NonNullable<FormerSettlement['centre']> {
  return {
    settlementId: centre.text('settlementId'),
    visitId: centre.text('visitId'),
    messageId: centre.optionalText('messageId'),
  };
}

export function readRefundable(settlement: Fields): RefundableSettlement {
  return {
    ...readFormer(settlement),
    departmentName: settlement.text('departmentName'),
    lines: settlement.list('lines').map(readLine),
    blockedBy: settlement.optionalText('blockedBy'),
  };
}

export function readConvertible(settlement: Fields): ConvertibleSettlement {
  return {
    ...readFormer(settlement),
    departmentName: settlement.text('departmentName'),
    until: day(settlement, 'until'),
    application: settlement.oneOf('application', ['none', 'waiting', 'approved', 'refused'] as const),
    parkedNumber: settlement.optionalText('parkedNumber'),
  };
}
