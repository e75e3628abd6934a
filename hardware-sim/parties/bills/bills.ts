/**
 * Outpatient bills of the invented hospital, by kind. The kinds are the cases
 * that rules turn on: consent thresholds, duplicates, missing diagnoses.
 *
 * `HospitalBill` is the wire form of the hospital contract: amounts integer fen.
 */
import { secondText } from '../beijing-time.ts';
import { itemByKey } from '../catalogue/catalogue.ts';
import { priceTimes } from '../decimal.ts';
import { DOCTOR, PAUSED_DOCTOR } from './hospital-staff.ts';

export interface HospitalBillLine {
  readonly lineNumber: string;
  readonly catalogueCode: string;
  readonly hospitalCode: string;
  readonly name: string;
  readonly specification: string;
  readonly unit: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amountFen: number;
  readonly doctorCode: string;
  readonly doctorName: string;
  readonly category: string;
  readonly level: '01' | '02' | '03';
  readonly performed: boolean;
  readonly consentId: string | null;
  readonly orderId: string;
}

export interface HospitalFeeSplit {
  readonly lineNumber: string;
  readonly amountFen: number;
  readonly outOfScopeFen: number;
  readonly overLimitFen: number;
  readonly preSelfPayFen: number;
  readonly inScopeFen: number;
  readonly level: '01' | '02' | '03';
  readonly category: string;
}

export interface UploadedVisit {
  readonly visitId: string;
  readonly chargeBatch: string;
  readonly splits: readonly HospitalFeeSplit[];
}

export interface HospitalBill {
  readonly billId: string;
  readonly version: string;
  readonly institutionCode: string;
  readonly outpatientNumber: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly specialty: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly visitedAt: string;
  readonly medicalType: string;
  readonly emergency: boolean;
  readonly diagnoses: readonly {
    readonly code: string;
    readonly name: string;
    readonly departmentName: string;
    readonly doctorCode: string;
    readonly doctorName: string;
    readonly diagnosedAt: string;
  }[];
  readonly lines: readonly HospitalBillLine[];
  readonly totalFen: number;
  readonly uploaded: UploadedVisit | null;
}

interface BillPlan {
  /** Catalogue keys with quantities; an item named twice with one `order` is a suspected double charge. */
  readonly items: readonly (readonly [key: string, quantity: number, order?: string])[];
  readonly diagnosed?: false;
  readonly foreign?: true;
  readonly pausedDoctor?: true;
  readonly emergency?: true;
}

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
} as const satisfies Record<string, BillPlan>;

export type BillKind = keyof typeof BILL_PLANS;

export const FOREIGN_INSTITUTION = 'H99000200002';
const DEPARTMENT = { code: 'D0101', name: '演示内科', specialty: 'A03' };

export interface BillFrame {
  readonly billId: string;
  readonly version: number;
  readonly institutionCode: string;
  /** Unix ms. */
  readonly visitedMs: number;
}

/** Writes a bill of a kind; not uploaded yet. */
export function writeBill(kind: BillKind, frame: BillFrame): HospitalBill {
  const plan: BillPlan = BILL_PLANS[kind];
  const doctor = plan.pausedDoctor ? PAUSED_DOCTOR : DOCTOR;
  const visitedAt = secondText(frame.visitedMs);
  const lines = plan.items.map(([key, quantity, order], index): HospitalBillLine => {
    const item = itemByKey(key);
    return {
      lineNumber: `${frame.billId}-${frame.version}-${index + 1}`,
      catalogueCode: item.code,
      hospitalCode: item.hospitalCode,
      name: item.name,
      specification: item.specification,
      unit: item.unit,
      quantity: String(quantity),
      unitPrice: item.price,
      amountFen: priceTimes(item.price, String(quantity)) ?? 0,
      doctorCode: doctor.code,
      doctorName: doctor.name,
      category: item.category,
      level: item.rule.level,
      performed: key === 'examFee',
      consentId: null,
      orderId: `${frame.billId}-o-${order ?? index + 1}`,
    };
  });
  const diagnosis = {
    code: 'J06.900',
    name: '急性上呼吸道感染(演示)',
    departmentName: DEPARTMENT.name,
    doctorCode: doctor.code,
    doctorName: doctor.name,
    diagnosedAt: visitedAt,
  };
  return {
    billId: frame.billId,
    version: String(frame.version),
    institutionCode: plan.foreign ? FOREIGN_INSTITUTION : frame.institutionCode,
    outpatientNumber: `O${frame.billId}`,
    departmentCode: DEPARTMENT.code,
    departmentName: DEPARTMENT.name,
    specialty: DEPARTMENT.specialty,
    doctorCode: doctor.code,
    doctorName: doctor.name,
    visitedAt,
    medicalType: plan.emergency ? '13' : '11',
    emergency: plan.emergency ?? false,
    diagnoses: plan.diagnosed === false ? [] : [diagnosis],
    lines,
    totalFen: lines.reduce((sum, line) => sum + line.amountFen, 0),
    uploaded: null,
  };
}
