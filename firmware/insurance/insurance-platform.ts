/**
 * What the kiosk asks of the insurance platform (国家医保信息平台 定点医药机构接口).
 *
 * One method per transaction, plain English inside, the interface's field names
 * in the comments. Every answer is one of five outcomes; a caller that moves
 * money must treat `unknown` and `malformed` alike: something may have happened.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { Fen } from '../money.ts';
import type { ClearingGroup } from './statements.ts';

export type PlatformAnswer<Value> =
  | { readonly outcome: 'ok'; readonly value: Value }
  /** `infcode` ≠ 0 with a message: definitely not done. The message is the platform's, for staff. */
  | { readonly outcome: 'refused'; readonly infcode: string; readonly message: string }
  /** Nothing reached the platform. */
  | { readonly outcome: 'unreachable'; readonly detail: string }
  /** Time-out, reset, 5xx, HTML: it may have been done. */
  | { readonly outcome: 'unknown'; readonly detail: string }
  /** `infcode` 0 but the content breaks the interface (a missing node, an amount that is none, an identity broken by a fen). */
  | { readonly outcome: 'malformed'; readonly detail: string };

/** 就诊凭证类型 `mdtrt_cert_type`: 01 医保电子凭证, 02 居民身份证, 03 社会保障卡. */
export type CertificateType = '01' | '02' | '03';

/** What the patient showed, as 1101 and 2207 want it. */
export interface Credential {
  readonly type: CertificateType;
  /** `mdtrt_cert_no`: ecToken, ID number or card number. */
  readonly number: Secret<string>;
  /** `card_sn`, only for type 03. */
  readonly cardId?: Secret<string>;
  /** `psn_name` and `certno` as the medium itself says them, for the person = card check. */
  readonly name?: Secret<string>;
  readonly certificateNumber?: Secret<string>;
}

/** 2.D.1 `ec.query` through `localQrCodeQuery`. */
export interface DecodedECredential {
  readonly token: Secret<string>;
  readonly name: Secret<string>;
  readonly certificateNumber: Secret<string>;
  /** `insuOrg` */
  readonly insuredArea: string;
}

/** One row of 1101 `insuinfo`. */
export interface Insurance {
  /** `insutype` */
  readonly type: string;
  /** `psn_type` */
  readonly personType: string;
  /** `psn_insu_stas` = 1 正常参保 */
  readonly active: boolean;
  /** `balc`, fen; `undefined` when the platform left it out. */
  readonly accountBalanceFen: Fen | undefined;
  /** `insuplc_admdvs` */
  readonly insuredArea: string;
}

/** 1101 `baseinfo` + `insuinfo`. */
export interface Person {
  /** `psn_no` */
  readonly personNumber: Secret<string>;
  readonly name: Secret<string>;
  /** `certno` */
  readonly certificateNumber: Secret<string>;
  /** `age`, whole years. */
  readonly age: number;
  /** `gend`: 1 男 2 女, as the platform writes it. */
  readonly gender?: string;
  /** `brdy`, yyyy-MM-dd */
  readonly bornOn?: Secret<string>;
  readonly insurances: readonly Insurance[];
}

/** One line of 2204 `feedetail`, as the bill has it. */
export interface FeeLine {
  /** `feedetl_sn` */
  readonly lineNumber: string;
  /** `med_list_codg` */
  readonly catalogueCode: string;
  /** `medins_list_codg` */
  readonly hospitalCode: string;
  readonly name: string;
  readonly specification: string;
  readonly unit: string;
  /** `cnt`, decimal text. */
  readonly quantity: string;
  /** `pric`, decimal yuan text, up to six decimals. */
  readonly unitPrice: string;
  /** `det_item_fee_sumamt` */
  readonly amountFen: Fen;
  /** `bilg_dr_codg` / `bilg_dr_name` */
  readonly doctorCode: string;
  readonly doctorName: string;
  /** 限定支付 (Z-5.1.6): whether the basis is given; goes out as `hosp_appr_flag`. */
  readonly restricted?: { readonly basisId: string | undefined };
}

/** One row of the 2204 answer. */
export interface FeeSplit {
  readonly lineNumber: string;
  readonly amountFen: Fen;
  /** `fulamt_ownpay_amt` 全自费 */
  readonly outOfScopeFen: Fen;
  /** `overlmt_amt` 超限价 */
  readonly overLimitFen: Fen;
  /** `preselfpay_amt` 先行自付 */
  readonly preSelfPayFen: Fen;
  /** `inscp_scp_amt` 符合范围 */
  readonly inScopeFen: Fen;
  /** `chrgitm_lv`: 01 甲 02 乙 03 自费 */
  readonly level: '01' | '02' | '03';
  /** `med_chrgitm_type` */
  readonly category: string;
}

