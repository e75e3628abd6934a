/**
 * The invented people of the virtual world, as data. Nobody here exists: every
 * identity number has an impossible area code and every name says so (演 = acted).
 */
import type { YearSums } from '../insurance/fund-calculation.ts';
import { NOTHING_THIS_YEAR } from '../insurance/fund-calculation.ts';
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

const ROW: InsuranceRow = {
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

function invent({ sequence, ...draft }: Draft): Patient {
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

/** The reference's example 1: deductible 450.00 used, account 120.35, family 50.00. */
const ZHANG = invent({
  sequence: 101,
  key: 'zhang',
  name: '张演一',
  sex: 'male',
  born: '1979-03-14',
  insurances: [
    { ...ROW, balanceFen: 12_035, familyBalanceFen: 5_000, year: { ...NOTHING_THIS_YEAR, deductibleFen: 45_000 } },
  ],
});

export const PATIENTS: readonly Patient[] = [
  ZHANG,
  invent({
    sequence: 102,
    key: 'li',
    name: '李演二',
    sex: 'female',
    born: '1951-10-02',
    insurances: [
      { ...ROW, personType: '1201', balanceFen: 800_000, year: { ...NOTHING_THIS_YEAR, deductibleFen: 40_000 } },
    ],
    wallet: { route: 'alipay', balanceFen: 300_000, asksPassword: true },
  }),
  invent({
    sequence: 103,
    key: 'wang',
    name: '王演三',
    sex: 'male',
    born: '1988-07-21',
    insurances: [{ ...ROW, type: '390', personType: '1501' }],
  }),
  invent({
    sequence: 104,
    key: 'zhao',
    name: '赵演四',
    sex: 'female',
    born: '1992-12-30',
    insurances: [{ ...ROW, status: '2', balanceFen: 3_000 }],
  }),
  invent({
    sequence: 105,
    key: 'chen',
    name: '陈演五',
    sex: 'male',
    born: '1966-01-09',
    insurances: [{ ...ROW, insuredArea: '990900', balanceFen: 50_000 }],
    offSiteFiled: true,
    wallet: { route: 'unionPay', balanceFen: 200_000, asksPassword: true },
  }),
  invent({
    sequence: 106,
    key: 'sun',
    name: '孙演六',
    sex: 'female',
    born: '1958-05-18',
    insurances: [
      {
        ...ROW,
        type: '390',
        personType: '1601',
        year: { ...NOTHING_THIS_YEAR, deductibleFen: 10_000, eligibleFen: 40_000, poolPaidFen: 20_000 },
      },
    ],
    assistanceType: '2',
  }),
  invent({
    sequence: 108,
    key: 'zhou',
    name: '周演小',
    sex: 'female',
    born: '2019-06-01',
    insurances: [{ ...ROW, type: '390', personType: '1402' }],
    wallet: { route: 'wechat', balanceFen: 0, asksPassword: false },
  }),
  invent({
    sequence: 109,
    key: 'wu',
    name: '吴演八',
    sex: 'male',
    born: '1983-11-11',
    insurances: [
      { ...ROW, personType: '1102', civilServant: true, balanceFen: 60_000 },
      { ...ROW, type: '390', personType: '1501', status: '4' },
    ],
  }),
  invent({
    sequence: 110,
    key: 'zheng',
    name: '郑演九',
    sex: 'female',
    born: '1975-08-08',
    insurances: [
      { ...ROW, balanceFen: 4_210 },
      { ...ROW, type: '390', personType: '1501' },
    ],
    wallet: { route: 'wechat', balanceFen: 1_000, asksPassword: false },
  }),
  /** Not filed for care away from home. */
  invent({
    sequence: 111,
    key: 'qian',
    name: '钱演十',
    sex: 'male',
    born: '1970-02-28',
    insurances: [{ ...ROW, insuredArea: '990900', balanceFen: 7_000 }],
    hasECredential: false,
  }),
  /** A name with a separator dot and characters beyond GB 2312. */
  invent({
    sequence: 113,
    key: 'rare',
    name: '买买提·演喆堃',
    sex: 'male',
    born: '1985-04-23',
    insurances: [{ ...ROW, balanceFen: 20_000 }],
  }),
];

/** @throws RangeError for a key that nobody has. */
export function patientByKey(key: string, patients: readonly Patient[] = PATIENTS): Patient {
  const found = patients.find((patient) => patient.key === key);
  if (!found) throw new RangeError(`No invented person has the key ${JSON.stringify(key)}.`);
  return found;
}
