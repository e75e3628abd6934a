/**
 * Reads what the hospital says beside bills and queue. The promise: figures that contradict each other are no answer.
 */
import { day, fen, time } from '../contract-fields.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import { BILL_FLOWS } from './bill.ts';
import { readBill } from './bill-fields.ts';
import { readLine } from './bill-line-fields.ts';
import type { ComplaintAnswer, DayOfStay, PrintableSettlement } from './hospital-services.ts';
import { linkIn } from './stay-papers.ts';

/** Characters of a next step that paper has room for. */
const LONGEST_STEP = 200;

export function readPrintable(settlement: Fields): PrintableSettlement {
  const read: PrintableSettlement = {
    settlementNumber: settlement.text('settlementNumber'),
    flow: settlement.oneOf('kind', BILL_FLOWS),
    settledAt: time(settlement, 'settledAt'),
    centreSettlementId: settlement.optionalText('centreSettlementId'),
    insuranceType: settlement.optionalText('insuranceType'),
    totalFen: fen(settlement, 'totalFen'),
    fundFen: fen(settlement, 'fundFen'),
    accountFen: fen(settlement, 'accountFen'),
    ownFen: fen(settlement, 'ownFen'),
    receiptNumber: settlement.text('receiptNumber'),
    nextStep: settlement.optionalText('nextStep')?.slice(0, LONGEST_STEP) ?? '',
    bill: readBill(settlement.object('bill')),
    copies: settlement.integer('copies'),
    copiesToday: settlement.integer('copiesToday'),
    undone: settlement.boolean('undone'),
    invoiceLink: linkIn(settlement, 'invoiceLink'),
  };
  if (read.fundFen + read.accountFen + read.ownFen > read.totalFen) throw new FieldError('more was paid than charged');
  if (read.copies < 1) throw new FieldError('copies is less than the first slip');
  return read;
}

/** @param asked the day that was asked about */
export function readDay(answer: Fields, asked: string): DayOfStay {
  const read = {
    day: day(answer, 'day'),
    lines: answer.list('lines').map(readLine),
    totalFen: fen(answer, 'totalFen'),
    link: linkIn(answer, 'link'),
  };
  if (read.day !== asked) throw new FieldError('day is not the one that was asked for');
  const sumFen = read.lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (sumFen !== read.totalFen) throw new FieldError('the lines do not add up to totalFen');
  return read;
}

export function readCopy(answer: Fields): { readonly copy: number } {
  const copy = answer.integer('copy');
  if (copy < 2) throw new FieldError('copy is none of a slip that was printed before');
  return { copy };
}

/** Characters of an answer that one page has room for in the largest letters. */
const LONGEST_ANSWER = 60;

export function readComplaint(answer: Fields): ComplaintAnswer {
  return {
    state: answer.oneOf('state', ['received', 'answered'] as const),
    about: answer.text('about'),
    answer: answer.optionalText('answer')?.slice(0, LONGEST_ANSWER) ?? '',
  };
}
