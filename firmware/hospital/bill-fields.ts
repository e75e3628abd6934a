/**
 * Reads a bill as the hospital's contract writes it. The promise: a bill that arrives is complete and in form, with
 * the terms of its kind; what the rules of the place say about it is decided in firmware/region.
 */

import { fen, time } from '../contract-fields.ts';
import type { Diagnosis, FeeSplit } from '../insurance/insurance-platform.ts';
import type { Fields } from '../json-fields.ts';
import { FieldError } from '../json-fields.ts';
import { BILL_FLOWS, type Bill, type BillFlow } from './bill.ts';
import { LEVELS, readLine } from './bill-line-fields.ts';
import { readBillMarks } from './bill-mark-fields.ts';
import { readTerms } from './bill-terms-fields.ts';

export function readBill(bill: Fields): Bill {
  const flow = bill.oneOf('kind', BILL_FLOWS);
  return {
    flow,
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
    ...readBillMarks(bill),
    ...readTerms(bill, flow),
  };
}

/** A bill that must be of this kind and settle what was asked for. */
export function readBillOf<Flow extends BillFlow>(flow: Flow, bill: Fields): Bill & { readonly flow: Flow } {
  const read = readBill(bill);
  if (read.flow !== flow) throw new FieldError(`kind is not ${flow}`);
  return { ...read, flow };
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
