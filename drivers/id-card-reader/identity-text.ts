/**
 * From the 256 bytes of text in an identity document to what they say (E.2).
 *
 * One promise: a value that comes out has the form its standard gives it;
 * everything else is refused with the name of the field, never with its content.
 */
import { flawOfIdentityNumber, isCalendarDate } from '../identity-number.ts';
import { Secret } from '../secret.ts';
import type {
  ForeignPermanentResidentCard,
  HongKongMacaoTaiwanResidencePermit,
  IdCard,
  ResidentIdCard,
} from './id-card-reader.ts';
import {
  type Field,
  FOREIGN_2017_FIELDS,
  FOREIGN_2023_FIELDS,
  PERMIT_FIELDS,
  RESIDENT_FIELDS,
  TEXT_BYTES,
  TYPE_MARK,
} from './identity-text-table.ts';

/** The card does not hold what it must. `message` names the field, never its content. */
export class IdentityTextError extends Error {
  override readonly name = 'IdentityTextError';
}

/** Control and direction characters would play tricks on screen and paper; FFFD is a character that was lost. */
const NO_TEXT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}�]/u;
const LONG_TERM = '长期';

/** @throws IdentityTextError */
export function identityCardOf(text: Uint8Array): IdCard {
  if (text.length !== TEXT_BYTES) throw new IdentityTextError('the text has not 256 bytes');
  const read = new FieldReader(text);
  switch (read.typeMark()) {
    case 'I':
      return foreignCard2017(read);
    case 'Y':
      return foreignCard2023(read);
    case 'J':
      return residencePermit(read);
    default:
      return residentCard(read);
  }
}

function residentCard(read: FieldReader): ResidentIdCard {
  const { name, ethnicity, address, number, issuingAuthority } = RESIDENT_FIELDS;
  return {
    kind: 'residentIdCard',
    name: new Secret(read.required(name, 'name')),
    ...whoAndUntil(read, RESIDENT_FIELDS),
    number: new Secret(read.identityNumber(number, /^[1-9]/)),
    ethnicity: new Secret(read.shaped(ethnicity, 'ethnicity', /^\d\d$/)),
    address: secretOf(read.optional(address, 'address')),
    issuingAuthority: new Secret(read.required(issuingAuthority, 'issuing authority')),
  };
}

function residencePermit(read: FieldReader): HongKongMacaoTaiwanResidencePermit {
  const { name, address, number, issuingAuthority, travelPermitNumber, issueCount } = PERMIT_FIELDS;
  return {
    kind: 'hongKongMacaoTaiwanResidencePermit',
    name: new Secret(read.required(name, 'name')),
    ...whoAndUntil(read, PERMIT_FIELDS),
    number: new Secret(read.identityNumber(number, /^8[123]/)),
    address: secretOf(read.optional(address, 'address')),
    issuingAuthority: new Secret(read.required(issuingAuthority, 'issuing authority')),
    travelPermitNumber: secretOf(read.optionalShaped(travelPermitNumber, 'travel permit number', /^[0-9A-Z]{1,9}$/)),
    issueCount: read.count(issueCount, 'issue count'),
  };
}

function foreignCard2017(read: FieldReader): ForeignPermanentResidentCard {
  const fields = FOREIGN_2017_FIELDS;
  return {
    kind: 'foreignPermanentResidentCard',
    form: '2017',
    name: new Secret(read.required(fields.name, 'name')),
    ...whoAndUntil(read, fields),
    // Three letters of a country, twelve digits, the last of which checks by a rule that is not public.
    number: new Secret(read.shaped(fields.number, 'number', /^[A-Z]{3}\d{12}$/)),
    chineseName: secretOf(read.optional(fields.chineseName, 'Chinese name')),
    nationality: new Secret(read.shaped(fields.nationality, 'nationality', /^[A-Z]{3}$/)),
    acceptingAuthorityCode: read.optionalShaped(
      fields.acceptingAuthorityCode,
      'accepting authority',
      /^[0-9A-Z]{1,4}$/,
    ),
    documentVersion: read.optionalShaped(fields.documentVersion, 'document version', /^[0-9A-Z]{1,2}$/),
    issueCount: undefined,
    earlierNumberLink: undefined,
  };
}

