/**
 * The rules of one place, as data (地区规则包).
 *
 * Standards differ by region, so thresholds, orders, paths and texts are read
 * from a signed profile and never written in code. Money is integer fen, times
 * are ms unless the name says otherwise.
 */
import type { TicketOffice } from '../hospital/queue-tickets.ts';

export interface ConsentRule {
  /** A non-covered unit price from which consent is asked (Z-6.2.4: 20000 fen). 0 = any amount (N-15, SZ-255). */
  readonly unitPriceFen: number;
  /** A running sum of cheaper non-covered items from which consent is asked. */
  readonly sumFen: number;
  /** Whether exactly the threshold asks: "以上" is inclusive by default. */
  readonly comparison: 'atLeast' | 'moreThan';
  readonly signature: 'none' | 'required';
  /** Written notice: a copy of what was agreed to is printed (Y3-14a). */
  readonly printedCopy?: boolean;
  readonly signers: readonly ('patient' | 'relative' | 'guardian')[];
  /** 急诊抢救: skipped with a note. */
  readonly emergencyExempt: boolean;
}

export interface InsuranceRules {
  /** One REST path per transaction under `/fsi/api`, or one entry for all. */
  readonly paths: 'rest' | 'single';
  readonly singlePath: string;
  readonly signer: 'tif' | 'none';
  /** `infver` */
  readonly interfaceVersion: string;
  /** `recer_sys_code` */
  readonly receiverSystemCode: string;
  /** `offSiteSettleMs`: the settling calls of a person insured elsewhere (异地); two minutes when left out. */
  readonly timeouts: { readonly settleMs: number; readonly offSiteSettleMs?: number; readonly otherMs: number };
  /** Who did 2201, 2203A, 2204 before the patient came. */
  readonly visitDrivenBy: 'hospital' | 'kiosk';
  /** 2207 with password check, or 2207A without: only the path differs. */
  readonly settlePath: '2207' | '2207A';
  /** How a lost 2207 can be looked up: `none` goes straight to reversal. */
  readonly settlementQuery: '5201-then-5203' | '5203-by-visit' | 'none';
  /** Between two reversals of a settlement that the platform did not know, ms, ≥ 120000. */
  readonly quarantineMs: number;
  /** `insutype` in order of preference. */
  readonly insuranceTypes: readonly string[];
  /** Life of an ecToken after decoding, ms. */
  readonly credentialLifeMs: number;
  /** Age beyond which a stored eligibility answer counts as unknown (SZ-277), ms. */
  readonly eligibilityLifeMs: number;
  /** Insurance settles only while the calendars are no further apart than this, ms; 5 s when left out (product.md 2.9). */
  readonly clockLimitMs?: number;
  /** A social-security card of version 3.x: read EF06 only after external authentication. */
  readonly cardThreeAuthentication: 'none' | 'plugin';
}

export interface MoneyRules {
  readonly order: 'payThenSettle' | 'settleThenPay';
  /** Life of one payment order (T-PAYQR), ms. */
  readonly payOrderLifeMs: number;
  readonly useAccountByDefault: boolean;
  /** The personal account may pay what stands outside the lists (SZ-207); it may not when left out. */
  readonly accountPaysOutOfScope?: boolean;
  /** Within so many days money that is on its way back is there, as paper promises it; 7 when left out. */
  readonly backWithinDays?: number;
  /** Accounts into which hospitals of this place are paid, as filed (Y3-11a, N-40); not looked at when left out. */
  readonly merchants?: readonly { readonly institutionCode: string; readonly merchantId: string }[];
}

/** What is looked at before money, by the rules of the place. */
export interface CheckRules {
  /** When 追溯码 must be there (SZ-273): a line without one is held, or settles and is uploaded when dispensed. */
  readonly traceCodes: 'atSettlement' | 'atDispensing';
  /** 5301: who has a 门慢特病 filing is asked which category a visit counts for (Z-8.3.4). */
  readonly chronicFilings: boolean;
  /** 5302: a trauma bill needs a filing at the centre (Z-8.1.8). */
  readonly injuryFiling: boolean;
  /** 3101 before fees go to the centre, 3102 between pre-settlement and settlement (SZ-275). */
  readonly reviews: 'none' | 'before' | 'beforeAndDuring';
  /** No insurance while the kiosk's camera is covered or away (SZ-268b); left out: the camera may be what it is. */
  readonly camera?: 'mustSee';
  /** 智能核卡 beside what the hospital marks: at the end of a stay, and from this sum of the open bills on. */
  readonly person?: {
    readonly inpatient?: boolean;
    readonly fromFen?: number;
    /** 人卡相符 by a staff key is printed for the ward to sign and keep. */
    readonly sheet?: boolean;
  };
}

