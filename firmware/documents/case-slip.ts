/**
 * 问题处理单: what a patient takes to the desk when a bill was held: the case's number, what was seen, where to go.
 *
 * One promise: it says that nothing was charged, names no person, and a word of another list never stands on it as ours.
 */
import type { PaperBlock, PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Bill } from '../hospital/hospital-gateway.ts';
import { formatYuan } from '../money.ts';
import { type CaseReason, caseOffices } from '../region/offices.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Language } from '../screen/messages.ts';
import { large, lines, pair, type Words, wording } from './bilingual-rows.ts';
import { spokenNumber } from './spoken-number.ts';
import { caseEn, caseWordsEn, officesEn } from './text/en-cases.ts';
import { type CaseTextId, caseWordsZh, caseZh, officesZh } from './text/zh-cases.ts';

export interface CaseSlip {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly caseNumber: string;
  readonly reason: CaseReason;
  readonly staffCode: string;
  readonly bill: Bill;
  /** Lines that are meant; none = the whole bill. */
  readonly lineNumbers: readonly string[];
  /** `id` of the rule and edition of the pack. */
  readonly rule: string | undefined;
  readonly list: { readonly name: string; readonly day: string } | undefined;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
}

export function caseSlip(slip: CaseSlip): PaperDocument {
  const { bill, config, profile, reason, language } = slip;
  const english = language === 'en';
  const say = wording(language);
  const own = (id: CaseTextId): Words => ({ zh: caseWordsZh[id], en: english ? caseWordsEn[id] : undefined });
  const office = caseOffices[reason];
  const meant = bill.lines.filter(({ lineNumber }) => slip.lineNumbers.includes(lineNumber));
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(own('caseTitle'), { align: 'center', bold: true, size: 2 }),
      { kind: 'rule' },
      ...lines({ zh: caseZh[reason], en: english ? caseEn[reason] : undefined }, { bold: true }),
      ...lines(own('nothingCharged')),
      { kind: 'rule' },
      ...lines(say('nextStep')),
      large(officesZh[office]),
      ...(english ? [{ kind: 'text', text: officesEn[office] } as const] : []),
      ...(office === 'counter' ? [] : lines({ zh: `${own('orCounter').zh} ${config.hospital.helpWindow}` })),
      { kind: 'rule' },
      ...pair(own('caseNumber'), spokenNumber(slip.caseNumber), true),
      ...pair(own('billNumber'), bill.billId),
      ...pair(say('department'), bill.departmentName),
      ...pair(say('total'), formatYuan(bill.totalFen)),
      ...meant.flatMap(({ name, catalogueCode, quantity, unit, amountFen }): readonly PaperBlock[] => [
        { kind: 'text', text: name, bold: true },
        { kind: 'text', text: `${catalogueCode} ${quantity}${unit} ${formatYuan(amountFen)}` },
      ]),
      ...(slip.list ? pair(own('list'), `${slip.list.name} ${slip.list.day}`) : []),
      ...(slip.rule === undefined ? [] : pair(own('rule'), slip.rule)),
      ...pair(own('code'), slip.staffCode),
      ...pair(own('printedOn'), slip.printedAt),
      ...pair(say('insurancePhone'), profile.texts.insurancePhone),
      ...pair(say('hospitalPhone'), config.hospital.phone),
      { kind: 'feed', lines: 1 },
      { kind: 'cut', mode: 'partial' },
    ],
  };
}