/** 2206/2207/2303/2304 `setlinfo`, amounts checked to the fen (identities 1–4 of B.8). */
export interface SettlementAmounts {
  /** `medfee_sumamt` */
  readonly totalFen: Fen;
  /** `fulamt_ownpay_amt` */
  readonly outOfScopeFen: Fen;
  /** `overlmt_selfpay` */
  readonly overLimitFen: Fen;
  /** `preselfpay_amt` */
  readonly preSelfPayFen: Fen;
  /** `inscp_scp_amt` */
  readonly inScopeFen: Fen;
  /** `act_pay_dedc` */
  readonly deductibleFen: Fen;
  /** `hifp_pay` 基本统筹 */
  readonly basicFundFen: Fen;
  /** `cvlserv_pay` 公务员补助 */
  readonly civilServantFen: Fen;
  /** `hifes_pay` 企业补充 */
  readonly enterpriseFen: Fen;
  /** `hifmi_pay` 居民大病 */
  readonly seriousIllnessFen: Fen;
  /** `hifob_pay` 职工大额 */
  readonly largeAmountFen: Fen;
  /** `maf_pay` 医疗救助 */
  readonly assistanceFen: Fen;
  /** `oth_pay` */
  readonly otherFundFen: Fen;
  /** 商业健康保险 (`fund_pay_type` 620100 of `setldetail`): a part of `otherFundFen`, not there when nothing (Y4-11). */
  readonly commercialFen?: Fen;
  /** `fund_pay_sumamt` */
  readonly fundFen: Fen;
  /** `hosp_part_amt` */
  readonly hospitalFen: Fen;
  /** `psn_part_amt` */
  readonly personFen: Fen;
  /** `acct_pay` */
  readonly accountFen: Fen;
  /** `acct_mulaid_pay` */
  readonly mutualAidFen: Fen;
  /** `psn_cash_pay`: what the kiosk collects, and nothing else. */
  readonly ownFen: Fen;
  /** `balc` after this settlement. */
  readonly balanceAfterFen: Fen | undefined;
}

/** A settlement that counts at the centre. */
export interface CentreSettlement {
  /** `setl_id` */
  readonly settlementId: string;
  /** `setl_time`, yyyy-MM-dd HH:mm:ss */
  readonly settledAt: string;
  /** `medins_setl_id`: the msgid of the 2207 or 2304 that made it. */
  readonly messageId: string;
  readonly amounts: SettlementAmounts;
  /** The pot that 3201 compares it in; absent where the platform left a part of it out. */
  readonly clearing?: ClearingGroup;
}

/** Outpatient settles by 2206/2207 and is voided by 2208; inpatient by 2303/2304 and 2305. */
export type Care = 'outpatient' | 'inpatient';

/** The 2208 or 2305 that takes a settlement back is a settlement of its own. */
export interface Voided {
  /** `setl_id`; '' when it had been voided before. */
  readonly settlementId: string;
  /** `setl_time`, when the platform said it. */
  readonly settledAt?: string;
  /** What it takes back, all negative; `undefined` when the platform left one out. */
  readonly amounts?: Pick<SettlementAmounts, 'totalFen' | 'fundFen' | 'accountFen'>;
  readonly clearing?: ClearingGroup;
}

export interface VisitIdentity {
  /** Absent = outpatient. */
  readonly care?: Care;
  /** `mdtrt_id` */
  readonly visitId: string;
  /** `psn_no` */
  readonly personNumber: Secret<string>;
  /** `insuplc_admdvs` for the envelope. */
  readonly insuredArea: string;
  /** `med_type`; 5201 asks for it. */
  readonly medicalType?: string;
}

export interface RegisterVisit {
  readonly personNumber: Secret<string>;
  readonly insuredArea: string;
  readonly insuranceType: string;
  readonly credential: Credential;
  /** `ipt_otp_no` */
  readonly outpatientNumber: string;
  /** `begntime`, yyyy-MM-dd HH:mm:ss */
  readonly begunAt: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  /** `caty` */
  readonly specialty: string;
}

export interface Diagnosis {
  /** `diag_code`, ICD-10 医保版 */
  readonly code: string;
  readonly name: string;
  readonly departmentName: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  readonly diagnosedAt: string;
}

/** 2203A */
export interface VisitDetails {
  readonly medicalType: string;
  readonly begunAt: string;
  readonly diagnoses: readonly Diagnosis[];
  /** `dise_codg`, `dise_name` of a 门慢特病 visit. */
  readonly disease?: { readonly code: string; readonly name: string } | undefined;
}

/** 2204 */
export interface FeeBatch {
  /** `chrg_bchno` */
  readonly chargeBatch: string;
  readonly occurredAt: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly lines: readonly FeeLine[];
  /** `dise_codg`: one batch is about one disease. */
  readonly diseaseCode?: string | undefined;
}

