/**
 * Invented people of every kind of insurance and of every fund that can pay beside the pool: 离休, 生育, 大额, 公务员,
 * 企业补充, 大病, 医疗救助, 家庭共济.
 */
import { NOTHING_THIS_YEAR } from '../insurance/fund-calculation.ts';
import { invent, type Patient, ROW } from './patient.ts';

export const RARE_INSURANCES: readonly Patient[] = [
  /** 离休: one fund bears all in scope, there is no account. */
  invent({
    sequence: 115,
    key: 'feng',
    name: '冯演甲',
    sex: 'male',
    born: '1932-04-05',
    insurances: [{ ...ROW, type: '340', personType: '1300' }],
  }),
  /** 生育 as an insurance of its own. */
  invent({
    sequence: 114,
    key: 'lin',
    name: '林演乙',
    sex: 'female',
    born: '1996-09-12',
    insurances: [{ ...ROW, type: '510', personType: '1501' }],
  }),
  /** Employee near the pool's cap, civil servant, with 企业补充 and 医疗救助; her brother's account pays in addition. */
  invent({
    sequence: 116,
    key: 'huang',
    name: '黄演丙',
    sex: 'female',
    born: '1993-02-17',
    insurances: [
      {
        ...ROW,
        personType: '1102',
        civilServant: true,
        enterprise: true,
        balanceFen: 3_000,
        familyPayer: 'ma',
        year: { ...NOTHING_THIS_YEAR, deductibleFen: 60_000, eligibleFen: 3_300_000, poolPaidFen: 1_990_000 },
      },
    ],
    assistanceType: '2',
  }),
  /** Resident just under the 大病 threshold, with 医疗救助. */
  invent({
    sequence: 117,
    key: 'he',
    name: '何演丁',
    sex: 'male',
    born: '1949-12-24',
    insurances: [
      {
        ...ROW,
        type: '390',
        personType: '1601',
        year: { ...NOTHING_THIS_YEAR, deductibleFen: 10_000, burdenFen: 1_480_000 },
      },
    ],
    assistanceType: '2',
  }),
  /** Resident just under the 大病 threshold, with 医疗救助 and a commercial cover: everything that can pay at once. */
  invent({
    sequence: 120,
    key: 'xie',
    name: '谢演庚',
    sex: 'female',
    born: '1961-03-08',
    insurances: [
      {
        ...ROW,
        type: '390',
        personType: '1601',
        commercialBp: 5_000,
        balanceFen: 2_000,
        year: { ...NOTHING_THIS_YEAR, deductibleFen: 10_000, burdenFen: 1_480_000 },
      },
    ],
    assistanceType: '2',
  }),
  /** The one whose account pays for others. */
  invent({
    sequence: 119,
    key: 'ma',
    name: '马演戊',
    sex: 'male',
    born: '1968-06-30',
    insurances: [{ ...ROW, balanceFen: 90_000 }],
  }),
  /** A resident without an account of her own. */
  invent({
    sequence: 118,
    key: 'tian',
    name: '田演己',
    sex: 'female',
    born: '1970-10-01',
    insurances: [{ ...ROW, type: '390', personType: '1501', familyPayer: 'ma' }],
  }),
];
