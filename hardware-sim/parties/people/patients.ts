/**
 * The invented people of the virtual world, as data. Nobody here exists: every
 * identity number has an impossible area code and every name says so (演 = acted).
 */
import { NOTHING_THIS_YEAR } from '../insurance/fund-calculation.ts';
import { invent, type Patient, ROW } from './patient.ts';
import { RARE_INSURANCES } from './rare-insurances.ts';

export type { InsuranceRow, Patient, PayRoute } from './patient.ts';

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
  ...RARE_INSURANCES,
];

/** @throws RangeError for a key that nobody has. */
export function patientByKey(key: string, patients: readonly Patient[] = PATIENTS): Patient {
  const found = patients.find((patient) => patient.key === key);
  if (!found) throw new RangeError(`No invented person has the key ${JSON.stringify(key)}.`);
  return found;
}
