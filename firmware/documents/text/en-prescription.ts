/** The prescription for a pharmacy outside on paper, in English, beside the Chinese. */
import type { PrescriptionTextId } from './zh-prescription.ts';

export const prescriptionEn: Readonly<Record<PrescriptionTextId, string>> = {
  prescriptionTitle: 'Prescription to take away',
  externalMark: 'Bought elsewhere, not charged here',
  prescriptionNumber: 'Number',
  feeKind: 'Paid by',
  insurance: 'Insurance',
  own: 'Yourself',
  channel: 'Channel',
  doctorSigned: 'Doctor signed',
  reviewed: 'Pharmacist',
  reviewedAt: 'Reviewed at',
  validUntil: 'Valid until',
  patient: 'Patient',
  department: 'Department',
  howTo: 'How to buy',
  firstStep: '1. Take this and your insurance code, card or ID to any designated pharmacy: you choose which.',
  secondStep: '2. The pharmacy finds it by its number, checks it, hands out and charges.',
  thirdStep: '3. Go before the last day, and read name and use before you leave.',
  waiting: 'The pharmacist has not finished the review: it cannot be printed yet. Print it later under Print again.',
  refused: 'The pharmacist did not pass it: it cannot be printed. Please go back to the doctor.',
};