export interface SettleQuestion extends VisitIdentity {
  readonly credential: Credential;
  /** `med_type`, 11 普通门诊 … */
  readonly medicalType: string;
  readonly insuranceType: string;
  /** `chrg_bchno`; inpatient settlements have none and ignore it. */
  readonly chargeBatch: string;
  readonly totalFen: Fen;
  /** `acct_used_flag` */
  readonly useAccount: boolean;
  /** `mid_setl_flag`, inpatient only: settles while the patient stays, without 2402. */
  readonly midStay?: boolean;
  /** `dscg_time`, yyyy-MM-dd, inpatient only; absent while the patient stays. */
  readonly dischargedOn?: string;
}

/** What 2601 may name (B.10): settlements, their cancellations, an admission. */
export type ReversibleTransaction = '2207' | '2208' | '2304' | '2305' | '2401';

/** A message of money that 2601 is to undo. */
export interface OriginalMessage {
  readonly messageId: string;
  readonly transaction: ReversibleTransaction;
}

/** What 5203 says of one settlement id. `voided`: `refd_setl_flag` 1. */
export type SettlementState =
  | { readonly state: 'counts'; readonly settlement: CentreSettlement }
  | { readonly state: 'voided' }
  | { readonly state: 'notFound' };

export type Standing = 'active' | 'paused' | 'ended' | 'unknown';

/** 用码业务类型 (D.2): 挂号, 结算. What is only looked at has no type of its own and goes by 结算. */
export type CodeUse = '01101' | '01301';

export interface InsurancePlatform {
  /** 9001. Called by the client itself when a call needs it; here for doctor and health. */
  signIn(): Promise<PlatformAnswer<void>>;
  /** `ec.query` (D.1). @param businessType what the code was shown for */
  decodeECredential(codeText: Secret<string>, businessType: CodeUse): Promise<PlatformAnswer<DecodedECredential>>;
  /** 1101 */
  person(credential: Credential): Promise<PlatformAnswer<Person>>;
  /** 2001: whether the fund pays for this kind of visit; the reason when it does not. */
  entitlement(question: {
    readonly personNumber: Secret<string>;
    readonly insuredArea: string;
    readonly insuranceType: string;
    readonly medicalType: string;
    readonly begunAt: string;
  }): Promise<PlatformAnswer<{ readonly entitled: boolean; readonly reason: string | undefined }>>;
  /** 1201-shaped state of our own agreement (协议状态). */
  institutionStanding(): Promise<PlatformAnswer<Standing>>;
  /** 5101 */
  departmentStanding(departmentCode: string): Promise<PlatformAnswer<Standing>>;
  /** 5102 */
  practitionerStanding(practitionerCode: string): Promise<PlatformAnswer<Standing>>;
  /** 2201 → `mdtrt_id` */
  registerVisit(visit: RegisterVisit): Promise<PlatformAnswer<{ readonly visitId: string }>>;
  /** 2203A; may be repeated before settlement, the last one counts. */
  uploadVisit(visit: VisitIdentity, details: VisitDetails): Promise<PlatformAnswer<void>>;
  /** 2204, or 2301 for inpatient care. */
  uploadFees(visit: VisitIdentity, batch: FeeBatch): Promise<PlatformAnswer<readonly FeeSplit[]>>;
  /** 2205; batch `0000` removes every unsettled line. Inpatient care has no batches: 2302 removes them all. */
  cancelFees(visit: VisitIdentity, chargeBatch: string): Promise<PlatformAnswer<void>>;
  /** 2206, or 2303 for inpatient care: changes nothing. */
  preSettle(question: SettleQuestion): Promise<PlatformAnswer<SettlementAmounts>>;
  /** 2207 or 2304 with a message id that the caller has already made durable. Never repeated by this client. */
  settle(
    messageId: string,
    question: SettleQuestion,
    preSettled: SettlementAmounts,
  ): Promise<PlatformAnswer<CentreSettlement>>;
  /**
   * 2208 or 2305 voids a whole settlement, also one of another day: its id and visit are enough.
   * → the new, negative settlement's id; '' when it had been voided before.
   */
  voidSettlement(messageId: string, visit: VisitIdentity, settlementId: string): Promise<PlatformAnswer<Voided>>;
  /**
   * 2601. `ok` = the named message does not count. `refused` with `notFound` in the value is told apart
   * because it is not definite (the original may still be on its way).
   */
  reverse(
    original: OriginalMessage,
    visit: VisitIdentity,
  ): Promise<PlatformAnswer<{ readonly reversed: 'reversed' | 'notFound' }>>;
  /** 5201/5203 as the profile says: did the 2207 or 2304 with this message id make a settlement? */
  findSettlement(messageId: string, visit: VisitIdentity): Promise<PlatformAnswer<CentreSettlement | undefined>>;
  /** 5203 by `setl_id`: whether that settlement counts, so that an unclear 2208 or 2305 can be asked after. */
  findSettlementById(settlementId: string, visit: VisitIdentity): Promise<PlatformAnswer<SettlementState>>;
}
