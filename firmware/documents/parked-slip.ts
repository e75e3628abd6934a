/**
 * 补记账单: the number under which a bill that could not be settled now is settled with insurance later, and until when
 * (SZ-240).
 *
 * One promise: it says that nothing was charged, and names nobody.
 */
import type { PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Bill } from '../hospital/hospital-gateway.ts';
import { formatYuan } from '../money.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Language } from '../screen/messages.ts';
import { type Accounting, accountingWords } from './accounting-rows.ts';
import { large, lines, pair, wording } from './bilingual-rows.ts';
import { spokenNumber } from './spoken-number.ts';

export interface ParkedSlip extends Accounting {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly bill: Bill;
  readonly settlementNumber: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
}

export function parkedSlip({ config, profile, bill, ...slip }: ParkedSlip): PaperDocument {
  const say = wording(slip.language);
  const own = accountingWords(slip.language);
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(own('parkedTitle'), { align: 'center', bold: true, size: 2 }),
      { kind: 'rule' },
      ...lines(own('accountingNumber')),
      large(spokenNumber(slip.number)),
      ...(slip.until === undefined ? [] : pair(own('accountingUntil'), slip.until, true)),
      { kind: 'rule' },
      ...lines(own('parkedLine')),
      ...lines(say('nextStep')),
      large(config.hospital.helpWindow),
      { kind: 'rule' },
      ...pair(own('billNumber'), bill.billId),
      ...pair(say('department'), bill.departmentName),
      ...pair(say('total'), formatYuan(bill.totalFen)),
      ...pair(own('printedOn'), slip.printedAt),
      { kind: 'feed', lines: 1 },
      { kind: 'qr', data: `yizhan:slip:${slip.settlementNumber}` },
      ...pair(say('insurancePhone'), profile.texts.insurancePhone),
      ...pair(say('hospitalPhone'), config.hospital.phone),
      { kind: 'feed', lines: 1 },
      { kind: 'cut', mode: 'partial' },
    ],
  };
}
