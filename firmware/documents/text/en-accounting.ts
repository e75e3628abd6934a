/** 补记账 on paper, in English, beside the Chinese. */
import type { AccountingTextId } from './zh-accounting.ts';

export const accountingEn: Readonly<Record<AccountingTextId, string>> = {
  parkedTitle: 'Bill kept for later',
  parkedLine: 'Nothing was charged. Bring this slip and your insurance card or code to the counter or a kiosk.',
  accountingNumber: 'Re-accounting',
  accountingUntil: 'No later than',
  accountingLine: 'With this number insurance can still pay its part and it comes back to you.',
  billNumber: 'Bill',
  printedOn: 'Printed',
};
