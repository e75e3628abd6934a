/** The hospital's fingerprint of what a bill charges, written after docs/interfaces/hospital.openapi.yaml (`digest`). */
import { createHash } from 'node:crypto';
import type { HospitalBill } from './hospital-bill.ts';

export function digestOf(bill: HospitalBill): string {
  const hash = createHash('sha256');
  hash.update(`yizhan bill 1\n${bill.billId}\n${bill.version}\n${bill.institutionCode}\n${bill.totalFen}\n`);
  for (const { lineNumber, catalogueCode, quantity, unitPrice, amountFen, level } of bill.lines) {
    hash.update(`${lineNumber}\t${catalogueCode}\t${quantity}\t${unitPrice}\t${amountFen}\t${level}\n`);
  }
  return hash.digest('hex');
}
