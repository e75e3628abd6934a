/** Reads the marks of bills and lines. A mark that is not there stays away; one that is there is in form. */

import { optionalTime, texts } from '../contract-fields.ts';
import type { Fields } from '../json-fields.ts';
import {
  type BillMarks,
  type GoodsMark,
  type Injury,
  type InternetVisit,
  type LineMarks,
  PRICE_REASONS,
  type PriceSource,
} from './bill-marks.ts';

import { readExternalPrescription } from './external-prescription.ts';

type Optional<Marks> = { -readonly [Name in keyof Marks]: Marks[Name] };

export function readBillMarks(bill: Fields): BillMarks {
  const marks: Optional<BillMarks> = {};
  if (bill.has('injury')) marks.injury = readInjury(bill.object('injury'));
  if (bill.has('personCheck')) marks.personCheck = bill.boolean('personCheck');
  if (bill.has('disputed')) marks.disputed = bill.boolean('disputed');
  if (bill.has('quota')) marks.quota = bill.oneOf('quota', ['within', 'above'] as const);
  if (bill.has('internet')) marks.internet = readInternet(bill.object('internet'));
  const digest = bill.optionalText('digest');
  if (digest !== undefined) marks.digest = digest;
  const disease = bill.optionalText('chronicDisease');
  if (disease !== undefined) marks.chronicDisease = disease;
  if (bill.has('externalPrescriptions')) {
    marks.externalPrescriptions = bill.list('externalPrescriptions').map(readExternalPrescription);
  }
  return marks;
}

export function readLineMarks(line: Fields): LineMarks {
  const marks: Optional<LineMarks> = {};
  if (line.has('priceSource')) marks.priceSource = readPrice(line.object('priceSource'));
  if (line.has('priceReason')) marks.priceReason = line.oneOf('priceReason', PRICE_REASONS);
  if (line.has('restricted')) marks.restricted = { basisId: line.object('restricted').optionalText('basisId') };
  if (line.has('prescription')) marks.prescription = readPrescription(line.object('prescription'));
  if (line.has('goods')) marks.goods = readGoods(line.object('goods'));
  if (line.has('traceCodes')) marks.traceCodes = texts(line, 'traceCodes');
  for (const name of ['orderedQuantity', 'executedQuantity'] as const) {
    if (line.has(name)) marks[name] = line.decimal(name);
  }
  for (const name of ['special', 'external', 'traceDue'] as const) if (line.has(name)) marks[name] = line.boolean(name);
  for (const name of ['basicItemCode', 'orderedCode', 'executedCode', 'costOrderId', 'formerLineNumber'] as const) {
    const text = line.optionalText(name);
    if (text !== undefined) marks[name] = text;
  }
  return marks;
}

function readInjury(injury: Fields): Injury {
  return {
    happenedAt: optionalTime(injury, 'happenedAt'),
    place: injury.optionalText('place'),
    cause: injury.optionalText('cause'),
    state: injury.optionalText('state'),
    receivedAt: optionalTime(injury, 'receivedAt'),
    filingId: injury.optionalText('filingId'),
  };
}

function readInternet(visit: Fields): InternetVisit {
  return {
    hospitalCode: visit.text('hospitalCode'),
    parentCode: visit.text('parentCode'),
    chain: visit.has('chain') ? texts(visit, 'chain') : [],
  };
}

export function readGoods(goods: Fields): GoodsMark {
  return {
    lotNumber: goods.text('lotNumber'),
    producedOn: goods.text('producedOn'),
    expiresOn: goods.text('expiresOn'),
    pharmacistName: goods.text('pharmacistName'),
    pharmacistLicence: goods.text('pharmacistLicence'),
  };
}

function readPrice(source: Fields): PriceSource {
  return {
    published: source.boolean('published'),
    price: source.has('price') ? source.decimal('price') : undefined,
    unit: source.optionalText('unit'),
    payStandard: source.has('payStandard') ? source.decimal('payStandard') : undefined,
  };
}

function readPrescription(prescription: Fields): NonNullable<LineMarks['prescription']> {
  return {
    prescriptionId: prescription.text('prescriptionId'),
    review: prescription.oneOf('review', ['waiting', 'passed', 'refused'] as const),
  };
}
