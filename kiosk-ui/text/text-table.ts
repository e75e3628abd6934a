/**
 * Every sentence of the patient screen, as a type: a language that lacks one does not compile.
 *
 * `{…}` marks a value that is filled in when drawn. An error is said in three
 * parts (Z-8.2.1.2): what happened, what to do, where a person is; the last one
 * is the same sentence everywhere (`place`).
 */
import type {
  BusyWork,
  FaceGuidance,
  FaceTurn,
  MoneyOnScreen,
  SplitPart,
  UncoveredPart,
} from '../../firmware/screen/messages.ts';
import type { AffairReasonKey, AffairTexts } from './affair-texts.ts';
import type { HeadsetWords } from './headset-words.ts';
import type { PriceWords } from './price-words.ts';
import type { ProvinceKey } from './province-keys-table.ts';
import type { WayTexts } from './way-texts.ts';

export interface ReasonText {
  /** What happened: one short line, nobody's fault. */
  readonly what: string;
  /** What to do now; names the kind of place, `place` under it says which one. */
  readonly act: string;
}

/** Who matches decides what becomes of the face. */
type FacePlaces = Readonly<Record<'kiosk' | 'platform', string>>;

/** The same ids as `firmware/reasons.ts`; a test joins the two. */
export type ReasonKey =
  | 'cardUpsideDown'
  | 'cardUnreadable'
  | 'cardTornOff'
  | 'cardNeedsAuthentication'
  | 'codeUnreadable'
  | 'codeExpiredOrUsed'
  | 'notACredential'
  | 'nobodyThere'
  | 'idCardUnreadable'
  | 'faceDiffers'
  | 'faceNotLive'
  | 'faceUnavailable'
  | 'faceDeclined'
  | 'personNotFound'
  | 'personDiffers'
  | 'personCheckNeeded'
  | 'personUnchecked'
  | 'personIncomplete'
  | 'insurancePaused'
  | 'notEntitled'
  | 'stayByPlan'
  | 'institutionStopped'
  | 'departmentStopped'
  | 'doctorStopped'
  | 'doctorNotFiled'
  | 'foreignInstitution'
  | 'noCredential'
  | 'cardBroken'
  | 'cameraCovered'
  | 'eligibilityUnknown'
  | 'insuranceUnreachable'
  | 'insuranceAnswerBroken'
  | 'insuranceRefused'
  | 'clockWrong'
  | 'insuranceIdentity'
  | 'hospitalUnreachable'
  | 'hospitalAnswerBroken'
  | 'paymentUnreachable'
  | 'noOpenBill'
  | 'duplicateCharge'
  | 'diagnosisMissing'
  | 'billTotalsDiffer'
  | 'notToldBefore'
  | 'restrictedUse'
  | 'traceCodeMissing'
  | 'tooMuchAtOnce'
  | 'notAsOrdered'
  | 'notAsExecuted'
  | 'tooManyCharged'
  | 'splitCharge'
  | 'outsideScope'
  | 'aboveQuota'
  | 'caseInTalks'
  | 'itemNotPublished'
  | 'priceAbovePublished'
  | 'priceDiffers'
  | 'unitDiffers'
  | 'itemOutOfForce'
  | 'specialAndBasic'
  | 'inHospitalNow'
  | 'itemForOtherAge'
  | 'billTampered'
  | 'injuryNotFiled'
  | 'injuryFactsMissing'
  | 'injuryOfOthers'
  | 'reviewBlocked'
  | 'doctorAsked'
  | 'reviewReminds'
  | 'otherDisease'
  | 'prescriptionUnreviewed'
  | 'prescriptionWaits'
  | 'prescriptionNotPassed'
  | 'consentDeclined'
  | 'billLockedElsewhere'
  | 'billAlreadySettled'
  | 'billChanged'
  | 'amountsDiffer'
  | 'paymentRefused'
  | 'payOrderExpired'
  | 'patientGaveUp'
  | 'patientGone'
  | 'insuranceReversed'
  | 'formerUndone'
  | 'laterStay'
  | 'laterOutpatient'
  | 'laterPharmacy'
  | 'laterSettlement'
  | 'hospitalRefused'
  | 'handedToPerson'
  | 'resolving'
  | 'partyUnreachable'
  | 'paperOut'
  | 'printerJammed'
  | 'printerCoverOpen'
  | 'printerAway'
  | 'unexpected'
  | 'journalDamaged'
  | 'journalTooNew'
  | 'journalMissing'
  | 'merchantNotFiled'
  | 'diskTrouble'
  | 'cabinetOpen'
  | 'staffAtWork'
  | 'onBattery'
  | 'nothingToRefund'
  | 'refundPerformed'
  | 'refundBlocked'
  | 'refundTooOld'
  | 'refundNotApproved'
  | 'refundWaits'
  | 'refundInProgress'
  | 'refundedBefore'
  | 'refundAtWindow'
  | 'refundNotDone'
  | 'notInpatient'
  | 'depositAmount'
  | 'dischargeNotReady'
  | 'noClinic'
  | 'clinicFull'
  | 'bookedBefore'
  | 'registrationFeeOpen'
  | 'numberMissed'
  | 'numberLater'
  | 'starting'
  | AffairReasonKey;

