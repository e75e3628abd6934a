/**
 * 外配处方 after the slip of its bill: those that a pharmacist has passed come out, each on paper of its own.
 *
 * One promise: one that is not passed is never printed, and that it was not is written down by its reason (SZ-272).
 */
import type { PrintCompletion } from '../../drivers/receipt-printer/receipt-printer.ts';
import { forReader } from '../documents/large-print.ts';
import { prescriptionSlip } from '../documents/prescription-slip.ts';
import type { Bill } from '../hospital/bill.ts';
import { reasons } from '../reasons.ts';
import type { Language, TextSize } from '../screen/messages.ts';
import type { Rooms } from './rooms.ts';

const PRINT_TIMEOUT_MS = 30_000;

export interface Prescribed {
  readonly bill: Bill;
  readonly settlementNumber: string;
  readonly maskedName: string;
  readonly language: Language;
  readonly textSize: TextSize;
}

/** The first failure of the printer, or nothing. */
export async function printPrescriptions(
  { printer, config, audit }: Rooms,
  { bill, settlementNumber, maskedName, language, textSize }: Prescribed,
): Promise<Extract<PrintCompletion, { done: false }> | undefined> {
  const { departmentName, externalPrescriptions = [] } = bill;
  for (const prescription of externalPrescriptions) {
    const document = prescriptionSlip({ config, language, maskedName, departmentName, prescription });
    if (!document) {
      const reason = 'prescriptionUnreviewed';
      audit.write(reasons[reason].audit, { settlement: settlementNumber, reason });
      continue;
    }
    const printed = await printer?.print(forReader(document, textSize), { timeoutMs: PRINT_TIMEOUT_MS });
    if (printed && !printed.done) return printed;
  }
  return undefined;
}
