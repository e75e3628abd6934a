/**
 * Writes a bill of the invented hospital after its plan. `BILL_PLANS` has the kinds.
 */
import { secondText } from '../beijing-time.ts';
import { lineOf } from './bill-lines.ts';
import { BILL_PLANS, type BillKind, type BillPlan } from './bill-plans.ts';
import type { HospitalBill, HospitalBillLine } from './hospital-bill.ts';
import { DOCTOR, PAUSED_DOCTOR } from './hospital-staff.ts';

export { BILL_PLANS, type BillKind } from './bill-plans.ts';

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
    const line = lineOf(key, {
      lineNumber: `${frame.billId}-${frame.version}-${index + 1}`,
      orderId: `${frame.billId}-o-${order ?? index + 1}`,
      quantity,
      doctor,
      performed: plan.performed?.includes(index) ?? key === 'examFee',
      price: plan.charged?.[index],
    });
    return { ...line, ...plan.lineMarks?.[index] };
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
    kind: plan.kind ?? 'outpatient',
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
    medicalType: plan.medicalType ?? (plan.emergency ? '13' : '11'),
    emergency: plan.emergency ?? false,
    diagnoses: plan.diagnosed === false ? [] : [diagnosis],
    lines,
    totalFen: lines.reduce((sum, line) => sum + line.amountFen, 0),
    uploaded: null,
    ...plan.marks,
  };
}
