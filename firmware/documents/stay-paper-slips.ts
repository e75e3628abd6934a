/**
 * 出院记录 and the e-invoice on paper: the record on A4 or on the slip, the invoice as the code that opens it (Z-8.4.6).
 *
 * Pure. One promise: the record's words are the hospital's own, all of them, and the code on the invoice's slip is the
 * hospital's link and nothing else.
 */
import type { PaperBlock, PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { DischargeRecord } from '../hospital/stay-papers.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Language } from '../screen/messages.ts';
import { lines, pair, wording } from './bilingual-rows.ts';
import { affairWords } from './complaint-slip.ts';
import { type GridLine, type GridPage, PAGE_CELLS, PAGE_LINES, wrap } from './page-grid.ts';
import { spokenNumber } from './spoken-number.ts';
import { zhAffairsPages } from './text/zh-affairs.ts';
import { wayWords } from './way-rows.ts';

export interface StayPaperFrame {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly maskedName: string;
  /** 代办人 (Y4-12b). */
  readonly maskedProxy?: string | undefined;
  readonly inpatientNumber: string;
  readonly settlementNumber: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
}

export function dischargeRecordSlip(frame: StayPaperFrame, record: DischargeRecord): PaperDocument {
  const own = affairWords(frame.language);
  return {
    blocks: [
      ...head(frame, 'recordTitle'),
      ...record.sections.flatMap(({ title, text }): readonly PaperBlock[] => [
        { kind: 'text', text: title, bold: true },
        { kind: 'text', text },
      ]),
      { kind: 'rule' },
      ...pair(own('writtenBy'), record.doctorName),
      ...pair(own('writtenAt'), record.writtenAt),
      ...tail(frame),
    ],
  };
}

export function invoiceSlip(frame: StayPaperFrame, link: string): PaperDocument {
  const own = affairWords(frame.language);
  return {
    blocks: [
      ...head(frame, 'invoiceTitle'),
      ...lines(own('invoiceLine')),
      { kind: 'feed', lines: 1 },
      { kind: 'qr', data: link },
      { kind: 'feed', lines: 1 },
      ...pair(wording(frame.language)('settlementNumber'), spokenNumber(frame.settlementNumber)),
      ...tail(frame),
    ],
  };
}

/** A4. */
export function dischargeRecordPages(frame: StayPaperFrame, record: DischargeRecord): readonly GridPage[] {
  const body = record.sections.flatMap(({ title, text }): readonly GridLine[] => [
    { kind: 'text', text: title, align: 'left', bold: true },
    ...text
      .split('\n')
      .flatMap((paragraph) => wrap(paragraph, PAGE_CELLS))
      .map((line): GridLine => ({ kind: 'text', text: line, align: 'left' })),
    { kind: 'text', text: '', align: 'left' },
  ]);
  const words = zhAffairsPages;
  const end: readonly GridLine[] = [
    { kind: 'rule' },
    { kind: 'text', text: `${words.writtenBy} ${record.doctorName}   ${record.writtenAt}`, align: 'left' },
  ];
  const top = (page: number, pages: number): readonly GridLine[] => [
    { kind: 'text', text: frame.config.hospital.institutionName, align: 'center', bold: true },
    { kind: 'text', text: words.recordTitle, align: 'center', bold: true },
    {
      kind: 'text',
      text: `${words.name} ${frame.maskedName}   ${words.inpatientNumber} ${frame.inpatientNumber}   ${words.printedAt} ${frame.printedAt}   ${words.page.replace('{page}', String(page)).replace('{pages}', String(pages))}`,
      align: 'left',
    },
    { kind: 'rule' },
  ];
  const room = PAGE_LINES - top(1, 1).length;
  const all = [...body, ...end];
  const parts = Array.from({ length: Math.ceil(all.length / room) }, (_, at) => all.slice(at * room, (at + 1) * room));
  return parts.map((part, at) => ({ columns: [], lines: [...top(at + 1, parts.length), ...part] }));
}

function head(frame: StayPaperFrame, title: 'recordTitle' | 'invoiceTitle'): readonly PaperBlock[] {
  const say = wording(frame.language);
  return [
    { kind: 'text', text: frame.config.hospital.institutionName, align: 'center', bold: true },
    ...lines(affairWords(frame.language)(title), { align: 'center', bold: true, size: 2 }),
    { kind: 'rule' },
    ...pair(say('name'), frame.maskedName),
    ...(frame.maskedProxy === undefined ? [] : pair(say('proxy'), frame.maskedProxy)),
    ...pair(wayWords(frame.language)('inpatientNumber'), frame.inpatientNumber),
    { kind: 'rule' },
  ];
}

function tail({ config, profile, language, printedAt }: StayPaperFrame): readonly PaperBlock[] {
  const say = wording(language);
  return [
    ...pair(wayWords(language)('printedOn'), printedAt),
    ...pair(say('complaint'), [...new Set(['12345', profile.texts.complaintPhone])].join(' ')),
    ...pair(say('hospitalPhone'), config.hospital.phone),
    { kind: 'cut', mode: 'partial' },
  ];
}
