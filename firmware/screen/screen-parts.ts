/** What screens of the contract are made of; messages.ts gives all of it to the page. */

export interface BillCategory {
  /** `med_chrgitm_type`, e.g. `09` 西药费. */
  readonly category: string;
  readonly amountFen: number;
}

export interface BillOnScreen {
  readonly billId: string;
  readonly department: string;
  /** YYYY-MM-DD */
  readonly visitDate: string;
  readonly totalFen: number;
  readonly lineCount: number;
  readonly categories: readonly BillCategory[];
}

export interface ConsentItem {
  readonly name: string;
  readonly unitPriceFen: number;
  readonly quantity: string;
  readonly amountFen: number;
}

/** Who pays: 基本, 大病, 救助, 公务员, 大额, 企业补充, 其他, 医院, 个人账户, 共济, 自付. */
export type SplitPart =
  | 'basic'
  | 'seriousIllness'
  | 'assistance'
  | 'civilServant'
  | 'largeAmount'
  | 'enterprise'
  | 'other'
  | 'hospital'
  | 'account'
  | 'mutualAid'
  | 'own';

export interface SplitLine {
  readonly part: SplitPart;
  readonly amountFen: number;
}

/** What of the person's part the insurance never counts: above 医保支付标准, outside the list. */
export type UncoveredPart = 'overLimit' | 'outOfScope';

export interface UncoveredLine {
  readonly part: UncoveredPart;
  readonly amountFen: number;
}

export type PayMethod = 'phone';

/** 本人, 近亲属, 监护人 */
export type Signer = 'patient' | 'relative' | 'guardian';

/**
 * What the patient can still do after a refusal: settle 不用医保 by an explicit choice, take a number for the window, have
 * the bill kept for later under a number (补记账).
 */
export type RefusalOffer = 'ownExpense' | 'ticket' | 'park';

/** Who pays for an injury decides whether insurance does: 自己不小心, 工作中, 别人造成. */
export type InjuryCause = 'self' | 'work' | 'other';

/** A way to count this visit: `ordinary` 普通门诊, or a filed 门慢特病. */
export interface CareCategory {
  /** `opsp_dise_code`, or `ordinary`. */
  readonly code: string;
  /** As the centre has it; empty for `ordinary`. */
  readonly name: string;
}

/** Where money is; `cannotAsk`: this kiosk does not know, and the hospital cannot be asked now. */
export type MoneyOnScreen =
  | 'nothingTaken'
  | 'parked'
  | 'findingOut'
  | 'held'
  | 'kept'
  | 'goingBack'
  | 'returned'
  | 'atCashier'
  | 'withPerson'
  | 'closedByPerson'
  | 'cannotAsk';

/** What a refusal says beyond its reason. */
export interface Refusal {
  readonly reason: string;
  readonly staffCode: string;
  /** 问题处理单: its number, and whether it is coming out of the printer. */
  readonly slip?: { readonly number: string; readonly paper: 'printing' | 'ready' | 'none' };
  readonly offers?: readonly RefusalOffer[];
  /** What was last heard from the centre is so old that it does not count any more (SZ-277). */
  readonly knownMinutesAgo?: number;
  /** The queue number that was taken here. */
  readonly ticket?: string;
}

/** What helps most; `lookHere` before anything was seen. */
export type FaceGuidance =
  | 'lookHere'
  | 'good'
  | 'covered'
  | 'noFace'
  | 'twoFaces'
  | 'tooFar'
  | 'tooDark'
  | 'tooBright'
  | 'turnedAway'
  | 'blurred';
/** The person's own left or right. */
export type FaceTurn = 'none' | 'left' | 'right';
