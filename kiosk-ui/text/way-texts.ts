/** Sentences of the ways beside the outpatient's bill, as a type: part of the one table of the patient screen. */
import type {
  ChoiceQuestion,
  ComplaintAbout,
  DischargeTicks,
  JobName,
  MenuName,
  ResultLabel,
  ReturnOnScreen,
  ReturnRoute,
  StayOffer,
} from '../../firmware/screen/messages.ts';
import type { LookTexts } from './look-texts.ts';
import type { Titled } from './text-table.ts';

export interface WayTexts {
  readonly looks: LookTexts;
  /** What stands on a tile, and over the pages of its journey. */
  readonly jobs: Readonly<Record<JobName, string>>;
  readonly menu: Readonly<Record<'nothingToPay' | MenuName, Titled>>;
  readonly rateSkip: string;
  readonly choose: {
    readonly titles: Readonly<Record<ChoiceQuestion, string>>;
    /** Choices that the page has a word for, by id. */
    readonly words: {
      readonly notNeeded: string;
      readonly doctorChanged: string;
      readonly chargedByMistake: string;
      readonly another: string;
    } & Readonly<Record<'answer' | ComplaintAbout | 'newborn' | 'passport' | 'visitCard', string>>;
    readonly left: string;
    readonly insured: string;
    readonly off: {
      readonly blocked: string;
      readonly performed: string;
      readonly undone: string;
      readonly printedEnough: string;
    };
  };
  readonly refundLines: {
    readonly title: string;
    readonly line: string;
    readonly performed: string;
    readonly sum: string;
    readonly goOn: string;
  };
  readonly refund: {
    readonly title: string;
    readonly note: string;
    readonly oldOwn: string;
    readonly newOwn: string;
    readonly account: string;
    readonly back: string;
    readonly agree: string;
  };
  readonly stay: {
    readonly title: string;
    readonly admitted: string;
    readonly fees: string;
    readonly balance: string;
    readonly owes: string;
    readonly ticks: Readonly<Record<keyof DischargeTicks, { readonly there: string; readonly missing: string }>>;
    readonly waits: string;
    readonly offers: Readonly<Record<StayOffer, string>>;
  };
  readonly ticket: {
    readonly title: string;
    readonly waiting: string;
    readonly minutes: string;
  };
  readonly deposit: {
    readonly title: string;
    readonly yuan: string;
    readonly other: string;
    readonly typed: string;
    readonly limits: string;
    readonly pay: string;
    readonly clear: string;
  };
  /** On S-SPLIT of a stay. */
  readonly splitOfStay: {
    readonly deposit: string;
    readonly back: string;
    readonly rest: string;
    readonly even: string;
  };
  /** Where money goes back to, and how far it is. */
  readonly routes: Readonly<Record<ReturnRoute, string>>;
  readonly states: Readonly<Record<ReturnOnScreen['state'], string>>;
  readonly result: {
    readonly refunded: { readonly done: Titled; readonly underWay: Titled; readonly open: Titled };
    readonly deposited: Titled;
    readonly discharged: { readonly done: Titled; readonly underWay: Titled; readonly open: Titled };
    readonly labels: Readonly<Record<ResultLabel, string>>;
    readonly paper: {
      readonly printing: string;
      readonly ready: string;
      readonly unconfirmed: string;
      readonly none: string;
    };
  };
}
