/**
 * What the platform knows about a person or a bill before money moves: the reviews 3101 (before) and 3102 (during),
 * and the filings 5301 慢特病, 5302 定点与备案, 5303 在院 (protocols/insurance.md B.11, B.13).
 *
 * Nothing here changes anything at the platform.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { Fen } from '../money.ts';
import type {
  Diagnosis,
  FeeLine,
  Person,
  PlatformAnswer,
  SettlementAmounts,
  VisitIdentity,
} from './insurance-platform.ts';

/** A person as filings are asked for. */
export interface FilingQuestion {
  readonly personNumber: Secret<string>;
  /** `insuplc_admdvs` */
  readonly insuredArea: string;
}

/** 5301: one 慢特病 filing. */
export interface ChronicFiling {
  /** `opsp_dise_code` */
  readonly code: string;
  /** `opsp_dise_name` */
  readonly name: string;
  /** yyyy-MM-dd; `undefined` = open. */
  readonly begunOn: string | undefined;
  readonly endsOn: string | undefined;
  /** Whether it holds today, at the kiosk's clock. */
  readonly valid: boolean;
}

/** 5302: one filing of a kind (`biz_appy_type`), e.g. a designated institution or a trauma. */
export interface Filing {
  readonly institutionCode: string | undefined;
  readonly institutionName: string | undefined;
  readonly begunOn: string | undefined;
  readonly endsOn: string | undefined;
  readonly valid: boolean;
  /** Whether it is filed with another institution than ours. */
  readonly elsewhere: boolean;
}

/** 5303 */
export interface InHospital {
  /** Whether the person lies in any hospital now. */
  readonly inHospital: boolean;
  readonly stays: readonly {
    /** `mdtrt_id` */
    readonly visitId: string;
    readonly institutionName: string | undefined;
    /** Whether the stay is in our institution. */
    readonly here: boolean;
    readonly departmentName: string | undefined;
    /** yyyy-MM-dd HH:mm:ss */
    readonly admittedAt: string | undefined;
  }[];
}

/** `block`: not settled like this. `explain`: a doctor says why, then it may be. `remind`: shown, goes on. */
export type ReviewSeverity = 'block' | 'explain' | 'remind';

export interface ReviewFinding {
  /** `jr_id` */
  readonly reviewId: string;
  /** `rule_id` */
  readonly ruleId: string;
  /** `rule_name` */
  readonly name: string;
  /** `vola_cont`, the platform's own words; long numbers masked. */
  readonly reason: string;
  readonly severity: ReviewSeverity;
  /** The lines it is about (`rx_id`); empty = the whole bill. */
  readonly lineNumbers: readonly string[];
  /** `vola_amt` */
  readonly amountFen: Fen | undefined;
}

/** What 3101 and 3102 look at. */
export interface ReviewQuestion extends VisitIdentity {
  readonly person: Person;
  readonly medicalType: string;
  readonly insuranceType: string;
  /** `adm_date`, yyyy-MM-dd HH:mm:ss */
  readonly begunAt: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  /** The first one is the main diagnosis. */
  readonly diagnoses: readonly Diagnosis[];
  readonly lines: readonly FeeLine[];
  readonly totalFen: Fen;
  /** Of the pre-settlement, once there is one. */
  readonly amounts?: SettlementAmounts;
}

export interface InsuranceReviews {
  /** 5301 */
  chronicFilings(question: FilingQuestion): Promise<PlatformAnswer<readonly ChronicFiling[]>>;
  /** 5302, `biz_appy_type` 03 就医定点. */
  designatedInstitutions(question: FilingQuestion): Promise<PlatformAnswer<readonly Filing[]>>;
  /** 5303: stays that have not ended. */
  inHospital(question: FilingQuestion): Promise<PlatformAnswer<InHospital>>;
  /** 5302, `biz_appy_type` 02 意外伤害; `filed` only by one that holds today. */
  traumaFiling(
    question: FilingQuestion,
  ): Promise<PlatformAnswer<{ readonly filed: boolean; readonly filings: readonly Filing[] }>>;
  /** 3101, before the bill is written at the centre. No finding = an empty list. */
  reviewBefore(question: ReviewQuestion): Promise<PlatformAnswer<readonly ReviewFinding[]>>;
  /** 3102, between pre-settlement and settlement. */
  reviewDuring(question: ReviewQuestion): Promise<PlatformAnswer<readonly ReviewFinding[]>>;
}
