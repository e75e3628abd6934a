/** What the kiosk writes to the hospital, and the bills of one kind that it reads from there. */
import type { JsonOutput } from '../json.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import type { ConversionBill, DepositBill, DischargeBill, RefundBill } from './bill.ts';
import { readBillOf } from './bill-fields.ts';
import type { BillConfirmation } from './hospital-gateway.ts';
import type { HospitalPerson } from './hospital-persons.ts';

export function personBody(person: HospitalPerson): JsonOutput {
  return {
    certificateType: person.certificateType ?? null,
    certificateNumber: person.certificateNumber?.reveal() ?? null,
    personNumber: person.personNumber?.reveal() ?? null,
    visitCardNumber: person.visitCardNumber?.reveal() ?? null,
  };
}

export function confirmationBody({ flow, returns, owed, ...confirmation }: BillConfirmation): JsonOutput {
  return {
    ...confirmation,
    kind: flow,
    centreSettlementId: confirmation.centreSettlementId ?? null,
    centreVisitId: confirmation.centreVisitId ?? null,
    centreMessageId: confirmation.centreMessageId ?? null,
    formerSettlementNumber: confirmation.formerSettlementNumber ?? null,
    depositFen: confirmation.depositFen ?? 0,
    payOrderNumber: confirmation.payOrderNumber ?? null,
    parkedNumber: confirmation.parkedNumber ?? null,
    returns: returns.map((leg) => ({ ...leg })),
    owed: (owed ?? []).map((task) => ({ ...task })),
  };
}

export function depositBill(fields: Fields): DepositBill {
  const { deposit, ...bill } = readBillOf('deposit', fields);
  if (!deposit) throw new FieldError('missing node deposit');
  return { ...bill, deposit };
}

export function dischargeBill(fields: Fields): DischargeBill {
  const { discharge, ...bill } = readBillOf('discharge', fields);
  if (!discharge) throw new FieldError('missing node discharge');
  return { ...bill, discharge };
}

export function refundBill(fields: Fields, settlementNumber: string): RefundBill {
  const { refund, ...bill } = readBillOf('refund', fields);
  if (refund?.former.settlementNumber !== settlementNumber) throw new FieldError('the bill refunds something else');
  return { ...bill, refund };
}

export function conversionBill(fields: Fields, settlementNumber: string): ConversionBill {
  const { conversion, ...bill } = readBillOf('conversion', fields);
  if (conversion?.former.settlementNumber !== settlementNumber) {
    throw new FieldError('the bill converts something else');
  }
  return { ...bill, conversion };
}
