/** Sentences of one's own affairs beside paying, as a type: part of the one table of the patient screen. */
import type {
  GuideTopicName,
  RecordLabel,
  StaffProblem,
  StaffPurpose,
  StayPaper,
  TypedNumber,
} from '../../firmware/screen/messages.ts';
import type { Titled } from './text-table.ts';

/** Reasons of these ways; text-table.ts has the others. */
export type AffairReasonKey =
  | 'nothingToReprint'
  | 'noInsurance'
  | 'numberDiffers'
  | 'ownCardNeeded'
  | 'proxyNotAuthorised'
  | 'proxyExpired'
  | 'proxyIsPatient';

export interface AffairTexts {
  readonly proxy: { readonly head: string; readonly patient: string; readonly proxy: string };
  readonly dayList: {
    readonly print: string;
    readonly earlier: string;
    readonly later: string;
    readonly phone: string;
    readonly none: string;
    readonly paper: Readonly<Record<'can' | 'printing' | 'ready' | 'none', string>>;
  };
  /** 工作人员钥匙 */
  readonly staff: {
    readonly insert: Readonly<Record<StaffPurpose, Titled>>;
    readonly pin: Readonly<Record<StaffPurpose, string>>;
    readonly problems: Readonly<Record<Exclude<StaffProblem, 'none'>, string>>;
    readonly without: string;
  };
  /** Somebody without insurance. */
  readonly withoutCard: {
    /** On the page of the three pictures. */
    readonly way: string;
    readonly ask: Readonly<Record<TypedNumber, string>>;
    readonly ok: string;
    readonly back: string;
  };
  /** 出院单据 */
  readonly papers: {
    readonly title: string;
    readonly names: Readonly<Record<StayPaper | 'dayList', string>>;
    readonly open: string;
    readonly taken: string;
    /** Where it comes from when it is not made yet. */
    readonly later: Readonly<Record<StayPaper, string>>;
    readonly doPrint: string;
    readonly printAgain: string;
    readonly print: Readonly<Record<'printing' | 'ready' | 'none', string>>;
    readonly scan: string;
    readonly atWindow: string;
    readonly back: string;
    /** On the page before. */
    readonly next: string;
  };
  /** Where else paper comes from. */
  readonly noPaperAct: string;
  readonly records: {
    readonly closed: string;
    readonly open: string;
    readonly show: string;
    readonly hide: string;
    readonly labels: Readonly<Record<RecordLabel, string>>;
    readonly active: string;
    readonly paused: string;
    readonly none: string;
    readonly unknown: string;
    readonly until: string;
  };
  readonly guides: {
    readonly updated: string;
    readonly title: string;
    readonly notice: string;
    readonly edition: string;
    readonly back: string;
    readonly topics: Readonly<Record<GuideTopicName, string>>;
    readonly toList: string;
    readonly source: string;
    readonly print: string;
    readonly paper: Readonly<Record<'can' | 'printing' | 'ready' | 'none', string>>;
    readonly ticket: string;
    readonly place: string;
    readonly together: string;
    readonly shut: string;
    /** Where the list of services is, beside the name of the station. */
    readonly list: string;
  };
  readonly complaint: {
    readonly ask: string;
    readonly answerBy: string;
    readonly taken: Titled;
    readonly received: Titled;
    readonly answered: Titled;
    readonly paper: Readonly<Record<'printing' | 'ready' | 'none' | 'notAsked', string>>;
  };
  readonly helpCall: Readonly<Record<'none' | 'calling' | 'coming' | 'unanswered', string>>;
  readonly reprint: {
    readonly printing: string;
    readonly ready: string;
    readonly unconfirmed: string;
    readonly none: string;
    readonly copy: string;
    readonly invoice: string;
    readonly another: string;
  };
}
