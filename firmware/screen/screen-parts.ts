/** What screens of the contract are made of; messages.ts gives all of it to the page. */

/** `removeCard`: the card has been read and may leave now (card-out-early rule). */
export interface CardHint {
  readonly removeCard: boolean;
}

/** What a tile starts. */
export const JOURNEYS = [
  'settleOutpatient',
  'registration',
  'inpatient',
  'refund',
  'reprint',
  'records',
  'guides',
  'complaint',
  'proxy',
] as const;
export type JourneyName = (typeof JOURNEYS)[number];
/** A tile that opens other tiles: 查询打印, 退费/更多. */
export const MENUS = ['papers', 'more'] as const;
export type MenuName = (typeof MENUS)[number];
/** A tile; "where is my money" is also asked on its own page again. */
export type JobName = JourneyName | 'findMoney' | MenuName;

/** 亲友代办: for whom, and who does it. */
export interface ActingFor {
  readonly maskedPatient: string;
  readonly maskedProxy: string;
}

/** What is asked on S-CHOOSE. */
export type ChoiceQuestion =
  | 'refundOf'
  | 'refundReason'
  | 'appointment'
  | 'department'
  | 'doctor'
  | 'reprintOf'
  | 'complaintAbout'
  | 'withoutCard';

/** 人卡相符, or the paper of a proxy that nobody registered. */
export type StaffPurpose = 'personMatches' | 'paperProxy';
export type StaffProblem = 'none' | 'away' | 'unknown' | 'pinWrong';
/** What is typed on S-TYPE: letters and digits, or a day. */
export type TypedNumber = 'visitCard' | 'newborn' | 'passport' | 'birthday';

/** How money goes back: to a phone, to a bank card, by hand at the cashier. */
export type ReturnRoute = 'code' | 'card' | 'cashier';

/** Who is asked, and for what, while the patient waits. */
export type BusyWork =
  | 'readingCard'
  | 'readingIdCard'
  | 'identifying'
  | 'findingBills'
  | 'calculating'
  | 'preparingPayment'
  | 'preparingRefund'
  | 'findingMoney'
  | 'findingPapers'
  | 'findingRecords'
  | 'findingAnswer';

/** One way back. `refused`: a person looks after it. */
export interface ReturnOnScreen {
  readonly by: ReturnRoute;
  readonly amountFen: number;
  readonly state: 'planned' | 'underWay' | 'done' | 'atCashier' | 'refused';
}

/** What an amount of S-RESULT is. */
export type ResultLabel = 'back' | 'accountBack' | 'ownAfter' | 'deposited' | 'balance' | 'own' | 'deposit' | 'paid';

export interface ResultAmount {
  readonly label: ResultLabel;
  readonly amountFen: number;
}

/** What S-RESULT says first: the one amount that decides, then the others. */
export interface ResultOnScreen {
  readonly what: 'refunded' | 'deposited' | 'discharged';
  readonly big: ResultAmount;
  readonly amounts: readonly ResultAmount[];
  /** 下一步, from the hospital; empty when it says none. */
  readonly nextStep: string;
  /** The papers of the stay come after this page. */
  readonly papersNext?: true;
}

/** Deposits (预缴金) against the own part of a stay. */
export interface DepositOnScreen {
  readonly depositFen: number;
  readonly backFen: number;
  readonly ways: readonly ReturnOnScreen[];
}

/** What can be done about a stay now. */
export type StayOffer = 'deposit' | 'discharge' | 'dailyList';

/** What a discharge that is ordered needs. */
export interface DischargeTicks {
  readonly ordered: boolean;
  readonly feesPosted: boolean;
  readonly coded: boolean;
  readonly undisputed: boolean;
}

/** A line of a settled bill that may go back. */
export interface LineToReturn {
  readonly id: string;
  readonly name: string;
  readonly quantity: string;
  readonly amountFen: number;
  /** Goes back as it stands now. */
  readonly taken: boolean;
  readonly off?: 'performed';
}

export interface Choice {
  readonly id: string;
  /** In the hospital's own words; empty where the page has a word for the id. */
  readonly title: string;
  /** yyyy-MM-dd */
  readonly day?: string;
  readonly amountFen?: number;
  /** Under the title, in the hospital's own words. */
  readonly note?: string;
  /** Numbers of a clinic that are left. */
  readonly left?: number;
  /** 医保医师 */
  readonly insured?: boolean;
  /** Why it cannot be chosen. */
  readonly off?: 'blocked' | 'performed' | 'undone' | 'printedEnough';
}

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

/** Who pays: 基本, 大病, 救助, 公务员, 大额, 企业补充, 商保, 其他, 医院, 个人账户, 共济, 自付. */
export type SplitPart =
  | 'basic'
  | 'seriousIllness'
  | 'assistance'
  | 'civilServant'
  | 'largeAmount'
  | 'enterprise'
  | 'commercial'
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

/** Where a person is, always shown. */
export interface HelpLine {
  readonly window: string;
  readonly hospitalPhone: string;
  readonly insurancePhone: string;
}
