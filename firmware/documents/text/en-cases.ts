/** The English beside the Chinese on a held bill's slip. */
import type { CaseReason, Office } from '../../region/offices.ts';
import type { CaseTextId } from './zh-cases.ts';

export const caseEn: Readonly<Record<CaseReason, string>> = {
  billTotalsDiffer: 'Total and lines differ',
  billTampered: 'Not as the hospital sent it',
  notToldBefore: 'Self-pay item not told before',
  duplicateCharge: 'Possibly charged twice',
  notAsExecuted: 'Charged and done differ',
  tooManyCharged: 'Charged more than ordered or done',
  outsideScope: 'Item outside the insurance list',
  aboveQuota: 'Who pays must be checked',
  caseInTalks: 'Not settled with insurance for now',
  itemForOtherAge: 'Item and age differ',
  foreignInstitution: 'Bill of another institution',
  doctorNotFiled: 'Doctor not on file DOC_NOT_FILED',
  injuryOfOthers: 'Injury: another payer is possible',
  reviewBlocked: 'Held by the insurance review',
  itemNotPublished: 'No published price',
  priceDiffers: 'Price differs from the published one',
  priceAbovePublished: 'Above the published price',
  unitDiffers: 'Unit differs from the published one',
  itemOutOfForce: 'Item code out of use',
  specialAndBasic: 'Special and basic item together',
  splitCharge: 'Possibly charged in parts',
  injuryNotFiled: 'Injury not registered',
  injuryFactsMissing: 'Facts of the injury incomplete',
  diagnosisMissing: 'Diagnosis code missing',
  restrictedUse: 'Reason for a restricted drug missing',
  tooMuchAtOnce: 'Amount of a drug to be checked',
  notAsOrdered: 'Charged and ordered differ',
  doctorAsked: 'The doctor is asked to explain',
  traceCodeMissing: 'Drug not scanned',
  prescriptionUnreviewed: 'Waiting for the pharmacist',
  inHospitalNow: 'Outpatient bill during a stay',
};

export const officesEn: Readonly<Record<Office, string>> = {
  counter: 'Counter',
  priceOffice: 'Price office',
  filingWindow: 'Filing window',
  doctor: 'Doctor',
  pharmacy: 'Pharmacy',
  wardOffice: 'Ward office',
};

export const caseWordsEn: Readonly<Record<CaseTextId, string>> = {
  printedOn: 'Printed',
  caseTitle: 'Slip for the counter',
  nothingCharged: 'Nothing was charged. Take this slip with you.',
  orCounter: 'or',
  caseNumber: 'Case no.',
  billNumber: 'Bill no.',
  list: 'List',
  rule: 'Rule',
  code: 'Code',
};
