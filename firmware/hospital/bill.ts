/**
 * A bill: everything that the kiosk settles, of whatever kind.
 *
 * One promise: a bill carries all that settling it needs (what is charged, what was settled before, what is taken off),
 * so nobody who settles it asks the hospital a second time. The wire's word for `flow` is `kind`.
 */
import type { Diagnosis, FeeLine, FeeSplit } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';
import type { BillMarks, LineMarks } from './bill-marks.ts';
import type { Deposit, FormerSettlement } from './settled-before.ts';

/**
 * `outpatient` and `registration` settle with insurance; `deposit` (预缴金) and `selfPay` take money only; `discharge`
 * settles a stay with deposits taken off; `refund` undoes a settlement and settles its kept lines anew; `conversion`
 * (自费转医保) settles with insurance what was paid at own expense.
 */
export const BILL_FLOWS = [
  'outpatient',
  'registration',
  'deposit',
  'discharge',
  'selfPay',
  'refund',
  'conversion',
] as const;
export type BillFlow = (typeof BILL_FLOWS)[number];

/** One bill line: what 2204 needs and what consent and paper need. */
export interface BillLine extends FeeLine, LineMarks {
  /** `med_chrgitm_type` */
  readonly category: string;
  /** `chrgitm_lv` as the hospital knows it; 03 = not covered. */
  readonly level: '01' | '02' | '03';
  /** Already done or dispensed. */
  readonly performed: boolean;
  /** Consent given earlier (Z-6.2.4), or `undefined`. */
  readonly consentId: string | undefined;
  /** Order this charge comes from; two lines of one order are a suspected double charge. */
  readonly orderId: string;
}

/** What a deposit bill says beyond its amount, which is its total. */
export interface DepositTerms {
  readonly stayId: string;
  readonly minFen: Fen;
  readonly maxFen: Fen;
}

/** The stay that a discharge bill ends, with what was paid in advance. */
export interface DischargeTerms {
  readonly stayId: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly admittedAt: string;
  readonly dischargedAt: string;
  /** `dscg_way` */
  readonly dischargeWay: string;
  /** All of them, oldest first; what is not taken off goes back to where each came from. */
  readonly deposits: readonly Deposit[];
  /** Their sum, as far as not given back before. */
  readonly depositFen: Fen;
}

/** The settlement that a refund bill undoes. The bill's own lines are the kept ones; none = the whole goes back. */
export interface RefundTerms {
  readonly former: FormerSettlement;
  /** `feedetl_sn` of the former settlement's lines that go back. */
  readonly refundedLineNumbers: readonly string[];
  /** Who said yes, and under which number; never a person's name. */
  readonly approvalId: string;
  /** `chrg_bchno` for the kept lines when the hospital numbers batches; else the kiosk does. */
  readonly keptBatch: string | undefined;
}

/** What was paid at own expense and now settles with insurance. */
export interface ConversionTerms {
  readonly former: FormerSettlement;
  readonly applicationId: string;
  readonly approvalId: string;
  /** yyyy-MM-dd: the last day on which it may settle. */
  readonly until: string;
}

export interface Bill extends BillMarks {
  readonly flow: BillFlow;
  readonly billId: string;
  /** Changes whenever the hospital changes the bill. */
  readonly version: string;
  /** Institution whose bill it is (SZ-248). */
  readonly institutionCode: string;
  /** `ipt_otp_no`; of a stay its inpatient number. */
  readonly outpatientNumber: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly specialty: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly visitedAt: string;
  /** `med_type` */
  readonly medicalType: string;
  readonly emergency: boolean;
  readonly diagnoses: readonly Diagnosis[];
  /** Empty for a deposit and for a refund of the whole. */
  readonly lines: readonly BillLine[];
  /** Sum of the lines; of a deposit the amount; of a refund what is kept. */
  readonly totalFen: Fen;
  /** Present when the hospital has done the registration, the visit and the fee lines itself. */
  readonly uploaded:
    | { readonly visitId: string; readonly chargeBatch: string; readonly splits: readonly FeeSplit[] }
    | undefined;
  /** Each is there exactly when `flow` says so; a bill without its terms is never read. */
  readonly deposit?: DepositTerms;
  readonly discharge?: DischargeTerms;
  readonly refund?: RefundTerms;
  readonly conversion?: ConversionTerms;
}

export type DepositBill = Bill & { readonly flow: 'deposit'; readonly deposit: DepositTerms };
export type DischargeBill = Bill & { readonly flow: 'discharge'; readonly discharge: DischargeTerms };
export type RefundBill = Bill & { readonly flow: 'refund'; readonly refund: RefundTerms };
export type ConversionBill = Bill & { readonly flow: 'conversion'; readonly conversion: ConversionTerms };
