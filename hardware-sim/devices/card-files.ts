/**
 * What is stored on a social-security card: SSSE with EF05 and EF06.
 *
 * Built from plain fields by the table of the insurance interface, E.1. The
 * lengths on the card are the table's, unless a profile asks for a lie.
 */
import iconv from 'iconv-lite';

export interface CardProfile {
  readonly version: '1.00' | '2.00' | '3.00';
  /** 卡的识别码, 32 hex characters; the first six are the issuing area. */
  readonly cardId: string;
  /** 卡号, up to 9 ASCII characters. */
  readonly cardNumber: string;
  /** 社会保障号码, 18 characters. */
  readonly socialSecurityNumber: string;
  readonly name: string;
  readonly sex: '1' | '2';
  /** 民族, two digits of GB/T 3304. */
  readonly ethnicity: string;
  /** Area code, six digits. */
  readonly birthPlace: string;
  /** Dates are YYYYMMDD. */
  readonly birthDate: string;
  readonly issuedOn: string;
  /** `undefined`: the field is there and filled with F. */
  readonly validUntil: string | undefined;
}

/** How a card maker, or a forger, may differ from the table. */
export interface FileQuirks {
  /** What fills the rest of a text field; the table says 00. */
  readonly padding?: 0x00 | 0xff | 0x20;
  /** Tags of records that this card does not have. */
  readonly without?: readonly number[];
  /** Length bytes that lie, by tag. */
  readonly lengthSays?: Readonly<Record<number, number>>;
  /** Values that replace the right ones, by tag: nonsense, other codings. */
  readonly valueIs?: Readonly<Record<number, Uint8Array>>;
  /** 卡号 may stand in a longer field, filled with 00; the table says 9. */
  readonly cardNumberFieldBytes?: number;
}

export interface CardRecord {
  readonly tag: number;
  /** Tag, length and value as they are read. */
  readonly bytes: Uint8Array;
}

export type CardFiles = ReadonlyMap<number, readonly CardRecord[]>;

export const EF05 = 0xef05;
export const EF06 = 0xef06;

const NAME_BYTES = 30;
const NAME_EXTENSION_BYTES = 20;

/** @throws RangeError when a field does not fit its record: the profile is wrong, not the card. */
export function buildCardFiles(profile: CardProfile, quirks: FileQuirks = {}): CardFiles {
  const padding = quirks.padding ?? 0x00;
  const [name, extension] = splitName(profile);
  const ef05: [number, Uint8Array][] = [
    [0x01, packed(profile.cardId, 16)],
    [0x02, ascii('1', 1, padding)],
    [0x03, ascii(profile.version, 4, padding)],
    [0x04, packed(profile.cardId.slice(0, 6).padEnd(24, '0'), 12)],
    [0x05, packed(profile.issuedOn, 4)],
    [0x06, packed(profile.validUntil ?? '', 4)],
    [0x07, ascii(profile.cardNumber, quirks.cardNumberFieldBytes ?? 9, 0x00)],
  ];
  const ef06: [number, Uint8Array][] = [
    [0x08, ascii(profile.socialSecurityNumber, 18, padding)],
    [0x09, filled(name, NAME_BYTES, padding)],
    [0x0a, ascii(profile.sex, 1, padding)],
    [0x0b, packed(profile.ethnicity, 1)],
    [0x0c, packed(profile.birthPlace, 3)],
    [0x0d, packed(profile.birthDate, 4)],
  ];
  if (profile.version !== '1.00') ef06.splice(2, 0, [0x4e, filled(extension, NAME_EXTENSION_BYTES, padding)]);
  return new Map([
    [EF05, records(ef05, quirks)],
    [EF06, records(ef06, quirks)],
  ]);
}

/** The name is cut at a byte, not at a character: that is what makes joining before decoding necessary. */
function splitName(profile: CardProfile): readonly [Uint8Array, Uint8Array] {
  const bytes = Uint8Array.from(iconv.encode(profile.name, 'gb18030'));
  const room = profile.version === '1.00' ? NAME_BYTES : NAME_BYTES + NAME_EXTENSION_BYTES;
  if (bytes.length > room)
    throw new RangeError(`a name of ${bytes.length} bytes does not fit a ${profile.version} card`);
  return [bytes.slice(0, NAME_BYTES), bytes.slice(NAME_BYTES)];
}

function records(fields: readonly [number, Uint8Array][], quirks: FileQuirks): CardRecord[] {
  return fields
    .filter(([tag]) => !quirks.without?.includes(tag))
    .map(([tag, right]) => {
      const value = quirks.valueIs?.[tag] ?? right;
      return { tag, bytes: Uint8Array.of(tag, quirks.lengthSays?.[tag] ?? value.length, ...value) };
    });
}

function ascii(text: string, bytes: number, padding: number): Uint8Array {
  return filled(
    Uint8Array.from(text, (character) => character.charCodeAt(0)),
    bytes,
    padding,
  );
}

/** Two digits a byte; what is missing at the right is F. */
function packed(digits: string, bytes: number): Uint8Array {
  const full = digits.padEnd(bytes * 2, 'F');
  if (full.length > bytes * 2) throw new RangeError(`${digits.length} digits do not fit ${bytes} bytes`);
  return Uint8Array.from({ length: bytes }, (_, at) => Number.parseInt(full.slice(at * 2, at * 2 + 2), 16));
}

function filled(value: Uint8Array, bytes: number, padding: number): Uint8Array {
  if (value.length > bytes) throw new RangeError(`${value.length} bytes do not fit a field of ${bytes}`);
  const field = new Uint8Array(bytes).fill(padding);
  field.set(value);
  return field;
}
