/** What is known of one invented person, and how one is invented: nobody here exists (演 = acted). */
import { NOTHING_THIS_YEAR, type YearSums } from '../insurance/fund-calculation.ts';
import { inventIdentityNumber } from './identity-number.ts';

export type PayRoute = 'wechat' | 'alipay' | 'unionPay';

export interface InsuranceRow {
  /** `insutype` */
  readonly type: '310' | '340' | '390' | '510';
  /** `psn_type` */
  readonly personType: string;
  /** `psn_insu_stas`: 1 正常 2 暂停 4 终止 */
  readonly status: '1' | '2' | '4';
  readonly balanceFen: number;
  readonly familyBalanceFen: number;
  /** Whose account pays in addition (家庭共济), by key; then `familyBalanceFen` says nothing. */
  readonly familyPayer?: string;
  /** The employer has 企业补充. */
  readonly enterprise?: true;
  /** A commercial cover (商保) pays this share of the in-scope rest, basis points. */
  readonly commercialBp?: number;
  readonly civilServant: boolean;
  /** `insuplc_admdvs`; `undefined` = the area of care. */
  readonly insuredArea: string | undefined;
  readonly year: YearSums;
}

export interface Patient {
  /** Handle for scenarios, e.g. `zhang`. */
  readonly key: string;
  readonly name: string;
  readonly sex: 'male' | 'female';
  /** yyyy-MM-dd */
  readonly born: string;
  /** `certno`, invented. */
  readonly identityNumber: string;
  /** `psn_no` */
  readonly personNumber: string;
  /** What a social-security card of this person holds; `undefined` = has none. */
  readonly card: { readonly number: string; readonly cardIdHex: string } | undefined;
  readonly hasECredential: boolean;
  readonly insurances: readonly InsuranceRow[];
  /** `psn_idet_type` of an assistance filing (救助对象). */
  readonly assistanceType: string | undefined;
  /** An off-site person's filing for care elsewhere. */
  readonly offSiteFiled: boolean;
  /** The phone's payment wallet. */
  readonly wallet: { readonly route: PayRoute; readonly balanceFen: number; readonly asksPassword: boolean };
}

/** A row to start from: a working employee. */
export const ROW: InsuranceRow = {
  type: '310',
  personType: '1101',
  status: '1',
  balanceFen: 0,
  familyBalanceFen: 0,
  civilServant: false,
  insuredArea: undefined,
  year: NOTHING_THIS_YEAR,
};

type Draft = Omit<
  Patient,
  'identityNumber' | 'personNumber' | 'card' | 'hasECredential' | 'assistanceType' | 'offSiteFiled' | 'wallet'
> &
  Partial<Patient> & { readonly sequence: number };

export function invent({ sequence, ...draft }: Draft): Patient {
  const serial = String(sequence).padStart(3, '0');
  return {
    identityNumber: inventIdentityNumber(draft.born, sequence),
    personNumber: `99000100000000000000${serial}`,
    card: { number: `SIM990${serial}`, cardIdHex: `990001D156000005${serial.padStart(16, '0')}` },
    hasECredential: true,
    assistanceType: undefined,
    offSiteFiled: false,
    wallet: { route: 'wechat', balanceFen: 500_000, asksPassword: false },
    ...draft,
  };
}
