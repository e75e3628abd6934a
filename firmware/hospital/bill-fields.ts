/**
 * Reads a bill as the hospital's contract writes it. The promise: a bill that arrives is complete and in form; what
 * the rules of the place say about it is decided in firmware/region.
 */

import type { Diagnosis, FeeSplit } from '../insurance/insurance-platform.ts';
import type { Fields } from '../json-fields.ts';
import { FieldError } from '../json-fields.ts';
import type { Fen } from '../money.ts';
import { BILL_FLOWS, type Bill, type BillLine } from './bill.ts';

const LEVELS = ['01', '02', '03'] as const;

export function readBill(bill: Fields): Bill {
  return {
    flow: bill.has('kind') ? bill.oneOf('kind', BILL_FLOWS) : 'outpatient',
    billId: bill.text('billId'),
    version: bill.text('version'),
    institutionCode: bill.text('institutionCode'),
    outpatientNumber: bill.text('outpatientNumber'),
    departmentCode: bill.text('departmentCode'),
    departmentName: bill.text('departmentName'),
    specialty: bill.text('specialty'),
    doctorCode: bill.text('doctorCode'),
    doctorName: bill.text('doctorName'),
    visitedAt: time(bill, 'visitedAt'),
    medicalType: bill.text('medicalType'),
    emergency: bill.boolean('emergency'),
    diagnoses: bill.list('diagnoses').map(readDiagnosis),
    lines: bill.list('lines').map(readLine),
    totalFen: fen(bill, 'totalFen'),
    uploaded: bill.has('uploaded') ? readUploaded(bill.object('uploaded')) : undefined,
  };
}

function readDiagnosis(diagnosis: Fields): Diagnosis {
  return {
    code: diagnosis.text('code'),
    name: diagnosis.text('name'),
    departmentName: diagnosis.text('departmentName'),
    doctorCode: diagnosis.text('doctorCode'),
    doctorName: diagnosis.text('doctorName'),
    diagnosedAt: time(diagnosis, 'diagnosedAt'),
  };
}

function readLine(line: Fields): BillLine {
  return {
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
  };
}

function readUploaded(uploaded: Fields): NonNullable<Bill['uploaded']> {
  return {
    visitId: uploaded.text('visitId'),
    chargeBatch: uploaded.text('chargeBatch'),
    splits: uploaded.list('splits').map(readSplit),
  };
}

function readSplit(split: Fields): FeeSplit {
  return {
    lineNumber: split.text('lineNumber'),
    amountFen: fen(split, 'amountFen'),
    outOfScopeFen: fen(split, 'outOfScopeFen'),
    overLimitFen: fen(split, 'overLimitFen'),
    preSelfPayFen: fen(split, 'preSelfPayFen'),
    inScopeFen: fen(split, 'inScopeFen'),
    level: split.oneOf('level', LEVELS),
    category: split.text('category'),
  };
}

function fen(fields: Fields, name: string): Fen {
  const value = fields.integer(name);
  if (value < 0) throw new FieldError(`${name} is negative`);
  return value;
}

function time(fields: Fields, name: string): string {
  const text = fields.text(name);
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) throw new FieldError(`${name} is not yyyy-MM-dd HH:mm:ss`);
  return text;
}
