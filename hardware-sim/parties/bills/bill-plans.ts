/**
 * Bills of the invented hospital, by kind: the cases that rules turn on. Consent
 * thresholds, duplicates, missing diagnoses, and every mark that the contract knows.
 */
import type { BillMarks, HospitalBillLine } from './hospital-bill.ts';
import { RULE_BILLS } from './rule-bills.ts';

export interface BillPlan {
  /** Catalogue keys with quantities; an item named twice with one `order` is a suspected double charge. */
  readonly items: readonly (readonly [key: string, quantity: number, order?: string])[];
  readonly diagnosed?: false;
  readonly foreign?: true;
  readonly pausedDoctor?: true;
  readonly emergency?: true;
  readonly kind?: 'outpatient' | 'registration';
  readonly medicalType?: string;
  readonly marks?: BillMarks;
  /** Marks of the line at each place, or what it says otherwise than the catalogue. */
  readonly lineMarks?: Readonly<Record<number, Partial<HospitalBillLine>>>;
  /** What the hospital charges for the line at this place instead of the published price. */
  readonly charged?: Readonly<Record<number, string>>;
  /** Lines that are already done, by place; only the examination fee unless given. */
  readonly performed?: readonly number[];
}

const PUBLISHED = { published: true, price: null, unit: null, payStandard: null };
const HURT = {
  happenedAt: '2026-03-01 18:20:00',
  place: '演示路口',
  cause: '骑车跌倒',
  state: '左手擦伤',
  receivedAt: '2026-03-01 19:05:00',
  filingId: null,
};

const DEMO_GOODS = {
  lotNumber: 'YZ260901',
  producedOn: '2026-09-01',
  expiresOn: '2028-08-31',
  pharmacistName: '药演甲',
  pharmacistLicence: 'ZY990001',
};

/** 外配处方, passed by the invented pharmacist. */
const TAKEN_AWAY: NonNullable<BillMarks['externalPrescriptions']>[number] = {
  prescriptionId: 'CF990010',
  review: 'passed',
  feeKind: 'insurance',
  channel: '门诊外配',
  doctorName: '演医',
  doctorSignature: 'QZ990010',
  pharmacistName: '药演甲',
  reviewedAt: '2026-03-05 08:40:00',
  validUntil: '2026-03-08',
  items: [{ name: '演示片', specification: '0.5g×24片', quantity: '2', unit: '盒', usage: '口服 一次1片 一日3次' }],
};

