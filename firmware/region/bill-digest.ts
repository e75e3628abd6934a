/**
 * The fingerprint of what a bill charges (Z-5.2.5): the hospital sends it with the bill, and it is taken again from the
 * very lines that go to 2204. One promise: no code, price, quantity, amount or total can change between the two unseen.
 *
 * The text, UTF-8, each part ended by a line feed: `yizhan bill 1`, billId, version, institutionCode, totalFen, then for
 * each line in the bill's order: lineNumber, catalogueCode, quantity, unitPrice, amountFen, level, joined by one tab.
 */
import { createHash } from 'node:crypto';
import type { Bill } from '../hospital/hospital-gateway.ts';

export function billDigest(bill: Bill): string {
  const head = ['yizhan bill 1', bill.billId, bill.version, bill.institutionCode, String(bill.totalFen)];
  const lines = bill.lines.map((line) =>
    [line.lineNumber, line.catalogueCode, line.quantity, line.unitPrice, String(line.amountFen), line.level].join('\t'),
  );
  const text = [...head, ...lines].map((part) => `${part}\n`).join('');
  return createHash('sha256').update(text).digest('hex');
}

/** A bill without a fingerprint says nothing; one with another than its own is not what the hospital wrote. */
export function isAsWritten(bill: Bill): boolean {
  return bill.digest === undefined || bill.digest.toLowerCase() === billDigest(bill);
}
