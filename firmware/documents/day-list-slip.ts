/**
 * 住院一日清单: the charges of one day of a stay, kind by kind with subtotals, and their sum.
 *
 * One promise: it is no bill and asks for no money; its subtotals are sums of the lines that stand above them.
 */
import type { PaperBlock, PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { InpatientStay } from '../hospital/inpatient.ts';
import { type Fen, formatYuan } from '../money.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { DayGroup, Language } from '../screen/messages.ts';
import { lines, pair, type Words, wording } from './bilingual-rows.ts';
import { affairWords } from './complaint-slip.ts';
import { categoriesEn } from './text/en.ts';
import { categoriesZh } from './text/zh.ts';
import { wayWords } from './way-rows.ts';

export interface DayListSlip {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly maskedName: string;
  readonly stay: Pick<InpatientStay, 'inpatientNumber' | 'ward' | 'bed'>;
  /** yyyy-MM-dd */
  readonly day: string;
  readonly groups: readonly DayGroup[];
  readonly totalFen: Fen;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
}

export function dayListSlip(slip: DayListSlip): PaperDocument {
  const { config, profile, language, stay } = slip;
  const say = wording(language);
  const own = affairWords(language);
  const way = wayWords(language);
  const category = (code: string): Words => ({
    zh: categoriesZh[code] ?? code,
    en: language === 'en' ? categoriesEn[code] : undefined,
  });
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(own('dayListTitle'), { align: 'center', bold: true, size: 2 }),
      { kind: 'rule' },
      ...pair(say('name'), slip.maskedName),
      ...pair(way('inpatientNumber'), stay.inpatientNumber),
      ...pair(way('bed'), `${stay.ward} ${stay.bed}`),
      ...pair(own('day'), slip.day, true),
      { kind: 'rule' },
      ...slip.groups.flatMap((group): readonly PaperBlock[] => [
        ...pair(category(group.category), formatYuan(group.amountFen), true),
        ...group.lines.flatMap(({ name, quantity, amountFen }): readonly PaperBlock[] => [
          { kind: 'text', text: name },
          { kind: 'text', text: `${quantity}  ${formatYuan(amountFen)}`, align: 'right' },
        ]),
      ]),
      { kind: 'rule' },
      ...pair(say('total'), formatYuan(slip.totalFen), true),
      ...pair(way('printedOn'), slip.printedAt),
      ...pair(say('complaint'), [...new Set(['12345', profile.texts.complaintPhone])].join(' ')),
      ...pair(say('hospitalPhone'), config.hospital.phone),
      { kind: 'cut', mode: 'partial' },
    ],
  };
}