function foreignCard2023(read: FieldReader): ForeignPermanentResidentCard {
  const fields = FOREIGN_2023_FIELDS;
  // A name may have a space at the seam, so only its end is trimmed.
  const name = `${read.raw(fields.name)}${read.raw(fields.nameRest)}`;
  return {
    kind: 'foreignPermanentResidentCard',
    form: '2023',
    name: new Secret(cleanText(name, 'name')),
    ...whoAndUntil(read, fields),
    number: new Secret(read.identityNumber(fields.number, /^9/)),
    chineseName: secretOf(read.optional(fields.chineseName, 'Chinese name')),
    nationality: new Secret(read.shaped(fields.nationality, 'nationality', /^[A-Z]{3}$/)),
    acceptingAuthorityCode: undefined,
    documentVersion: undefined,
    issueCount: read.count(fields.issueCount, 'issue count'),
    earlierNumberLink: secretOf(read.optionalShaped(fields.earlierNumberLink, 'earlier number', /^[0-9A-Z]{1,3}$/)),
  };
}

function whoAndUntil(
  read: FieldReader,
  fields: { readonly sex: Field; readonly birthDate: Field; readonly validFrom: Field; readonly validUntil: Field },
): { sex: Secret<string>; birthDate: Secret<string>; validFrom: string; validUntil: string } {
  const until = read.required(fields.validUntil, 'end of validity');
  return {
    sex: new Secret(read.shaped(fields.sex, 'sex', /^[0129]$/)),
    birthDate: new Secret(dateOf(read.required(fields.birthDate, 'date of birth'), 'date of birth')),
    validFrom: dateOf(read.required(fields.validFrom, 'start of validity'), 'start of validity'),
    validUntil: until === LONG_TERM ? 'longTerm' : dateOf(until, 'end of validity'),
  };
}

class FieldReader {
  readonly #text: Uint8Array;

  constructor(text: Uint8Array) {
    this.#text = text;
  }

  typeMark(): string {
    const [offset] = TYPE_MARK;
    return this.#text[offset + 1] === 0 ? String.fromCharCode(this.#text[offset] ?? 0) : '';
  }

  /** The field as it stands, padding included. */
  raw([offset, bytes]: Field): string {
    try {
      return new TextDecoder('utf-16le', { fatal: true }).decode(this.#text.subarray(offset, offset + bytes));
    } catch {
      throw new IdentityTextError('a field is not UTF-16');
    }
  }

  optional(field: Field, what: string): string | undefined {
    const text = withoutPadding(this.raw(field));
    return text === '' ? undefined : cleanText(text, what);
  }

  required(field: Field, what: string): string {
    return cleanText(this.raw(field), what);
  }

  shaped(field: Field, what: string, shape: RegExp): string {
    const text = this.required(field, what);
    if (!shape.test(text)) throw new IdentityTextError(`the ${what} has not the form of one`);
    return text;
  }

  optionalShaped(field: Field, what: string, shape: RegExp): string | undefined {
    return this.optional(field, what) === undefined ? undefined : this.shaped(field, what, shape);
  }

  count(field: Field, what: string): number | undefined {
    const digits = this.optionalShaped(field, what, /^\d{1,2}$/);
    return digits === undefined ? undefined : Number(digits);
  }

  /** 18 characters with a real date and the check digit of GB 11643. */
  identityNumber(field: Field, start: RegExp): string {
    const text = this.required(field, 'number').toUpperCase();
    const flaw = flawOfIdentityNumber(text);
    if (flaw === 'checkDigit') throw new IdentityTextError('the number fails its check digit');
    if (flaw === 'date') throw new IdentityTextError('the number holds no date of birth');
    if (flaw !== undefined || !start.test(text)) throw new IdentityTextError('the number has not the form of one');
    return text;
  }
}

function withoutPadding(text: string): string {
  return text.replace(/[ \0]+$/, '');
}

function cleanText(padded: string, what: string): string {
  const text = withoutPadding(padded);
  if (text.trim() === '') throw new IdentityTextError(`the ${what} is empty`);
  if (NO_TEXT.test(text)) throw new IdentityTextError(`the ${what} holds characters that no text has`);
  return text;
}

function dateOf(digits: string, what: string): string {
  if (!isCalendarDate(digits)) throw new IdentityTextError(`the ${what} is no date`);
  return digits;
}

function secretOf(text: string | undefined): Secret<string> | undefined {
  return text === undefined ? undefined : new Secret(text);
}
