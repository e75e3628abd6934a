/**
 * 外配处方: a prescription for a pharmacy outside, on paper of its own (SZ-226, SZ-272).
 *
 * One promise: only one that a pharmacist has passed is made, with its four marks (外购, fee kind, channel, the doctor's
 * signature); no pharmacy is named on it, for the choice is the patient's.
 */
import type { PaperBlock, PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { ExternalPrescription } from '../hospital/external-prescription.ts';
import type { Language } from '../screen/messages.ts';
import { lines, pair, type Words, wording } from './bilingual-rows.ts';
import { prescriptionEn } from './text/en-prescription.ts';
import { type PrescriptionTextId, prescriptionZh } from './text/zh-prescription.ts';

export interface PrescriptionSlip {
  readonly config: KioskConfig;
  readonly language: Language;
  readonly maskedName: string;
  readonly departmentName: string;
  readonly prescription: ExternalPrescription;
}

function wordsOf(language: Language): (id: PrescriptionTextId) => Words {
  return (id) => ({ zh: prescriptionZh[id], en: language === 'en' ? prescriptionEn[id] : undefined });
}

/** `undefined` before a pharmacist has passed it. */
export function prescriptionSlip(slip: PrescriptionSlip): PaperDocument | undefined {
  const { config, language, prescription } = slip;
  const { pharmacistName, reviewedAt, doctorName, doctorSignature } = prescription;
  if (prescription.review !== 'passed' || pharmacistName === undefined || reviewedAt === undefined) return undefined;
  const say = wordsOf(language);
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(say('prescriptionTitle'), { align: 'center', bold: true, size: 2 }),
      ...lines(say('externalMark'), { align: 'center', bold: true }),
      { kind: 'rule' },
      ...pair(say('prescriptionNumber'), prescription.prescriptionId, true),
      ...pair(say('patient'), slip.maskedName),
      ...pair(say('department'), slip.departmentName),
      ...pair(say('feeKind'), say(prescription.feeKind), true),
      ...pair(say('channel'), prescription.channel, true),
      ...pair(say('validUntil'), prescription.validUntil, true),
      ...prescription.items.flatMap(({ name, specification, quantity, unit, usage }): readonly PaperBlock[] => [
        { kind: 'rule', fill: '.' },
        ...pair({ zh: `${name} ${specification}` }, `${quantity} ${unit}`, true),
        { kind: 'text', text: usage },
      ]),
      { kind: 'rule' },
      ...pair(say('doctorSigned'), `${doctorName} ${doctorSignature}`, true),
      ...pair(say('reviewed'), pharmacistName),
      ...pair(say('reviewedAt'), reviewedAt),
      { kind: 'rule' },
      ...lines(say('howTo'), { bold: true }),
      ...lines(say('firstStep')),
      ...lines(say('secondStep')),
      ...lines(say('thirdStep')),
      { kind: 'feed', lines: 1 },
      { kind: 'qr', data: prescription.prescriptionId },
      ...pair(wording(language)('complaint'), '12345'),
      ...pair(wording(language)('hospitalPhone'), config.hospital.phone),
      { kind: 'cut', mode: 'partial' },
    ],
  };
}

/** On the slip of the bill: each that cannot be printed now, by its number, and what to do. */
export function unprintableRows(
  prescriptions: readonly ExternalPrescription[] | undefined,
  language: Language,
): readonly PaperBlock[] {
  const say = wordsOf(language);
  return (prescriptions ?? []).flatMap(({ prescriptionId, review }): readonly PaperBlock[] =>
    review === 'passed'
      ? []
      : [...pair(say('prescriptionTitle'), prescriptionId, true), ...lines(say(review)), { kind: 'rule' }],
  );
}
