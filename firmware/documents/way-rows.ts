/** What the slips beside the outpatient's share: refund, deposit, discharge, queue ticket. */
import type { PaperBlock } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import { parsePlatformTime, platformDate } from '../insurance/platform-time.ts';
import { formatYuan } from '../money.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Language } from '../screen/messages.ts';
import type { ReturnView } from '../settlement/settlements.ts';
import { lines, pair, type Words, wording } from './bilingual-rows.ts';
import { enWays } from './text/en-ways.ts';
import { type WayTextId, zhWays } from './text/zh-ways.ts';

export function wayWords(language: Language): (id: WayTextId) => Words {
  return (id) => ({ zh: zhWays[id], en: language === 'en' ? enWays[id] : undefined });
}

/** What a profile does not say. */
const BACK_WITHIN_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * The day that a slip promises for what is still open (product.md 2.7), yyyy-MM-dd.
 *
 * @param printedAt yyyy-MM-dd HH:mm:ss
 */
export function promisedDay({ money }: Pick<RegionProfile, 'money'>, printedAt: string): string | undefined {
  const atMs = parsePlatformTime(printedAt);
  return atMs === undefined ? undefined : platformDate(atMs + (money.backWithinDays ?? BACK_WITHIN_DAYS) * DAY_MS);
}

/** One way back: where to and how much, and under it how far it is and until when it is done. */
export function wayRows(own: (id: WayTextId) => Words, promised: string | undefined) {
  return ({ by, amountFen, state }: ReturnView): readonly PaperBlock[] => [
    ...pair(own(by), formatYuan(amountFen), true),
    ...lines(own(state)),
    // A counter that pays at once needs no day.
    ...(promised !== undefined && state === 'underWay' ? pair(own('backBy'), promised, true) : []),
    ...(promised !== undefined && state === 'refused' ? pair(own('answerBy'), promised, true) : []),
  ];
}

interface SlipFrame {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
}

/** The code that finds the slip again, whom to ask, and the cut. */
export function slipEnd({ config, profile, language }: SlipFrame, number: string): readonly PaperBlock[] {
  const say = wording(language);
  return [
    { kind: 'feed', lines: 1 },
    { kind: 'qr', data: `yizhan:slip:${number}` },
    ...lines(say('keepSlip'), { align: 'center' }),
    { kind: 'feed', lines: 1 },
    ...pair(say('complaint'), [...new Set(['12345', profile.texts.complaintPhone])].join(' ')),
    ...pair(say('insurancePhone'), profile.texts.insurancePhone),
    ...pair(say('hospitalPhone'), config.hospital.phone),
    { kind: 'cut', mode: 'partial' },
  ];
}
