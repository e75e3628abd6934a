/** Reads what the hospital's books answer: invoices, dispensing, the list of a day. */

import { day, fen, texts, time } from '../contract-fields.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import { MONEY_WORDS } from '../settlement/money-place.ts';
import { BILL_FLOWS } from './bill.ts';
import { readGoods } from './bill-mark-fields.ts';
import type { DayStatement, Dispensed, Invoice, KnownSettlement, RedInvoice, StatementRow } from './hospital-books.ts';
import { PAID_BY } from './settled-before.ts';

export function readInvoice(invoice: Fields): Invoice {
  return {
    invoiceNumber: invoice.text('invoiceNumber'),
    invoiceCode: invoice.text('invoiceCode'),
    checkCode: invoice.text('checkCode'),
    issuedAt: time(invoice, 'issuedAt'),
    amountFen: fen(invoice, 'amountFen'),
    link: invoice.text('link'),
  };
}

export function readRedInvoice(invoice: Fields): RedInvoice {
  return {
    redNumber: invoice.text('redNumber'),
    ofInvoiceNumber: invoice.text('ofInvoiceNumber'),
    issuedAt: time(invoice, 'issuedAt'),
    amountFen: fen(invoice, 'amountFen'),
  };
}

export function readDispensed(event: Fields): Dispensed {
  return {
    eventId: event.text('eventId'),
    settlementNumber: event.text('settlementNumber'),
    lineNumber: event.text('lineNumber'),
    traceCodes: texts(event, 'traceCodes'),
    opened: event.boolean('opened'),
    dispensedAt: time(event, 'dispensedAt'),
    ...(event.has('goods') ? { goods: readGoods(event.object('goods')) } : {}),
  };
}

/** `asked`: another settlement's money is no answer. */
export function readKnownSettlement(known: Fields, asked: string): KnownSettlement {
  const settlementNumber = known.text('settlementNumber');
  if (settlementNumber !== asked) throw new FieldError('the answer is about another settlement');
  return {
    settlementNumber,
    word: known.oneOf('word', MONEY_WORDS),
    amountFen: known.has('amountFen') ? fen(known, 'amountFen') : undefined,
    caseNumber: known.optionalText('caseNumber'),
    followedBy: known.optionalText('followedBy'),
    toldAt: time(known, 'toldAt'),
  };
}

export function readStatement(statement: Fields): DayStatement {
  return { date: day(statement, 'date'), rows: statement.list('rows').map(readRow) };
}

function readRow(row: Fields): StatementRow {
  return {
    settlementNumber: row.text('settlementNumber'),
    flow: row.oneOf('kind', BILL_FLOWS),
    billId: row.text('billId'),
    receiptNumber: row.text('receiptNumber'),
    confirmedAt: time(row, 'confirmedAt'),
    centreSettlementId: row.optionalText('centreSettlementId'),
    formerSettlementNumber: row.optionalText('formerSettlementNumber'),
    totalFen: fen(row, 'totalFen'),
    fundFen: fen(row, 'fundFen'),
    accountFen: fen(row, 'accountFen'),
    ownFen: fen(row, 'ownFen'),
    depositFen: fen(row, 'depositFen'),
    paidBy: row.oneOf('paidBy', PAID_BY),
    payOrderNumber: row.optionalText('payOrderNumber'),
    returns: row.list('returns').map((leg) => ({
      orderNumber: leg.text('orderNumber'),
      refundNumber: leg.text('refundNumber'),
      amountFen: fen(leg, 'amountFen'),
    })),
    owedFen: fen(row, 'owedFen'),
  };
}
