/**
 * The cards that hands can put into the slot, made from plain records of people.
 *
 * Nobody here exists: identity numbers have an area code that no place has.
 */
import { BankCard } from './bank-card.ts';
import type { CardProfile } from './card-files.ts';
import { type CardManners, SocialSecurityCardTwin } from './social-security-card.ts';

/** A person as the virtual world keeps them; what a card needs of it. */
export interface CardHolder {
  /** Handle for scenarios, e.g. `zhang`. */
  readonly key: string;
  readonly name: string;
  readonly sex: 'male' | 'female';
  /** yyyy-MM-dd */
  readonly born: string;
  readonly identityNumber: string;
  /** `undefined` = has no social-security card. */
  readonly card: { readonly number: string; readonly cardIdHex: string } | undefined;
}

export interface IssueOptions {
  readonly version?: CardProfile['version'];
  /** YYYYMMDD */
  readonly issuedOn?: string;
  /** YYYYMMDD; `null` = the card names no end. */
  readonly validUntil?: string | null;
  readonly manners?: CardManners;
}

/** @throws RangeError when this person has no card, or the name does not fit one. */
export function issueCard(holder: CardHolder, options: IssueOptions = {}): SocialSecurityCardTwin {
  if (!holder.card) throw new RangeError(`The invented person ${holder.key} has no social-security card.`);
  const profile: CardProfile = {
    version: options.version ?? '2.00',
    cardId: holder.card.cardIdHex,
    cardNumber: holder.card.number,
    socialSecurityNumber: holder.identityNumber,
    name: holder.name,
    sex: holder.sex === 'male' ? '1' : '2',
    ethnicity: '01',
    birthPlace: holder.identityNumber.slice(0, 6),
    birthDate: holder.born.replaceAll('-', ''),
    issuedOn: options.issuedOn ?? '20240105',
    validUntil: options.validUntil === null ? undefined : (options.validUntil ?? '20340104'),
  };
  return new SocialSecurityCardTwin(`card-${holder.key}`, profile, options.manners);
}

export function bankCard(key = 'bank'): BankCard {
  return new BankCard(`card-${key}`);
}

function invent(serial: number, person: Omit<CardHolder, 'card'>): CardHolder {
  const digits = String(serial).padStart(4, '0');
  return { ...person, card: { number: `SIM99${digits}`, cardIdHex: `990000D156000005${digits.padStart(16, '0')}` } };
}

/** People whose names are hard on card, screen and paper. */
export const RARE_NAME_HOLDERS = {
  /** 䶮 is FE 9F: two bytes that a GBK decoder turns into a private character. */
  yan: invent(1, {
    key: 'yan',
    name: '演䶮',
    sex: 'male',
    born: '1961-03-17',
    identityNumber: '990000196103170018',
  }),
  /** 㛃 has four bytes in GB18030. */
  jie: invent(2, {
    key: 'jie',
    name: '演㛃',
    sex: 'female',
    born: '1985-09-02',
    identityNumber: '990000198509020123',
  }),
  /** 𠮷 lies beyond the 16-bit plane: four bytes, two UTF-16 units. */
  ji: invent(3, {
    key: 'ji',
    name: '𠮷演',
    sex: 'male',
    born: '1966-06-06',
    identityNumber: '99000019660606003X',
  }),
  /** 38 bytes; the cut between the two name records goes through the middle of 𠮷. */
  long: invent(4, {
    key: 'long',
    name: '演演·演热合曼·演买提·演依𠮷提江演',
    sex: 'male',
    born: '1972-05-20',
    identityNumber: '990000197205200032',
  }),
} as const satisfies Record<string, CardHolder>;
