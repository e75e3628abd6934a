/**
 * 外配处方: what a pharmacy outside sells the patient; it stands beside the lines of a bill and is never charged here
 * (Z-8.3.6).
 *
 * One promise: a prescription that says its pharmacist has passed it names that pharmacist and the time, or it is no
 * answer (SZ-272).
 */
import { day, optionalTime } from '../contract-fields.ts';
import { FieldError, type Fields } from '../json-fields.ts';

export interface ExternalPrescription {
  /** Number at the e-prescription centre (电子处方中心). */
  readonly prescriptionId: string;
  /** 药师审方 */
  readonly review: 'waiting' | 'passed' | 'refused';
  /** 费用类别: whether insurance takes part in it at the pharmacy. */
  readonly feeKind: 'insurance' | 'own';
  /** 处方通道类型, in the hospital's own words. */
  readonly channel: string;
  readonly doctorName: string;
  /** 医师签名(签章): number of the electronic signature. */
  readonly doctorSignature: string;
  readonly pharmacistName: string | undefined;
  /** yyyy-MM-dd HH:mm:ss */
  readonly reviewedAt: string | undefined;
  /** Last day, yyyy-MM-dd. */
  readonly validUntil: string;
  readonly items: readonly PrescribedItem[];
}

export interface PrescribedItem {
  readonly name: string;
  readonly specification: string;
  /** Decimal text. */
  readonly quantity: string;
  readonly unit: string;
  /** 用法用量 */
  readonly usage: string;
}

export function readExternalPrescription(prescription: Fields): ExternalPrescription {
  const read: ExternalPrescription = {
    prescriptionId: prescription.text('prescriptionId'),
    review: prescription.oneOf('review', ['waiting', 'passed', 'refused'] as const),
    feeKind: prescription.oneOf('feeKind', ['insurance', 'own'] as const),
    channel: prescription.text('channel'),
    doctorName: prescription.text('doctorName'),
    doctorSignature: prescription.text('doctorSignature'),
    pharmacistName: prescription.optionalText('pharmacistName'),
    reviewedAt: optionalTime(prescription, 'reviewedAt'),
    validUntil: day(prescription, 'validUntil'),
    items: prescription.list('items').map((item) => ({
      name: item.text('name'),
      specification: item.text('specification'),
      quantity: item.decimal('quantity'),
      unit: item.text('unit'),
      usage: item.text('usage'),
    })),
  };
  if (read.items.length === 0) throw new FieldError('a prescription has no items');
  if (read.review === 'passed' && (read.pharmacistName === undefined || read.reviewedAt === undefined)) {
    throw new FieldError('review is passed and no pharmacist or time stands beside it');
  }
  return read;
}
