/**
 * Identity documents that hands can put on the reader: chips with 256 bytes of
 * text, a photo and, on some, fingerprints, written from the layouts of E.2.
 *
 * Nobody here exists: numbers have area codes of no place, or years of birth of
 * nobody who still goes anywhere. The photo is noise behind the mark of its format.
 */
import { checkDigit } from '../../parties/people/identity-number.ts';
import { virtualPhoto } from './virtual-photo.ts';

export interface VirtualIdCard {
  /** Handle for the workbench and scenarios, e.g. `id-zhang`. */
  readonly key: string;
  readonly text: Uint8Array;
  readonly photo: Uint8Array;
  /** 0, 512 or 1024 bytes. */
  readonly fingerprints: Uint8Array;
  /** 追加信息: an address written on later. */
  readonly latestAddress: string | undefined;
  /** Whose chip is this: a forged one answers and is not believed; another card is no identity document. */
  readonly chip: 'genuine' | 'forged' | 'otherCard';
}

/** Whom a card is issued to; the people of the virtual world fit. */
export interface IdCardHolder {
  readonly key: string;
  readonly name: string;
  readonly sex: 'male' | 'female';
  /** yyyy-MM-dd */
  readonly born: string;
  readonly identityNumber: string;
}

export interface IssueIdCardOptions {
  readonly address?: string;
  readonly authority?: string;
  /** Two digits of GB/T 3304. */
  readonly ethnicity?: string;
  /** YYYYMMDD */
  readonly from?: string;
  /** YYYYMMDD or 长期 */
  readonly until?: string;
  readonly latestAddress?: string;
  readonly fingerprintBytes?: 0 | 512 | 1024;
  readonly chip?: VirtualIdCard['chip'];
}

/** 居民身份证. */
export function issueIdCard(holder: IdCardHolder, options: IssueIdCardOptions = {}): VirtualIdCard {
  return cardOf(`id-${holder.key}`, options, [
    ...residentFields(holder, holder.identityNumber, options, options.ethnicity ?? '01'),
    ['', 18],
  ]);
}

/** 港澳台居民居住证. `area`: 81 Hong Kong, 82 Macao, 83 Taiwan; everybody of it was born in 1900. */
export function issueResidencePermit(
  holder: Pick<IdCardHolder, 'key' | 'name' | 'sex'>,
  permit: { readonly area: '81' | '82' | '83'; readonly travelPermit: string; readonly issueCount: number },
  options: IssueIdCardOptions = {},
): VirtualIdCard {
  const first17 = `${permit.area}000019000101001`;
  const person = { ...holder, born: '1900-01-01', identityNumber: '' };
  return cardOf(`permit-${holder.key}`, options, [
    ...residentFields(person, first17 + checkDigit(first17), options, ''),
    [permit.travelPermit, 9],
    [String(permit.issueCount).padStart(2, '0'), 2],
    ['', 3],
    ['J', 1],
    ['', 3],
  ]);
}

/** Fifteen characters of number, English name first. */
export function issueForeignCard2017(
  holder: { readonly key: string; readonly englishName: string; readonly chineseName?: string; readonly born: string },
  options: IssueIdCardOptions = {},
): VirtualIdCard {
  return cardOf(`foreign-2017-${holder.key}`, options, [
    [holder.englishName, 60],
    ['2', 1],
    ['XXX990000000018', 15],
    ['XXX', 3],
    [holder.chineseName ?? '', 15],
    [options.from ?? '20180601', 8],
    [options.until ?? '20280531', 8],
    [holder.born.replaceAll('-', ''), 8],
    ['01', 2],
    ['1500', 4],
    ['I', 1],
    ['', 3],
  ]);
}

/** Eighteen digits of number from 9, in the shape of a 居民身份证. */
export function issueForeignCard2023(
  holder: { readonly key: string; readonly englishName: string; readonly chineseName?: string; readonly born: string },
  options: IssueIdCardOptions = {},
): VirtualIdCard {
  const born = holder.born.replaceAll('-', '');
  const first17 = `999999${born}002`;
  return cardOf(`foreign-2023-${holder.key}`, options, [
    [holder.chineseName ?? '', 15],
    ['2', 1],
    ['01', 2],
    [born, 8],
    [holder.englishName.slice(0, 35), 35],
    [first17 + checkDigit(first17), 18],
    ['', 15],
    [options.from ?? '20240101', 8],
    [options.until ?? '20331231', 8],
    [holder.englishName.slice(35), 11],
    ['XXX', 3],
    ['Y', 1],
    ['018', 3],
  ]);
}

/** A card of another trade that lies on the reader: found, and never selected. */
export function otherCard(key = 'transit'): VirtualIdCard {
  return cardOf(`other-${key}`, { chip: 'otherCard' }, [['', 128]]);
}

type Cell = readonly [text: string, characters: number];

function residentFields(
  holder: IdCardHolder,
  number: string,
  options: IssueIdCardOptions,
  ethnicity: string,
): readonly Cell[] {
  return [
    [holder.name, 15],
    [holder.sex === 'male' ? '1' : '2', 1],
    [ethnicity, 2],
    [holder.born.replaceAll('-', ''), 8],
    [options.address ?? '試驗省虛構市無名街道0號', 35],
    [number, 18],
    [options.authority ?? '虛構市公安局', 15],
    [options.from ?? '20200101', 8],
    [options.until ?? '20400101', 8],
  ];
}

function cardOf(key: string, options: IssueIdCardOptions, cells: readonly Cell[]): VirtualIdCard {
  return {
    key,
    text: textOf(cells),
    photo: virtualPhoto(key.replace(/^[^-]+-/, ''), (count) => noise(key, count)),
    fingerprints: noise(`${key} fingers`, options.fingerprintBytes ?? 0),
    latestAddress: options.latestAddress,
    chip: options.chip ?? 'genuine',
  };
}

/** Cell after cell, each padded with U+0020, the rest of the 256 bytes too. */
function textOf(cells: readonly Cell[]): Uint8Array {
  const text = cells
    .map(([value, characters]) => {
      if (value.length > characters) throw new RangeError(`"${value}" does not fit ${characters} characters.`);
      return value.padEnd(characters, ' ');
    })
    .join('')
    .padEnd(128, ' ');
  return Uint8Array.from(Buffer.from(text, 'utf16le'));
}

/** Always the same for the same card, so a scenario repeats. */
function noise(seed: string, count: number): Uint8Array {
  let state = [...seed].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0, 7);
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