/** Uploads and notices; what is left out is as firmware/upload/upload-rules.ts has it. */
export interface UploadProfile {
  /** Silence of the insurance line that is told to the authority (SZ-278), ms. */
  readonly noticeAfterMs?: number;
  readonly followUpEveryMs?: number;
  /** A first message that was not taken for so long is told by telephone, ms. */
  readonly telephoneAfterMs?: number;
  /** Definite refusals of one upload after which a person looks. */
  readonly refusalsBeforePerson?: number;
  /** What the kiosk sends after a settlement; everything where it drives the visit, nothing where the hospital does. */
  readonly kioskSends?: readonly ('settlementList' | 'selfPayVisits' | 'traceCodes' | 'goods' | 'eInvoice')[];
  /** Settled medicine whose codes have not come for so long raises an alarm, ms. */
  readonly traceLimitMs?: number;
  /** Delivered uploads keep their sealed part for so long, ms. */
  readonly keepSealedMs?: number;
}

/** Timers of product.md 2.0, ms: standard and elderly. */
export interface TimerPair {
  readonly standardMs: number;
  readonly elderlyMs: number;
}

export interface TimerRules {
  readonly read: TimerPair;
  readonly idle: TimerPair;
  readonly idleWarning: TimerPair;
  readonly who: TimerPair;
  readonly done: TimerPair;
  readonly takeCard: TimerPair;
  /** T-LEFT: the presence sensor sees nobody for so long, then the page is covered; 8 and 15 s when left out. */
  readonly left?: TimerPair;
  /** So long under the cover before the session ends; 10 and 20 s when left out. */
  readonly leftWarning?: TimerPair;
}

/** Published prices on paper; what is left out is as firmware/catalogue/price-room.ts has it. */
export interface PriceProfile {
  /** Items that one kiosk prints within an hour, to save paper. */
  readonly printedPerHour?: number;
}

/** 补打; what is left out is as firmware/journeys/reprint.ts has it. */
export interface ReprintProfile {
  /** Settlements of so many days back can be had again. */
  readonly days?: number;
  /** Copies of one slip on one day, over all kiosks. */
  readonly copiesPerDay?: number;
}

/** Pages that stand together behind one row of the list: 信息公开, 住院须知. */
export const GUIDE_TOPICS = ['open', 'inpatient'] as const;
export type GuideTopic = (typeof GUIDE_TOPICS)[number];

/** 信息公开: which pages there have to be, and how old one may be. */
export interface InformationProfile {
  /** 信息公开目录: ids of guides; a profile that lacks one of them is none (Z-8.2.3.1). */
  readonly catalogue: readonly string[];
  /** A page that was not looked after for so many days is told to the engineers (Z-8.2.3.2). */
  readonly maxAgeDays: number;
}

/** 医保服务e站: its name and the official account, as the place wants them on the first page (SZ-110). */
export interface StationProfile {
  readonly name: { readonly zh: string; readonly en: string };
  /** What the QR code of the official account says. */
  readonly account: string;
  readonly accountName: { readonly zh: string; readonly en: string };
}

/** 投诉建议, questions: who answers, and within how many days; the insurance office within 15 when left out. */
export interface ComplaintProfile {
  readonly office: { readonly zh: string; readonly en: string };
  readonly replyDays: number;
}

/** Something to read at the kiosk, in both languages; one paragraph a text. */
export interface GuideText {
  /** Small letters and digits. */
  readonly id: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly text: { readonly zh: readonly string[]; readonly en: readonly string[] };
  /** Behind which row it stands; on the first list when left out. */
  readonly topic?: GuideTopic;
  /** 来源: who wrote and published it. */
  readonly source?: { readonly zh: string; readonly en: string };
  /** SHA-256, hex, of the published Chinese text (title and paragraphs, a line each): the same words online and here. */
  readonly digest?: string;
  /** The window that sees to this: a number for it can be taken here. */
  readonly window?: TicketOffice;
  /** yyyy-MM-dd */
  readonly updatedOn: string;
  /** 公告: shown from and until these days, both counted; a guide has neither. */
  readonly from?: string;
  readonly until?: string;
}

export interface RegionProfile {
  /** e.g. `zhejiang` */
  readonly id: string;
  /** Grows with each edition. */
  readonly version: number;
  readonly title: { readonly zh: string; readonly en: string };
  readonly consent: ConsentRule;
  readonly insurance: InsuranceRules;
  readonly money: MoneyRules;
  readonly checks: CheckRules;
  readonly timers: TimerRules;
  readonly upload?: UploadProfile;
  readonly prices?: PriceProfile;
  readonly reprint?: ReprintProfile;
  /** 办事指南 */
  readonly guides?: readonly GuideText[];
  readonly information?: InformationProfile;
  readonly station?: StationProfile;
  readonly complaints?: ComplaintProfile;
  /** 公告 */
  readonly notices?: readonly GuideText[];
  /** The dialect that is offered beside Mandarin (4.8), where its voice is installed. */
  readonly voice?: { readonly dialect: 'yue' };
  readonly texts: {
    /** 医疗保障定点医疗机构; shown only while designated. */
    readonly plate: string;
    /** 中国医保 一生守护 */
    readonly slogan: string;
    readonly complaintPhone: string;
    /** 投诉邮箱 (SZ-324). */
    readonly complaintEmail: string;
    readonly insurancePhone: string;
  };
  /** Calendar years that settlements and slips are kept (SZ-318: ≥ 2). */
  readonly retentionYears: number;
}
