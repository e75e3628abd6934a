/** Departments and practitioners of the invented hospital, as filed with the insurance. */
import type { Department, Practitioner } from '../insurance/agreement-register.ts';

export const DEPARTMENTS: readonly Department[] = [
  { code: 'D0101', name: '演示内科', specialty: 'A03' },
  { code: 'D0201', name: '演示外科', specialty: 'A04' },
];

export const DOCTOR: Practitioner = { code: 'D990001000001', name: '医演甲', departmentCode: 'D0101' };
/** Paused by points from the first day on. */
export const PAUSED_DOCTOR: Practitioner = { code: 'D990001000009', name: '医演停', departmentCode: 'D0101' };

export const PRACTITIONERS: readonly Practitioner[] = [
  DOCTOR,
  { code: 'D990001000002', name: '医演乙', departmentCode: 'D0201' },
  PAUSED_DOCTOR,
];

/** The one ward of the demonstration. */
export const WARD = {
  name: '演示内科病区',
  bed: '12 床',
  departmentCode: 'D0101',
  departmentName: '演示内科',
  specialty: 'A03',
  diagnosis: { code: 'J18.900', name: '肺炎(演示)' },
} as const;
