/**
 * 退费凭条: what went back, what stays, and each way back with its own state at the moment of printing (Z-6.2.3).
 *
 * One promise: it never says that the money is back while a part of it is not; such a part says where it is.
 */
import type { PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { RefundBill } from '../hospital/bill.ts';
import { type Fen, formatYuan } from '../money.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Language } from '../screen/messages.ts';
import type { ReturnView } from '../settlement/settlements.ts';
import { lines, pair, wording } from './bilingual-rows.ts';
import { copyRows } from './copy-mark.ts';
import { spokenNumber } from './spoken-number.ts';
import { promisedDay, slipEnd, wayRows, wayWords } from './way-rows.ts';

export interface RefundSlip {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly maskedName: string;
  /** 代办人 (Y4-12b). */
  readonly maskedProxy?: string | undefined;
  readonly bill: RefundBill;
  readonly number: string;
  readonly receiptNumber: string;
  readonly returns: readonly ReturnView[];
  /** The own part that stays. */
  readonly ownFen: Fen;
  readonly backFen: Fen;
  /** Back to the personal account (个人账户). */
  readonly accountBackFen: Fen;
  readonly copy: number;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
}

export function refundSlip(slip: RefundSlip): PaperDocument {
  const { bill, config, returns } = slip;
  const { former } = bill.refund;
  const say = wording(slip.language);
  const own = wayWords(slip.language);
  const open = returns.some(({ state }) => state !== 'done');
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(own('refundTitle'), { align: 'center', bold: true, size: 2 }),
      ...copyRows(slip),
      { kind: 'rule' },
      ...pair(say('name'), slip.maskedName),
      ...(slip.maskedProxy === undefined ? [] : pair(say('proxy'), slip.maskedProxy)),
      ...pair(say('department'), bill.departmentName),
      ...pair(own('undone'), spokenNumber(former.settlementNumber)),
      { kind: 'rule' },
      ...pair(own('oldOwn'), formatYuan(former.ownFen)),
      ...pair(own('newOwn'), formatYuan(slip.ownFen)),
      ...lines(
        { zh: `${own('back').zh} ${formatYuan(slip.backFen)}`, en: own('back').en },
        { bold: true, size: 2, align: 'center' },
      ),
      { kind: 'rule' },
      ...returns.flatMap(wayRows(own, promisedDay(slip.profile, slip.printedAt))),
      ...(slip.accountBackFen > 0 ? pair(own('accountBack'), formatYuan(slip.accountBackFen), true) : []),
      ...(open ? lines(own('stillOpen'), { bold: true }) : []),
      { kind: 'rule' },
      ...pair(say('settlementNumber'), spokenNumber(slip.number)),
      ...pair(say('receiptNumber'), slip.receiptNumber),
      ...pair(own('printedOn'), slip.printedAt),
      ...slipEnd(slip, slip.number),
    ],
  };
}
