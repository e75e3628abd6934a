/** Who in the hospital can put right what held a bill, and which held bills get a slip with a number (问题处理单). */
import type { ReasonId } from '../reasons.ts';

/** 人工窗口 价格咨询处 备案窗口 诊室 药房 住院处 */
export const offices = ['counter', 'priceOffice', 'filingWindow', 'doctor', 'pharmacy', 'wardOffice'] as const;
export type Office = (typeof offices)[number];

/** Every reason that opens a case, with the office whose case it is. */
export const caseOffices = {
  billTotalsDiffer: 'counter',
  billTampered: 'counter',
  notToldBefore: 'counter',
  duplicateCharge: 'counter',
  notAsExecuted: 'counter',
  tooManyCharged: 'counter',
  outsideScope: 'counter',
  aboveQuota: 'counter',
  caseInTalks: 'counter',
  itemForOtherAge: 'counter',
  foreignInstitution: 'counter',
  doctorNotFiled: 'counter',
  injuryOfOthers: 'counter',
  reviewBlocked: 'counter',
  itemNotPublished: 'priceOffice',
  priceAbovePublished: 'priceOffice',
  priceDiffers: 'priceOffice',
  unitDiffers: 'priceOffice',
  itemOutOfForce: 'priceOffice',
  specialAndBasic: 'priceOffice',
  splitCharge: 'priceOffice',
  injuryNotFiled: 'filingWindow',
  injuryFactsMissing: 'doctor',
  diagnosisMissing: 'doctor',
  restrictedUse: 'doctor',
  tooMuchAtOnce: 'doctor',
  notAsOrdered: 'doctor',
  doctorAsked: 'doctor',
  traceCodeMissing: 'pharmacy',
  prescriptionUnreviewed: 'pharmacy',
  inHospitalNow: 'wardOffice',
} as const satisfies Partial<Record<ReasonId, Office>>;

export type CaseReason = keyof typeof caseOffices;

export function opensCase(reason: ReasonId): reason is CaseReason {
  return Object.hasOwn(caseOffices, reason);
}
