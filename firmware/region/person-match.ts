/**
 * Whether the person whom the centre names is the person of the medium (Z-8.1.3, SZ-213a, SZ-213d).
 *
 * One promise: `samePerson` means that name and certificate number were both there on both sides and agree.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { Credential, Person } from '../insurance/insurance-platform.ts';
import type { ReasonId } from '../reasons.ts';

export type PersonMatch = 'samePerson' | Extract<ReasonId, 'personIncomplete' | 'personDiffers'>;

/** @param person 1101's answer; a field that the centre left out is an empty text there (an age −1). */
export function matchPerson(medium: Pick<Credential, 'name' | 'certificateNumber'>, person: Person): PersonMatch {
  const told = [person.personNumber, person.name, person.certificateNumber, medium.name, medium.certificateNumber];
  if (told.some((value) => !value?.reveal().trim()) || person.age < 0) return 'personIncomplete';
  if (person.insurances.some((row) => row.type === '' || row.insuredArea === '')) return 'personIncomplete';
  const sameNumber = number(medium.certificateNumber) === number(person.certificateNumber);
  return sameNumber && name(medium.name) === name(person.name) ? 'samePerson' : 'personDiffers';
}

function number(value: Secret<string> | undefined): string {
  return (value?.reveal() ?? '').trim().toUpperCase();
}

/** Full-width forms, spaces and the many dots of minority and foreign names are writing, not another name. */
function name(value: Secret<string> | undefined): string {
  return (value?.reveal() ?? '')
    .normalize('NFKC')
    .replace(/[\s\u00b7\u2022\u2027\u22c5\u30fb\uff0e.]/g, '')
    .toUpperCase();
}
