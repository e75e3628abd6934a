/**
 * 住院预缴金收据: what was paid in advance for which stay, and what is left of it now.
 *
 * One promise: it is a receipt for a deposit and says so; it is no settlement and no invoice.
 */
import type { PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { InpatientStay } from '../hospital/inpatient.ts';
import { type Fen, formatYuan } from '../money.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Language } from '../screen/messages.ts';
import { lines, pair, wording } from './bilingual-rows.ts';
import { copyRows } from './copy-mark.ts';
import { spokenNumber } from './spoken-number.ts';
import { slipEnd, wayWords } from './way-rows.ts';

export interface DepositSlip {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly maskedName: string;
  /** 代办人 (Y4-12b). */
  readonly maskedProxy?: string | undefined;
  readonly stay: Pick<InpatientStay, 'inpatientNumber' | 'ward' | 'bed' | 'departmentName'>;
  readonly amountFen: Fen;
  /** The hospital's figure after this deposit; `undefined` = it could not be asked. */
  readonly balanceFen: Fen | undefined;
  readonly number: string;
  readonly receiptNumber: string;
  readonly copy: number;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
}

export function depositSlip(slip: DepositSlip): PaperDocument {
  const { config, stay, balanceFen } = slip;
  const say = wording(slip.language);
  const own = wayWords(slip.language);
  // Afterwards nobody knows any more which bed it was.
  const bed = `${stay.ward} ${stay.bed}`.trim();
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(own('depositTitle'), { align: 'center', bold: true, size: 2 }),
      ...copyRows(slip),
      { kind: 'rule' },
      ...pair(say('name'), slip.maskedName),
      ...(slip.maskedProxy === undefined ? [] : pair(say('proxy'), slip.maskedProxy)),
      ...pair(own('inpatientNumber'), stay.inpatientNumber),
      ...pair(say('department'), stay.departmentName),
      ...(bed === '' ? [] : pair(own('bed'), bed)),
      { kind: 'rule' },
      ...lines(
        { zh: `${own('deposited').zh} ${formatYuan(slip.amountFen)}`, en: own('deposited').en },
        { bold: true, size: 2, align: 'center' },
      ),
      ...(balanceFen === undefined ? [] : pair(own('balance'), formatYuan(balanceFen), true)),
      ...lines(own('depositLine')),
      { kind: 'rule' },
      ...pair(say('settlementNumber'), spokenNumber(slip.number)),
      ...pair(say('receiptNumber'), slip.receiptNumber),
      ...pair(own('printedOn'), slip.printedAt),
      ...slipEnd(slip, slip.number),
    ],
  };
}
