/**
 * 投诉建议受理单: the number under which a complaint is answered, and who else can be told.
 *
 * One promise: it names nobody; its number opens the answer and nothing else.
 */
import type { PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { ComplaintAbout, Language } from '../screen/messages.ts';
import { large, lines, pair, type Words, wording } from './bilingual-rows.ts';
import { spokenNumber } from './spoken-number.ts';
import { affairsEn, complaintsEn } from './text/en-affairs.ts';
import { type AffairTextId, affairsZh, complaintsZh } from './text/zh-affairs.ts';

export interface ComplaintSlip {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly number: string;
  readonly about: ComplaintAbout;
  /** yyyy-MM-dd HH:mm:ss */
  readonly at: string;
  /** Who answers, and until which day, yyyy-MM-dd. */
  readonly office: { readonly zh: string; readonly en: string };
  readonly answerBy: string;
}

export function complaintSlip({
  config,
  profile,
  language,
  number,
  about,
  at,
  office,
  answerBy,
}: ComplaintSlip): PaperDocument {
  const say = wording(language);
  const own = affairWords(language);
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(own('complaintTitle'), { align: 'center', bold: true, size: 2 }),
      { kind: 'rule' },
      ...lines(own('complaintNumber')),
      large(spokenNumber(number)),
      { kind: 'rule' },
      ...pair(own('about'), { zh: complaintsZh[about], en: language === 'en' ? complaintsEn[about] : undefined }),
      ...pair(own('takenAt'), at),
      ...pair(own('owner'), { zh: office.zh, en: language === 'en' ? office.en : undefined }),
      ...pair(own('answerBy'), answerBy, true),
      ...pair(own('kiosk'), config.kioskId),
      ...lines(own('complaintLine')),
      { kind: 'rule' },
      ...pair(say('complaint'), [...new Set(['12345', profile.texts.complaintPhone])].join(' ')),
      ...pair(say('insurancePhone'), profile.texts.insurancePhone),
      ...pair(say('hospitalPhone'), config.hospital.phone),
      { kind: 'feed', lines: 1 },
      { kind: 'cut', mode: 'partial' },
    ],
  };
}

export function affairWords(language: Language): (id: AffairTextId) => Words {
  return (id) => ({ zh: affairsZh[id], en: language === 'en' ? affairsEn[id] : undefined });
}
