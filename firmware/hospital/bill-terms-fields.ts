/**
 * Reads what a bill of one kind says beyond its lines. The promise: the terms are there exactly when the kind says so,
 * and their sums agree to the fen, because money is given back by them.
 */

import { day, fen, texts, time } from '../contract-fields.ts';
import type { Fields } from '../json-fields.ts';
import { FieldError } from '../json-fields.ts';
import type { Bill, BillFlow, ConversionTerms, DepositTerms, DischargeTerms, RefundTerms } from './bill.ts';
import { readDeposit, readFormer } from './settled-fields.ts';

export function readTerms(bill: Fields, flow: BillFlow): Pick<Bill, 'deposit' | 'discharge' | 'refund' | 'conversion'> {
  switch (flow) {
    case 'outpatient':
    case 'registration':
    case 'selfPay':
      return {};
    case 'deposit':
      return { deposit: readDepositTerms(bill) };
    case 'discharge':
      return { discharge: readDischarge(bill.object('discharge')) };
    case 'refund':
      return { refund: readRefund(bill) };
    case 'conversion':
      return { conversion: readConversion(bill) };
  }
}

function readDepositTerms(bill: Fields): DepositTerms {
  const deposit = bill.object('deposit');
  const terms = { stayId: deposit.text('stayId'), minFen: fen(deposit, 'minFen'), maxFen: fen(deposit, 'maxFen') };
  const amountFen = fen(bill, 'totalFen');
  if (amountFen < terms.minFen || amountFen > terms.maxFen) throw new FieldError('totalFen is no deposit of this stay');
  if (bill.list('lines').length > 0) throw new FieldError('a deposit has no lines');
  return terms;
}

function readDischarge(discharge: Fields): DischargeTerms {
  const deposits = discharge.list('deposits').map(readDeposit);
  const depositFen = fen(discharge, 'depositFen');
  if (deposits.reduce((sum, { refundableFen }) => sum + refundableFen, 0) !== depositFen) {
    throw new FieldError('depositFen is not the sum of the deposits');
  }
  return {
    stayId: discharge.text('stayId'),
    admittedAt: time(discharge, 'admittedAt'),
    dischargedAt: time(discharge, 'dischargedAt'),
    dischargeWay: discharge.text('dischargeWay'),
    deposits,
    depositFen,
  };
}

function readRefund(bill: Fields): RefundTerms {
  const refund = bill.object('refund');
  const former = readFormer(refund.object('former'));
  if (fen(bill, 'totalFen') >= former.totalFen) throw new FieldError('a refund that keeps everything');
  return {
    former,
    refundedLineNumbers: texts(refund, 'refundedLineNumbers'),
    approvalId: refund.text('approvalId'),
    keptBatch: refund.optionalText('keptBatch'),
  };
}

function readConversion(bill: Fields): ConversionTerms {
  const conversion = bill.object('conversion');
  const former = readFormer(conversion.object('former'));
  if (former.centre || former.fundFen > 0) throw new FieldError('a conversion of what insurance has paid');
  if (fen(bill, 'totalFen') !== former.totalFen) throw new FieldError('totalFen is not what was paid');
  return {
    former,
    applicationId: conversion.text('applicationId'),
    approvalId: conversion.text('approvalId'),
    until: day(conversion, 'until'),
  };
}
