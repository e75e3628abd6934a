/**
 * What reconciliation asks of the insurance platform: 3201 对总账 and 3202 对明细账, the latter with its files by 9101
 * and 9102 (protocols/insurance.md B.12, B.14).
 *
 * The promise: `equal` is said only when the platform's own word for it was read; a word that no list has is `unclear`.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { Fen } from '../money.ts';
import type { PlatformAnswer } from './insurance-platform.ts';

/** One clearing pot: 3201 is asked once for each of them. */
export interface ClearingGroup {
  /** `insutype` */
  readonly insuranceType: string;
  /** `clr_type` 清算类别: 11 门诊, 21 住院 … */
  readonly clearingType: string;
  /** `clr_optins` / `setl_optins` 清算经办机构 */
  readonly clearingOffice: string;
}

/** Business dates of the platform, yyyy-MM-dd, both included. */
export interface Period {
  /** `stmt_begndate` */
  readonly from: string;
  /** `stmt_enddate` */
  readonly to: string;
}

/** Reversals count with their negative amounts. */
export interface StatementTotals {
  /** `medfee_sumamt` */
  readonly totalFen: Fen;
  /** `fund_pay_sumamt` */
  readonly fundFen: Fen;
  /** `acct_pay` */
  readonly accountFen: Fen;
  /** `cash_payamt`, 3202 only. */
  readonly ownFen: Fen;
  /** `fixmedins_setl_cnt`: settlements and reversals, each counts one. */
  readonly count: number;
}

/** `stmt_rslt` */
export type Comparison = 'equal' | 'centreMore' | 'institutionMore' | 'differ' | 'unclear';

export interface TotalsCompared {
  readonly result: Comparison;
  /** `stmt_rslt_dscr`, for staff. */
  readonly description: string;
}

/** One line of the file that we upload. */
export interface StatementLine {
  readonly settlementId: string;
  /** `mdtrt_id` */
  readonly visitId: string;
  readonly personNumber: Secret<string>;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  /** `refd_setl_flag`: this line takes another one back. */
  readonly reversal: boolean;
}

/** One line of the platform's answer. */
export interface LineCompared {
  readonly settlementId: string;
  /** `msgid`: the original message, as 2601 wants it. */
  readonly messageId: string;
  readonly visitId: string;
  readonly personNumber: Secret<string>;
  readonly result: Comparison;
  readonly reversal: boolean;
  /** `memo`: the platform's own words, for staff. */
  readonly memo: string;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
}

/** A line that could not be read: its place and why, never its content. */
export interface BrokenLine {
  readonly line: number;
  readonly why: string;
}

export interface LinesCompared {
  readonly lines: readonly LineCompared[];
  readonly broken: readonly BrokenLine[];
}

/** 3202 has no `insutype`: every insurance of one office and clearing type goes in one file. */
export interface LinesQuestion {
  readonly clearingOffice: string;
  readonly clearingType: string;
  readonly period: Period;
  readonly lines: readonly StatementLine[];
  /** Of exactly these lines. */
  readonly totals: StatementTotals;
}

export interface InsuranceStatements {
  /** The platform's own time (`sign_time` of a fresh 9001), yyyy-MM-dd HH:mm:ss: business days are its days, not ours. */
  businessTime(): Promise<PlatformAnswer<string>>;
  /** 3201 */
  compareTotals(group: ClearingGroup, period: Period, totals: StatementTotals): Promise<PlatformAnswer<TotalsCompared>>;
  /** 9101, 3202, 9102. Changes nothing at the platform; may be repeated. */
  compareLines(question: LinesQuestion): Promise<PlatformAnswer<LinesCompared>>;
}
