/** Reads a stay in hospital and the person behind it as the hospital's contract writes them. */
import { Secret } from '../../drivers/secret.ts';
import { day, fen, optionalTime, time } from '../contract-fields.ts';
import type { Fields } from '../json-fields.ts';
import type { HospitalPatient } from './hospital-persons.ts';
import type { InpatientStay } from './inpatient.ts';
import { readDeposit } from './settled-fields.ts';

export function readPatient(patient: Fields): HospitalPatient {
  const certificateNumber = patient.optionalText('certificateNumber');
  return {
    patientId: patient.text('patientId'),
    name: new Secret(patient.text('name')),
    certificateType: patient.optionalText('certificateType'),
    certificateNumber: certificateNumber === undefined ? undefined : new Secret(certificateNumber),
    sex: patient.oneOf('sex', ['1', '2', '9'] as const),
    birthDate: day(patient, 'birthDate'),
    motherPatientId: patient.optionalText('motherPatientId'),
  };
}

export function readStay(stay: Fields): InpatientStay {
  const limits = stay.object('depositLimits');
  const discharge = stay.object('discharge');
  return {
    stayId: stay.text('stayId'),
    visitId: stay.optionalText('visitId'),
    inpatientNumber: stay.text('inpatientNumber'),
    ward: stay.text('ward'),
    bed: stay.text('bed'),
    departmentCode: stay.text('departmentCode'),
    departmentName: stay.text('departmentName'),
    admittedAt: time(stay, 'admittedAt'),
    balanceFen: stay.integer('balanceFen'),
    feesFen: fen(stay, 'feesFen'),
    deposits: stay.list('deposits').map(readDeposit),
    depositLimits: { minFen: fen(limits, 'minFen'), maxFen: fen(limits, 'maxFen') },
    discharge: {
      ordered: discharge.boolean('ordered'),
      orderedAt: optionalTime(discharge, 'orderedAt'),
      feesPosted: discharge.boolean('feesPosted'),
      disputed: discharge.boolean('disputed'),
      coded: discharge.boolean('coded'),
      registered: discharge.boolean('registered'),
    },
  };
}
