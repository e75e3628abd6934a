/** Whom the hospital knows: the insured, and people without insurance, each with the hospital's own card number. */
import type { Patient } from '../people/patients.ts';
import type { PersonWithoutInsurance } from '../people/without-insurance.ts';
import { textOf, type WireObject } from '../wire-json.ts';

export interface Registered {
  readonly key: string;
  readonly name: string;
  readonly sex: 'male' | 'female';
  readonly born: string;
  readonly certificate: { readonly type: string; readonly number: string } | undefined;
  readonly visitCard: string;
  readonly mother: string | undefined;
  /** Somebody whom the insurance knows. */
  readonly insured: Patient | undefined;
}

export function insuredPerson(patient: Patient): Registered {
  return {
    key: patient.key,
    name: patient.name,
    sex: patient.sex,
    born: patient.born,
    certificate: { type: '01', number: patient.identityNumber },
    visitCard: `JZ99000000${patient.personNumber.slice(-3)}`,
    mother: undefined,
    insured: patient,
  };
}

export function uninsuredPerson(person: PersonWithoutInsurance): Registered {
  return { ...person, insured: undefined };
}

/** Whoever the search means; a certificate and a person number that contradict each other mean nobody. */
export function findRegistered(people: readonly Registered[], search: WireObject): Registered | undefined {
  const certificateNumber = textOf(search, 'certificateNumber');
  const certificateType = textOf(search, 'certificateType') ?? '01';
  const visitCard = textOf(search, 'visitCardNumber');
  const personNumber = textOf(search, 'personNumber');
  const found = people.find((one) =>
    certificateNumber === undefined
      ? visitCard !== undefined && one.visitCard === visitCard
      : one.certificate?.number === certificateNumber && one.certificate.type === certificateType,
  );
  if (!found || (personNumber !== undefined && personNumber !== found.insured?.personNumber)) return undefined;
  return found;
}

export function patientJson(person: Registered): WireObject {
  return {
    patientId: person.visitCard,
    name: person.name,
    certificateType: person.certificate?.type ?? null,
    certificateNumber: person.certificate?.number ?? null,
    sex: person.sex === 'male' ? '1' : '2',
    birthDate: person.born,
    motherPatientId: person.mother ?? null,
  };
}
