/**
 * A guide, notice or page of 信息公开 on paper, with the number for its window when one was taken.
 *
 * One promise: it says the words of the page, all of them, with their source, day and edition, and nobody's name.
 */
import type { PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { GuideText, RegionProfile } from '../region/profile.ts';
import type { GuideTicket, Language } from '../screen/messages.ts';
import { large, lines, pair, wording } from './bilingual-rows.ts';
import { affairWords } from './complaint-slip.ts';

export interface GuideSlip {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly guide: GuideText;
  /** e.g. `zhejiang/1` */
  readonly version: string;
  readonly ticket: GuideTicket | undefined;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
}

export function guideSlip({ config, profile, language, guide, version, ticket, printedAt }: GuideSlip): PaperDocument {
  const say = wording(language);
  const own = affairWords(language);
  const inBoth = ({ zh, en }: { readonly zh: string; readonly en: string }) => ({
    zh,
    en: language === 'en' ? en : undefined,
  });
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...(ticket
        ? ([
            ...lines(own('windowTicket'), { align: 'center', bold: true }),
            { kind: 'text', text: ticket.number, align: 'center', bold: true, size: 4 },
            large(ticket.place),
            ...pair(own('waiting'), `${ticket.waitingBefore}`, true),
            { kind: 'rule' },
          ] as const)
        : []),
      ...lines(inBoth(guide.title), { align: 'center', bold: true, size: 2 }),
      { kind: 'rule' },
      ...guide.text.zh.flatMap((zh, place) => lines(inBoth({ zh, en: guide.text.en[place] ?? '' }))),
      { kind: 'rule' },
      ...(guide.source ? pair(own('source'), inBoth(guide.source)) : []),
      ...pair(own('updatedOn'), guide.updatedOn),
      ...pair(own('edition'), version),
      ...pair(own('printedOn'), printedAt),
      ...pair(say('complaint'), [...new Set(['12345', profile.texts.complaintPhone])].join(' ')),
      ...pair(own('email'), profile.texts.complaintEmail),
      ...pair(say('insurancePhone'), profile.texts.insurancePhone),
      ...pair(say('hospitalPhone'), config.hospital.phone),
      { kind: 'feed', lines: 1 },
      { kind: 'cut', mode: 'partial' },
    ],
  };
}