/** `med_chrgitm_type` */
export type CategoryKey =
  | '01'
  | '02'
  | '03'
  | '04'
  | '05'
  | '06'
  | '07'
  | '08'
  | '09'
  | '10'
  | '11'
  | '12'
  | '13'
  | '14';

/** `insutype` */
export type InsuranceTypeKey = '310' | '320' | '330' | '340' | '350' | '360' | '390' | '391' | '392' | '510';

export interface Titled {
  readonly title: string;
  readonly line: string;
}

export interface TextTable {
  /** Beside what stands on the glass, for a headset. */
  readonly headset: HeadsetWords;
  readonly money: string;
  readonly date: string;
  readonly bar: {
    readonly nextSize: { readonly large: string; readonly extraLarge: string; readonly standard: string };
    readonly otherLanguage: string;
    readonly help: string;
    /** In its place when it is offered. */
    readonly helpOffered: string;
    readonly prices: string;
    readonly hotline: string;
    readonly hospital: string;
  };
  readonly journey: string;
  /** "Where is my money": on the home screen and above its own pages. */
  readonly findMoney: string;
  readonly place: string;
  readonly staffCode: string;
  readonly number: string;
  readonly secondsLeft: string;
  readonly pageOf: string;
  readonly previousPage: string;
  readonly nextPage: string;
  readonly total: string;
  readonly removeCard: string;
  readonly ok: string;
  readonly cancel: string;
  readonly backHome: string;
  readonly home: {
    readonly cardAndCode: string;
    readonly cardOnly: string;
    readonly codeOnly: string;
    readonly idCardOnly: string;
    readonly noMedia: string;
    readonly card: Titled;
    readonly code: Titled;
    readonly closed: Titled;
    readonly hospitalClosed: Titled;
  };
  readonly idHelp: { readonly title: string; readonly face: string; readonly tip: string };
  readonly busy: Readonly<Record<BusyWork, string>> & {
    readonly wait: string;
    /** Who lets us wait, by what is asked of them. */
    readonly slow: Readonly<Record<BusyWork, string>>;
  };
  readonly face: {
    readonly ask: string;
    readonly what: FacePlaces;
    readonly kept: FacePlaces;
    readonly agree: string;
    readonly otherWay: string;
    readonly looking: string;
    readonly guidance: Readonly<Record<FaceGuidance, string>>;
    readonly turn: Readonly<Record<Exclude<FaceTurn, 'none'>, string>>;
  };
  readonly who: {
    readonly title: string;
    readonly going: string;
    readonly notMe: string;
    readonly local: string;
    readonly elsewhere: string;
  };
  readonly bill: { readonly title: string; readonly items: string; readonly confirm: string };
  readonly consent: {
    readonly title: string;
    readonly why: string;
    readonly agree: string;
    readonly disagree: string;
    readonly sign: string;
    readonly signers: { readonly patient: string; readonly relative: string; readonly guardian: string };
    readonly total: string;
    readonly quantity: string;
  };
  readonly paperWarn: { readonly line: string; readonly goOn: string };
  readonly split: {
    readonly title: string;
    readonly own: string;
    readonly ownNothing: string;
    readonly pay: string;
    readonly settle: string;
    readonly accountUse: string;
    readonly accountLeave: string;
  };
  readonly pay: {
    readonly title: string;
    readonly amount: string;
    readonly scan: string;
    /** Which ones of a phone's programs can pay here. */
    readonly apps: string;
    readonly paying: Titled;
    readonly cancel: string;
  };
  readonly confirming: Titled;
  readonly recover: Titled;
  readonly done: {
    readonly title: string;
    readonly next: string;
    readonly own: string;
    readonly fund: string;
    readonly account: string;
    readonly paper: Readonly<Record<'printing' | 'ready' | 'unconfirmed' | 'taken' | 'left', string>>;
    readonly rate: string;
    readonly rated: string;
    readonly stars: readonly [string, string, string, string, string];
    readonly finish: string;
  };
  readonly noPaper: { readonly title: string; readonly line: string };
  readonly stop: { readonly title: string };
  readonly held: { readonly title: string };
  /** Under a refusal: what is printed, and what can still be done here. */
  readonly refusal: {
    readonly slip: { readonly printing: string; readonly ready: string };
    readonly offers: { readonly ownExpense: string; readonly ticket: string; readonly park: string };
    readonly ticket: string;
    /** Under where a person is: insurance is no reason to refuse anybody (N-16). */
    readonly care: string;
    readonly knownAgo: string;
  };
  readonly ownExpense: {
    readonly title: string;
    readonly line: string;
    readonly note: string;
    readonly amount: string;
    readonly agree: string;
    readonly disagree: string;
  };
  /** 补记账: the bill is kept for later under a number. */
  readonly parked: {
    readonly title: string;
    readonly line: string;
    readonly until: string;
    readonly amount: string;
    readonly slip: { readonly printing: string; readonly ready: string; readonly none: string };
  };
  readonly injury: {
    readonly title: string;
    readonly line: string;
    readonly causes: { readonly self: string; readonly work: string; readonly other: string };
  };
  readonly category: { readonly title: string; readonly line: string; readonly ordinary: string };
  readonly remind: {
    readonly title: string;
    /** Nothing here stops anyone. */
    readonly calm: string;
    readonly centreSays: string;
    readonly goOn: string;
  };
  readonly notSettled: {
    readonly title: string;
    readonly refund: {
      readonly nothingTaken: string;
      readonly refunded: string;
      readonly refundComing: string;
      readonly withStaff: string;
    };
  };
  readonly moneyAsk: {
    readonly title: string;
    readonly problems: { readonly unknownNumber: string; readonly notASlip: string };
    readonly look: string;
    readonly back: string;
  };
  readonly whereMoney: {
    /** What happened to the money, and what to do now. */
    readonly places: Readonly<Record<MoneyOnScreen, Titled>>;
    /** Over the amount; empty where none is known. */
    readonly amounts: Readonly<Record<MoneyOnScreen, string>>;
    readonly toldAt: string;
    readonly another: string;
  };
  readonly price: PriceWords;
  readonly takeCard: Titled;
  readonly stillThere: { readonly title: string; readonly line: string; readonly goOn: string };
  readonly help: {
    readonly title: string;
    readonly person: string;
    readonly call: string;
    readonly insurance: string;
    readonly back: string;
  };
  readonly out: { readonly title: string };
  /** Said by the page alone. `paying`: the line broke while money moved; on `leave` there is little hope of waiting. */
  readonly link: {
    readonly starting: Titled;
    readonly out: Titled;
    readonly paying: { readonly title: string; readonly again: string; readonly wait: string; readonly leave: string };
  };
  readonly parts: Readonly<Record<SplitPart, { readonly plain: string; readonly term: string }>>;
  readonly uncovered: Readonly<Record<UncoveredPart, { readonly plain: string; readonly term: string }>>;
  readonly categories: Readonly<Record<CategoryKey, string>>;
  readonly otherCategory: string;
  readonly insuranceTypes: Readonly<Record<InsuranceTypeKey, string>>;
  readonly otherInsurance: string;
  readonly provinces: Readonly<Record<ProvinceKey, string>>;
  readonly otherProvince: string;
  /** The ways beside the outpatient's bill. */
  readonly ways: WayTexts;
  /** One's own affairs beside paying. */
  readonly affairs: AffairTexts;
  readonly months: readonly string[];
  readonly reasons: Readonly<Record<ReasonKey, ReasonText>>;
}
