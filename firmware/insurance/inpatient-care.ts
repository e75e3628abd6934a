/**
 * What a stay in hospital asks of the platform beside its settlement: 2401 admission, 2402 discharge, their
 * cancellations 2404 and 2405, and the stay's fee lines 2301 and 2302 (protocols/insurance.md B.9).
 *
 * A hospital usually does all of this itself; a kiosk does what its hospital leaves to it. The settlement of a stay is
 * in `InsurancePlatform`: 2303, 2304, 2305 by `care: 'inpatient'`.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { Credential, Diagnosis, FeeLine, FeeSplit, PlatformAnswer, VisitIdentity } from './insurance-platform.ts';

export interface Admission {
  readonly personNumber: Secret<string>;
  readonly insuredArea: string;
  readonly insuranceType: string;
  readonly credential: Credential;
  /** `med_type`, 21 普通住院 … */
  readonly medicalType: string;
  /** `ipt_no`, unique in the hospital. */
  readonly inpatientNumber: string;
  /** `begntime`, yyyy-MM-dd HH:mm:ss */
  readonly admittedAt: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  /** `adm_bed` */
  readonly bed: string;
  /** The first one is the main diagnosis. */
  readonly diagnoses: readonly Diagnosis[];
}

/** `dscg_way`: 1 医嘱离院 2 医嘱转院 3 医嘱转社区 4 非医嘱离院 5 死亡 9 其他. */
export type DischargeWay = '1' | '2' | '3' | '4' | '5' | '9';

export interface Discharge {
  readonly insuranceType: string;
  /** `endtime`, yyyy-MM-dd HH:mm:ss */
  readonly dischargedAt: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly bed: string;
  readonly way: DischargeWay;
  /** The coded diagnoses of the discharge, the main one first. */
  readonly diagnoses: readonly Diagnosis[];
}

/** One line of 2301; `returns` names the line that this one takes back, with a negative quantity and amount. */
export interface InpatientFeeLine extends FeeLine {
  /** `fee_ocur_time`, yyyy-MM-dd HH:mm:ss */
  readonly occurredAt: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  /** `init_feedetl_sn` */
  readonly returns?: string;
}

export interface InpatientCare {
  /** 2401 → `mdtrt_id`. Only 2601 undoes an unclear one. */
  admit(messageId: string, admission: Admission): Promise<PlatformAnswer<{ readonly visitId: string }>>;
  /** 2404: refused while lines or a settlement stand. */
  cancelAdmission(visit: VisitIdentity): Promise<PlatformAnswer<void>>;
  /** 2402 */
  discharge(visit: VisitIdentity, discharge: Discharge): Promise<PlatformAnswer<void>>;
  /** 2405: refused once the stay is settled. */
  cancelDischarge(visit: VisitIdentity): Promise<PlatformAnswer<void>>;
  /** 2301 */
  uploadInpatientFees(
    visit: VisitIdentity,
    medicalType: string,
    lines: readonly InpatientFeeLine[],
  ): Promise<PlatformAnswer<readonly FeeSplit[]>>;
  /** 2302; `all` removes every unsettled line. */
  cancelInpatientFees(visit: VisitIdentity, lineNumbers: readonly string[] | 'all'): Promise<PlatformAnswer<void>>;
}
