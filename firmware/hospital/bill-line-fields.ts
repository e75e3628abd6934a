/** Reads one line of a bill, or of an earlier settlement, as the hospital's contract writes it. */

import { fen } from '../contract-fields.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import type { BillLine } from './bill.ts';
import { readLineMarks } from './bill-mark-fields.ts';

export const LEVELS = ['01', '02', '03'] as const;

/** @throws FieldError also for a line that is bought elsewhere and charged all the same (Z-8.3.6) */
export function readLine(line: Fields): BillLine {
  const read: BillLine = {
    lineNumber: line.text('lineNumber'),
    catalogueCode: line.text('catalogueCode'),
    hospitalCode: line.text('hospitalCode'),
    name: line.text('name'),
    specification: line.optionalText('specification') ?? '',
    unit: line.optionalText('unit') ?? '',
    quantity: line.decimal('quantity'),
    unitPrice: line.decimal('unitPrice'),
    amountFen: fen(line, 'amountFen'),
    doctorCode: line.text('doctorCode'),
    doctorName: line.text('doctorName'),
    category: line.text('category'),
    level: line.oneOf('level', LEVELS),
    performed: line.boolean('performed'),
    consentId: line.optionalText('consentId'),
    orderId: line.optionalText('orderId') ?? '',
    ...readLineMarks(line),
  };
  if (read.external && read.amountFen !== 0) throw new FieldError('a line that is bought elsewhere is charged');
  return read;
}
