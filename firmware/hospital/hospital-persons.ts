/** Who somebody is to the hospital. People without insurance (就诊卡, passport, a newborn) are people too. */
import type { Secret } from '../../drivers/secret.ts';
import type { PartyAnswer } from './hospital-gateway.ts';

/** At least one of certificate and visit card. */
export interface HospitalPerson {
  /** `certno` */
  readonly certificateNumber?: Secret<string>;
  /** `psn_cert_type`; 01 居民身份证 when missing. */
  readonly certificateType?: string;
  /** `psn_no`, when insurance knows the person. */
  readonly personNumber?: Secret<string>;
  /** 就诊卡号 */
  readonly visitCardNumber?: Secret<string>;
}

export interface HospitalPatient {
  /** The hospital's own number for this person. */
  readonly patientId: string;
  readonly name: Secret<string>;
  /** `psn_cert_type`; `undefined` for somebody without any certificate yet. */
  readonly certificateType: string | undefined;
  readonly certificateNumber: Secret<string> | undefined;
  /** `gend`: 1 male, 2 female, 9 not told. */
  readonly sex: '1' | '2' | '9';
  /** yyyy-MM-dd */
  readonly birthDate: string;
  /** Whose child, for a newborn without papers: the hospital's number of the mother. */
  readonly motherPatientId: string | undefined;
}

export interface HospitalPersons {
  patient(person: HospitalPerson): Promise<PartyAnswer<HospitalPatient, 'unknownPatient'>>;
}
