/**
 * What the values on a social-security card mean, and when they mean nothing.
 *
 * One promise: a value that comes out has the form the insurance interface
 * expects (E.1); everything else is refused, without saying what it was.
 */
import { flawOfIdentityNumber, isCalendarDate } from '../identity-number.ts';
import { CardRefusal } from './apdu.ts';

/** Padding bytes: 00 for text, F for packed digits, spaces by habit. None of them can end a GBK character. */
const PADDING = new Set([0x00, 0xff, 0x20]);
const NAME_BYTES = 30;
const EXTENSION_BYTES = 20;

function refuse(what: string): CardRefusal {
  return new CardRefusal('invalidMedia', what);
}

function withoutPadding(value: Uint8Array): Uint8Array {
  let end = value.length;
  while (end > 0 && PADDING.has(value[end - 1] ?? 0)) end -= 1;
  return value.subarray(0, end);
}

/** Printable ASCII without its padding; `''` when the field is all padding. */
export function asciiText(value: Uint8Array, what: string): string {
  const text = withoutPadding(value);
  if (text.some((byte) => byte < 0x21 || byte > 0x7e)) throw refuse(`${what} is not ASCII`);
  return String.fromCharCode(...text);
}

/** 卡的识别码: 16 bytes, 32 hex characters; the first six are an area code. */
export function cardId(value: Uint8Array): string {
  if (value.length !== 16) throw refuse('the card id has not 16 bytes');
  const hex = hexText(value);
  if (!/^\d{6}/.test(hex)) throw refuse('the card id does not start with an area code');
  return hex;
}

/** First digit 1, 2 or 3: it decides how the card is read. */
export function specificationVersion(value: Uint8Array): string {
  const text = asciiText(value, 'the version');
  if (!/^[123]\.\d\d$/.test(text)) throw refuse('a version that this reader does not know');
  return text;
}

/** 卡号 stands in the first nine bytes, whatever the field's length. */
export function cardNumber(value: Uint8Array): string {
  const text = asciiText(value.subarray(0, 9), 'the card number');
  if (!/^[0-9A-Za-z]{1,9}$/.test(text)) throw refuse('the card number is empty or not letters and digits');
  return text;
}

/** 社会保障号码: 18 characters, a real date in it, check digit by GB 11643. */
export function socialSecurityNumber(value: Uint8Array): string {
  const text = asciiText(value, 'the social-security number').toUpperCase();
  switch (flawOfIdentityNumber(text)) {
    case 'form':
      throw refuse('the social-security number has not the form of one');
    case 'date':
      throw refuse('the social-security number holds no date of birth');
    case 'checkDigit':
      throw refuse('the social-security number fails its check digit');
    default:
      return text;
  }
}

/** Packed YYYYMMDD; all 0 or all F = none. */
export function packedDate(value: Uint8Array, what: string): string | undefined {
  if (value.length !== 4) throw refuse(`${what} has not four bytes`);
  const digits = hexText(value);
  if (digits === '00000000' || digits === 'FFFFFFFF') return undefined;
  if (!/^\d{8}$/.test(digits) || !isCalendarDate(digits)) throw refuse(`${what} is no date`);
  return digits;
}

/** GB/T 2261: 0 unknown, 1 male, 2 female, 9 not said; `undefined` when the field is padding. */
export function sex(value: Uint8Array): string | undefined {
  const text = asciiText(value, 'the sex');
  if (text === '') return undefined;
  if (!/^[0129]$/.test(text)) throw refuse('a sex that is no code');
  return text;
}

/**
 * 姓名 and 姓名扩展. The card cuts a name at a byte, so the two are joined before they are
 * decoded, and with GB18030: the four-byte characters and 䶮 are in no smaller table.
 */
export function holderName(name: Uint8Array, extension: Uint8Array | undefined): string {
  if (name.length > NAME_BYTES || (extension?.length ?? 0) > EXTENSION_BYTES) throw refuse('a name field too long');
  const more = extension ? withoutPadding(extension) : new Uint8Array(0);
  const bytes = Uint8Array.of(...(more.length === 0 ? withoutPadding(name) : beforeExtension(name)), ...more);
  const text = decodeGb18030(bytes).trim();
  if (text === '') throw refuse('the card holds no name');
  // A lone 80 decodes to € and is no GBK; control and direction characters would play tricks on screen and paper.
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u20AC\uFFFD]/u.test(text)) throw refuse('the name holds characters that no name has');
  return text;
}

/** One space at the end of a full field may be the name's own; more than one is padding. */
function beforeExtension(name: Uint8Array): Uint8Array {
  const trimmed = withoutPadding(name);
  const ownSpace = trimmed.length === name.length - 1 && name.at(-1) === 0x20;
  return ownSpace ? name : trimmed;
}

function decodeGb18030(bytes: Uint8Array): string {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('the name is not GBK');
  }
}

function hexText(value: Uint8Array): string {
  return Array.from(value, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}
