/**
 * 人卡相符确认单: that somebody of the staff looked at person and card, for the ward's own file and signature (SZ-213b).
 *
 * One promise: it names the staff by number and the patient masked, and the kiosk keeps no copy of it.
 */
import type { PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Bill } from '../hospital/bill.ts';
import { lines, pair } from './bilingual-rows.ts';
import { affairWords } from './complaint-slip.ts';
import { wayWords } from './way-rows.ts';

export interface PersonCheckedSlip {
  readonly config: KioskConfig;
  readonly maskedName: string;
  readonly bill: Pick<Bill, 'outpatientNumber' | 'departmentName'>;
  readonly staffNumber: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly at: string;
}

/** In Chinese only: it is the ward's. */
export function personCheckedSlip({ config, maskedName, bill, staffNumber, at }: PersonCheckedSlip): PaperDocument {
  const own = affairWords('zh');
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(own('checkedTitle'), { align: 'center', bold: true, size: 2 }),
      { kind: 'rule' },
      ...pair(own('checkedPatient'), maskedName),
      ...pair(wayWords('zh')('inpatientNumber'), bill.outpatientNumber),
      ...pair(own('checkedWard'), bill.departmentName),
      ...pair(own('checkedBy'), staffNumber, true),
      ...pair(own('checkedAt'), at),
      ...pair(own('kiosk'), config.kioskId),
      { kind: 'rule' },
      ...lines(own('checkedLine')),
      { kind: 'feed', lines: 2 },
      ...lines(own('checkedSign')),
      { kind: 'feed', lines: 2 },
      { kind: 'cut', mode: 'partial' },
    ],
  };
}
