/**
 * What must arrive at the platform after the money has moved: settlement list 4101, sales and returns with trace
 * codes 3505 and 3506, self-pay visits 4205 (protocols/insurance.md B.15, B.16).
 *
 * Each upload has a key of its own that travels with it, so a repetition after a lost answer does no harm.
 */
import type { Secret } from '../../drivers/secret.ts';
import type {
  Diagnosis,
  FeeLine,
  FeeSplit,
  PlatformAnswer,
  SettlementAmounts,
  VisitIdentity,
} from './insurance-platform.ts';

/** Who an upload is about. */
export interface UploadedPerson {
  readonly name: Secret<string>;
  /** `psn_cert_type`: 01 居民身份证 … 08 外国人护照, 99 其他 (newborn by the mother's). */
  readonly certificateType: string;
  readonly certificateNumber: Secret<string>;
  /** `gend` */
  readonly gender?: string;
  /** `brdy`, yyyy-MM-dd */
  readonly bornOn?: Secret<string>;
}

/** 4101 医疗保障基金结算清单, as far as kiosk and hospital know it. Its key is `setl_id`. */
export interface SettlementList extends VisitIdentity {
  readonly settlementId: string;
  readonly person: UploadedPerson;
  readonly insuranceType: string;
  readonly medicalType: string;
  /** `medcasno` 病案号, or the outpatient number. */
  readonly recordNumber: string;
  /** `bill_code`, `bill_no`: the (electronic) receipt. */
  readonly receiptCode: string;
  readonly receiptNumber: string;
  /** `setl_begn_date`, `setl_end_date`, yyyy-MM-dd */
  readonly begunOn: string;
  readonly endedOn: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  /** The first one is the main diagnosis. */
  readonly diagnoses: readonly Diagnosis[];
  /** 2204 or 2301 answers of exactly the settled lines. */
  readonly splits: readonly FeeSplit[];
  readonly amounts: SettlementAmounts;
  /** `medins_fill_dept`, `medins_fill_psn` */
  readonly filledBy: { readonly department: string; readonly person: string };
  /** Inpatient only. */
  readonly stay?: {
    /** yyyy-MM-dd HH:mm:ss */
    readonly admittedAt: string;
    readonly dischargedAt: string;
    /** `dscg_way` */
    readonly way: string;
    readonly operations: readonly { readonly code: string; readonly name: string; readonly doctorCode: string }[];
  };
}

/** Why a settlement list is not sent (SZ-249). */
export type SettlementListFault =
  | 'noDiagnosis'
  | 'diagnosisWithoutCode'
  | 'noLines'
  | 'lineWithoutCategory'
  /** Σ of a category's parts, or Σ of the categories, is not the settlement's total. */
  | 'categoriesDiffer'
  /** Σ of the funds is not `fund_pay_sumamt`. */
  | 'fundsDiffer'
  /** Inpatient without its stay. */
  | 'noStay';

/** One line of 3505/3506 with its trace codes. */
export interface SaleLine {
  /** `med_list_codg` */
  readonly catalogueCode: string;
  /** `fixmedins_hilist_id`, `fixmedins_hilist_name` */
  readonly hospitalCode: string;
  readonly name: string;
  /** `sel_retn_cnt`, decimal text. */
  readonly quantity: string;
  /** `finl_trns_pric`, decimal yuan text. */
  readonly unitPrice: string;
  /** `manu_lotnum` */
  readonly lotNumber: string;
  /** `manu_date`, `expy_end`, yyyy-MM-dd */
  readonly producedOn: string;
  readonly expiresOn: string;
  /** `trdn_flag` 拆零 */
  readonly openedPackage: boolean;
  /** `rx_flag` */
  readonly prescription: boolean;
  /** `rxno` */
  readonly prescriptionNumber?: string;
  /** `drugtracinfo[].drug_trac_codg`, one for each smallest package. */
  readonly traceCodes: readonly string[];
}

/** 3505: one dispensed line. */
export interface Sale {
  /** `fixmedins_bchno`, ≤ 30 characters: the idempotence key. */
  readonly key: string;
  readonly insuredArea: string;
  /** `psn_no`; `undefined` = self-pay. */
  readonly personNumber?: Secret<string>;
  readonly person: UploadedPerson;
  /** `setl_id`; `undefined` = self-pay (`mdtrt_setl_type` 2). */
  readonly settlementId?: string;
  /** `mdtrt_sn`, the hospital's own visit number. */
  readonly visitNumber: string;
  /** `rtal_docno` */
  readonly receiptNumber: string;
  /** `sel_retn_time`, yyyy-MM-dd HH:mm:ss */
  readonly soldAt: string;
  readonly prescriberName: string;
  readonly pharmacistName: string;
  /** `phar_prac_cert_no` */
  readonly pharmacistLicence: string;
  /** `sel_retn_opter_name` */
  readonly operatorName: string;
  readonly line: SaleLine;
}

/** 3506: one line that came back. */
export interface SaleReturn extends Sale {
  /** `medins_prod_sel_no`: the key of the sale that is taken back. */
  readonly saleKey: string;
}

/** 4205 自费病人门诊就诊信息上传. Its key is `fixmedins_mdtrt_id`. */
export interface SelfPayVisit {
  /** `fixmedins_mdtrt_id`, ≤ 30 characters. */
  readonly key: string;
  readonly person: UploadedPerson;
  /** `begntime`, yyyy-MM-dd HH:mm:ss */
  readonly begunAt: string;
  readonly medicalType: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly diagnoses: readonly Diagnosis[];
  readonly lines: readonly (FeeLine & { readonly category: string })[];
  /** `elec_bill_code`, `elec_billno_code`, `elec_bill_chk_code` */
  readonly receipt?: { readonly code: string; readonly number: string; readonly checkCode: string };
}

export interface InsuranceUploads {
  /** 4101 → `setl_list_id`. A list with a fault is `refused` with `infcode` '' and never sent. */
  uploadSettlementList(list: SettlementList): Promise<PlatformAnswer<{ readonly listId: string }>>;
  /** 3505: `infcode` 0 with `retRslt` 0 is `refused`. */
  uploadSale(sale: Sale): Promise<PlatformAnswer<void>>;
  /** 3506 */
  uploadSaleReturn(saleReturn: SaleReturn): Promise<PlatformAnswer<void>>;
  /** 4205; without diagnosis or lines it is `refused` with `infcode` '' and never sent. */
  uploadSelfPayVisit(visit: SelfPayVisit): Promise<PlatformAnswer<void>>;
}
