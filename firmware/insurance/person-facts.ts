/**
 * Sex and birth date as uploads and reviews want them: what the platform or the hospital said, else what an
 * eighteen-digit identity number says by itself (GB 11643).
 */
import type { Secret } from '../../drivers/secret.ts';

export interface KnownPerson {
  readonly certificateNumber: Secret<string>;
  /** `gend` */
  readonly gender?: string;
  /** yyyy-MM-dd */
  readonly bornOn?: Secret<string>;
}

const UNKNOWN = '0';

function identityNumber({ certificateNumber }: KnownPerson): RegExpExecArray | null {
  return /^\d{6}(\d{4})(\d\d)(\d\d)\d\d(\d)[\dXx]$/.exec(certificateNumber.reveal());
}

/** `gend`: 1 男 2 女 0 未知. */
export function genderOf(person: KnownPerson): string {
  if (person.gender !== undefined) return person.gender;
  const sequence = identityNumber(person)?.[4];
  if (sequence === undefined) return UNKNOWN;
  return Number(sequence) % 2 === 1 ? '1' : '2';
}

/** `brdy`, yyyy-MM-dd; '' when nothing says it. */
export function bornOnOf(person: KnownPerson): string {
  if (person.bornOn !== undefined) return person.bornOn.reveal();
  const match = identityNumber(person);
  return match ? `${match[1]}-${match[2]}-${match[3]}` : '';
}

/** Whole years at a day, yyyy-MM-dd; `undefined` without a birth date. */
export function ageOn(bornOn: string, day: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(bornOn)) return undefined;
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return day.slice(5, 10) < bornOn.slice(5, 10) ? years - 1 : years;
}