export const BILL_PLANS = {
  /** The reference's example 1: 557.40. */
  example: {
    items: [
      ['examFee', 1],
      ['tablets', 2],
      ['capsules', 1],
      ['scan', 1],
      ['vitamins', 1],
    ],
  },
  /** Covered lines only; with a full account nothing is left to pay. */
  allCovered: {
    items: [
      ['examFee', 1],
      ['tablets', 1],
    ],
  },
  small: {
    items: [
      ['bloodTest', 1],
      ['granules', 2],
    ],
  },
  consent19999: {
    items: [
      ['examFee', 1],
      ['own19999', 1],
    ],
  },
  consent20000: {
    items: [
      ['examFee', 1],
      ['own20000', 1],
    ],
  },
  consent20001: {
    items: [
      ['examFee', 1],
      ['own20001', 1],
    ],
  },
  /** 120.00 + 80.00 */
  consentSum: {
    items: [
      ['examFee', 1],
      ['own12000', 1],
      ['own8000', 1],
    ],
  },
  /** 30.00 × 7 */
  consentMany: {
    items: [
      ['examFee', 1],
      ['own3000', 7],
    ],
  },
  emergencyOwn: {
    items: [
      ['examFee', 1],
      ['own20000', 1],
    ],
    emergency: true,
  },
  duplicateOrder: {
    items: [
      ['examFee', 1],
      ['bloodTest', 1, 'twice'],
      ['bloodTest', 1, 'twice'],
    ],
  },
  noDiagnosis: { items: [['examFee', 1]], diagnosed: false },
  foreignInstitution: { items: [['examFee', 1]], foreign: true },
  pausedDoctor: {
    items: [
      ['examFee', 1],
      ['bloodTest', 1],
    ],
    pausedDoctor: true,
  },
  /** 挂号: one covered fee. */
  registration: { items: [['examFee', 1]], kind: 'registration', medicalType: '12' },
  /** Lines that can go back: only the examination is done. */
  severalLines: {
    items: [
      ['examFee', 1],
      ['tablets', 2],
      ['bloodTest', 1],
      ['vitamins', 1],
    ],
  },
  /** Everything is done: nothing can go back. */
  allPerformed: {
    items: [
      ['examFee', 1],
      ['bloodTest', 1],
    ],
    performed: [0, 1],
  },
  /** Nothing is done yet: the whole can go back. */
  nothingDone: {
    items: [
      ['vitamins', 2],
      ['tablets', 1],
    ],
    performed: [],
  },
  /** 外伤 with its five facts and a filing. */
  injuryFiled: {
    items: [['examFee', 1]],
    medicalType: '19',
    marks: { injury: { ...HURT, filingId: 'WS990001' } },
  },
  /** 外伤, all told, nothing filed. */
  injuryUnfiled: { items: [['examFee', 1]], medicalType: '19', marks: { injury: HURT } },
  /** 外伤 of which nobody wrote where and how. */
  injuryUntold: {
    items: [['examFee', 1]],
    medicalType: '19',
    marks: { injury: { ...HURT, place: null, cause: null } },
  },
  /** The same medicine for the third time this month. */
  repeatedDrug: { items: [['tablets', 2]], marks: { personCheck: true } },
  disputed: { items: [['examFee', 1]], marks: { disputed: true } },
  aboveQuota: {
    items: [
      ['examFee', 1],
      ['tablets', 1],
    ],
    marks: { quota: 'above' },
  },
  internetVisit: {
    items: [['tablets', 1]],
    marks: {
      internet: { hospitalCode: 'H99000100008', parentCode: 'H99000100001', chain: ['ZX990001', 'CF990001'] },
    },
  },
  /** The internet hospital of somebody else. */
  strangersInternetVisit: {
    items: [['tablets', 1]],
    marks: { internet: { hospitalCode: 'H99000200008', parentCode: 'H99000200002', chain: ['ZX990002'] } },
  },
  maternity: { items: [['examFee', 1]], medicalType: '51' },
  chronic: { items: [['tablets', 2]], medicalType: '14', marks: { chronicDisease: 'M01600' } },
  unpublishedItem: {
    items: [
      ['examFee', 1],
      ['bloodTest', 1],
    ],
    lineMarks: { 1: { priceSource: { ...PUBLISHED, published: false } } },
  },
  abovePublishedPrice: {
    items: [
      ['examFee', 1],
      ['bloodTest', 1],
    ],
    charged: { 1: '18.01' },
    lineMarks: { 1: { priceSource: { ...PUBLISHED, price: '18.00', unit: '次' } } },
  },
  otherUnit: {
    items: [['tablets', 1]],
    lineMarks: { 0: { priceSource: { ...PUBLISHED, price: '36.50', unit: '片' } } },
  },
  abovePayStandard: {
    items: [['capsules', 1]],
    lineMarks: { 0: { priceSource: { ...PUBLISHED, price: '128.80', unit: '盒', payStandard: '120.00' } } },
  },
  restrictedWithBasis: { items: [['capsules', 1]], lineMarks: { 0: { restricted: { basisId: 'JC990001' } } } },
  restrictedWithoutBasis: { items: [['capsules', 1]], lineMarks: { 0: { restricted: { basisId: null } } } },
  /** 特需 and the basic item of the same service. */
  specialAndBasic: {
    items: [
      ['examFee', 1],
      ['own20000', 1],
    ],
    lineMarks: { 1: { special: true, basicItemCode: '990102000010000' } },
  },
  externalPrescription: {
    items: [['examFee', 1]],
    marks: { externalPrescriptions: [TAKEN_AWAY] },
  },
  unreviewedPrescription: {
    items: [['tablets', 1]],
    lineMarks: { 0: { prescription: { prescriptionId: 'CF990011', review: 'waiting' } } },
    marks: {
      externalPrescriptions: [
        { ...TAKEN_AWAY, prescriptionId: 'CF990011', review: 'waiting', pharmacistName: null, reviewedAt: null },
      ],
    },
  },
  traceHeld: {
    items: [['tablets', 1]],
    lineMarks: { 0: { traceDue: true, traceCodes: ['83990001000000000001'], goods: DEMO_GOODS } },
  },
  traceMissing: { items: [['tablets', 1]], lineMarks: { 0: { traceDue: true } } },
  ...RULE_BILLS,
} as const satisfies Record<string, BillPlan>;

export type BillKind = keyof typeof BILL_PLANS;
