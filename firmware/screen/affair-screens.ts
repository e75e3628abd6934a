/**
 * Screens of one's own affairs beside paying: papers once more, what the insurance knows, a ward's day, guides, complaints.
 *
 * Part of the contract in messages.ts, under its rules: masked already, ids and values, never sentences.
 */
import type { CardHint } from './screen-parts.ts';

/** What 我的医保 says: 参保, 账户余额, 门慢特病备案, 在院, 定点. */
export type RecordLabel = 'insurance' | 'balance' | 'chronic' | 'inHospital' | 'designated';

/** One value of a record, as it may be shown. */
export type RecordValue =
  | { readonly kind: 'insurance'; readonly insuranceType: string; readonly active: boolean }
  | { readonly kind: 'money'; readonly amountFen: number }
  /** In the centre's own words, with its last day where it ends. */
  | { readonly kind: 'text'; readonly text: string; readonly until: string | undefined }
  /** There is none, or it cannot be asked now. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

export interface RecordRow {
  readonly label: RecordLabel;
  /** Nothing while the eye is closed: what is not shown never leaves the firmware. */
  readonly values: readonly RecordValue[];
}

/** One kind of fee of a day in hospital, with its lines. */
export interface DayGroup {
  /** `med_chrgitm_type` */
  readonly category: string;
  readonly amountFen: number;
  readonly lines: readonly { readonly name: string; readonly quantity: string; readonly amountFen: number }[];
}

/** 出院单据: 费用清单, 电子票据, 出院记录 (Z-8.4.6). */
export const STAY_PAPERS = ['feeList', 'invoice', 'dischargeRecord'] as const;
export type StayPaper = (typeof STAY_PAPERS)[number];

export interface StayPaperRow {
  readonly paper: StayPaper;
  /** `later`: the hospital has not made it yet. */
  readonly state: 'open' | 'taken' | 'later';
}

/** In both languages, so that the reader may change it on the page. */
export interface BothLanguages<Text> {
  readonly zh: Text;
  readonly en: Text;
}

/** Name and official account of a service station, as the place wants them shown. */
export interface StationOnScreen {
  readonly name: BothLanguages<string>;
  /** Text of its QR code. */
  readonly account: string;
  readonly accountName: BothLanguages<string>;
}

/** Pages behind one row: 信息公开, 住院须知. */
export type GuideTopicName = 'open' | 'inpatient';

/** 办事指南 or 公告. */
export interface GuideEntry {
  readonly id: string;
  readonly kind: 'guide' | 'notice';
  readonly title: BothLanguages<string>;
  /** yyyy-MM-dd of its last change. */
  readonly updatedOn: string;
}

/** A row that opens the rows of its topic. */
export interface GuideTopicRow {
  readonly id: `topic.${GuideTopicName}`;
  readonly kind: 'topic';
  readonly topic: GuideTopicName;
}

/** A number that was taken for the window that sees to it. */
export interface GuideTicket {
  readonly number: string;
  readonly place: string;
  readonly waitingBefore: number;
  /** The same number was there already: this matter was put beside it (一窗通办). */
  readonly together: boolean;
}

/** What a complaint is about; `question`: something that nobody could answer on the spot (SZ-105). */
export const COMPLAINTS = ['question', 'attitude', 'fee', 'waiting', 'privacy', 'machine', 'other'] as const;
export type ComplaintAbout = (typeof COMPLAINTS)[number];

export type AffairScreen =
  /** 补打: one slip once more, with the e-invoice's code beside it. */
  | ({
      readonly name: 'S-REPRINT';
      readonly department: string;
      /** yyyy-MM-dd */
      readonly settledOn: string;
      readonly totalFen: number;
      readonly number: string;
      /** Which copy comes out; absent until it is known. */
      readonly copy: number | undefined;
      readonly paper: 'printing' | 'ready' | 'unconfirmed' | 'none';
      /** Why there is no paper; empty otherwise. */
      readonly problem: string;
      /** Text of the QR that shows the e-invoice (电子票据) on a phone. */
      readonly invoiceLink: string | undefined;
      /** There are other slips to choose from. */
      readonly more: boolean;
    } & CardHint)
  /** 我的医保: closed until the eye is touched, and closed again after a moment. */
  | ({
      readonly name: 'S-RECORDS';
      readonly maskedName: string;
      readonly open: boolean;
      readonly rows: readonly RecordRow[];
    } & CardHint)
  /** 一日清单: what one day in hospital cost, kind by kind. */
  | ({
      readonly name: 'S-DAY-LIST';
      readonly maskedName: string;
      /** yyyy-MM-dd */
      readonly day: string;
      readonly hasEarlier: boolean;
      readonly hasLater: boolean;
      readonly groups: readonly DayGroup[];
      readonly totalFen: number;
      readonly paper: 'can' | 'printing' | 'ready' | 'none';
      /** It can be had on a phone, too. */
      readonly phone: boolean;
    } & CardHint)
  /** 出院单据: all three, and which of them were taken. */
  | ({ readonly name: 'S-PAPERS'; readonly maskedName: string; readonly papers: readonly StayPaperRow[] } & CardHint)
  /** One of them: its code for the phone, its print. */
  | ({
      readonly name: 'S-PAPER';
      readonly paper: StayPaper | 'dayList';
      /** Text of the QR that shows it on a phone; holds neither name nor number of the person. */
      readonly code: string | undefined;
      readonly print: 'can' | 'printing' | 'ready' | 'none' | 'cannot';
    } & CardHint)
  /** 办事指南 and 公告: what there is to read. */
  | {
      readonly name: 'S-GUIDES';
      readonly of: GuideTopicName | 'all';
      readonly entries: readonly (GuideEntry | GuideTopicRow)[];
    }
  | {
      readonly name: 'S-GUIDE';
      readonly entry: GuideEntry;
      readonly text: BothLanguages<readonly string[]>;
      /** Who wrote it, where the profile says so. */
      readonly source: BothLanguages<string> | undefined;
      /** Edition of the signed profile that it stands in. */
      readonly version: string;
      readonly paper: 'can' | 'printing' | 'ready' | 'none';
      /** A number for the window can be had; `shut`: it gives none now. */
      readonly window: 'none' | 'open' | 'shut';
      readonly ticket: GuideTicket | undefined;
    }
  /** 投诉建议: the number under which it is answered, or what became of it. */
  | {
      readonly name: 'S-COMPLAINT';
      readonly number: string;
      readonly about: ComplaintAbout | 'unknown';
      readonly state: 'taken' | 'received' | 'answered';
      /** The hospital's own words. */
      readonly answer: string;
      /** yyyy-MM-dd until when it is answered, as the place promises it; absent once it is. */
      readonly answerBy?: string | undefined;
      readonly paper: 'printing' | 'ready' | 'none' | 'notAsked';
    };
