/**
 * Bodies of the commands to a PIN pad, and what its answers say (E.3).
 *
 * One promise: no body here asks for a clear PIN or carries a clear key.
 */
import type { CommonFault } from '../device.ts';
import type { PinBlockOptions, PinEntryOptions, PinPadFault } from './pin-pad.ts';

/** `5` and one more: what of the pad is to be set. */
export const CONTROL = {
  reset: '5030',
  inputOff: '5032',
  soundOn: '5035',
  beep: '503D',
  /** Hex digits A–F as letters, not as `:`–`?`. */
  plainHex: '5637',
} as const;

export const USER_INFORMATION = '3';
export const GET_PIN = '7';

const FORMATS = { iso0: ' ', iso1: '!', iso3: '#' } as const;
const TMK = '00';
const KEY_TYPE_PIN = '3';
const USER_INFORMATION_BYTES = 147;

export function keyTable(codes: string): string {
  return `4${hexOf(Buffer.from(codes, 'latin1'))}`;
}

export function limitSeconds(seconds: number): string {
  return `52${hexOf([Math.min(255, Math.max(1, Math.ceil(seconds)))])}`;
}

export function pinMask(byte: number): string {
  return `53${hexOf([byte])}`;
}

export function minimumLength(digits: number): string {
  return `54${hexOf([digits])}`;
}

export function maximumLength(digits: number): string {
  return `55${hexOf([digits])}`;
}

/** Working PIN key of a set: 40, 48, … 78. */
export function pinKeyNumber(keySet: number): string {
  return hexOf([0x40 + 8 * keySet]);
}

/** `6`: key, format, hint, longest length, account part. */
export function startPin(
  options: Pick<PinBlockOptions, 'format' | 'keySet' | 'maxDigits'>,
  accountPart: string,
): string {
  const length = String(options.maxDigits).padStart(2, '0');
  return `6${pinKeyNumber(options.keySet)}${FORMATS[options.format]}0${length}${accountPart}`;
}

/** What no pad is asked to do. `undefined` = nothing. */
export function flawOfLimits({
  minDigits,
  maxDigits,
}: Pick<PinEntryOptions, 'minDigits' | 'maxDigits'>): string | undefined {
  return minDigits >= 4 && maxDigits <= 12 && minDigits <= maxDigits ? undefined : 'a PIN has 4 to 12 digits';
}

/** GUESS: the APDU that selects, and the head of VERIFY (00 20 00 00), to which the pad adds length and digits (E.1). */
export function presentPin(command: string, select: Uint8Array): string {
  return `${command}${String(select.length).padStart(2, '0')}${hexOf(select)}00200000`;
}

/** GUESS: text as UTF-8 in hex. */
export function textToShow(command: string, text: string): string {
  return `${command}${hexOf(Buffer.from(text.slice(0, 60), 'utf8'))}`;
}

/** `2`: a working key under the master key. Length 2 = double, 3 = triple. */
export function loadPinKeyUnderMaster(keySet: number, encryptedKey: Uint8Array): string {
  return `2${TMK}${pinKeyNumber(keySet)}${KEY_TYPE_PIN}${encryptedKey.length / 8}${hexOf(encryptedKey)}`;
}

export function erasePinKey(keySet: number): string {
  return `2${TMK}${pinKeyNumber(keySet)}00`;
}

/** ISO 9564: the twelve rightmost digits without the check digit, zeros in front. `undefined`: not such a number. */
export function accountPartOf(account: string): string | undefined {
  if (!/^\d{12,18}[\dX]$/.test(account)) return undefined;
  return account.slice(0, -1).slice(-12).padStart(12, '0');
}

export interface PadInformation {
  /** No master key is in it. */
  readonly blank: boolean;
  readonly inputOn: boolean;
  /** Model, hardware and software version, serial number. */
  readonly identity: string;
}

/** Answer to `3`. `undefined`: it is another answer. */
export function padInformationOf(body: Uint8Array): PadInformation | undefined {
  if (body.length < USER_INFORMATION_BYTES) return undefined;
  const text = Buffer.from(body).toString('latin1');
  const [settings] = bytesOfHex(text.slice(99, 119)) ?? [];
  if (settings === undefined) return undefined;
  const fields = [text.slice(127, 133), `${text.slice(133, 136)}-${text.slice(136, 139)}`, text.slice(143, 147)];
  const identity = fields.map((field) => field.replace(/[^\x21-\x7e]/g, '')).join(' ');
  return { blank: (settings & 0x01) !== 0, inputOn: (settings & 0x02) !== 0, identity };
}

/** Answer to `7`. `undefined`: it is another answer, or no block. */
export function pinBlockOf(body: Uint8Array): { readonly digits: number; readonly block: Uint8Array } | undefined {
  const match = /^.\d\d(\d\d)([0-9A-Fa-f:-?]{16})$/s.exec(Buffer.from(body).toString('latin1'));
  const block = match?.[2] === undefined ? undefined : bytesOfHex(match[2]);
  return block && { digits: Number(match?.[1]), block };
}

/** Answer to `2`: what encrypting zeros with the new key gives. */
export function checkValueOf(body: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(body.subarray(1)).toString('latin1');
  return text.length >= 6 && text.length <= 16 ? bytesOfHex(text) : undefined;
}

/** Answer of a card through the pad: SW1 SW2. */
export function cardStatusOf(body: Uint8Array): number | undefined {
  const text = Buffer.from(body.subarray(1)).toString('latin1');
  return /^[0-9A-Fa-f]{4}$/.test(text) ? Number.parseInt(text, 16) : undefined;
}

/** What the pad said instead of an answer. */
export interface PadError {
  readonly fault: PinPadFault | CommonFault;
  readonly detail: string;
}

interface Meaning {
  readonly fault: PadError['fault'];
  readonly means: string;
}

const ERRORS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [0xe0, { fault: 'hardwareError', means: 'the battery that keeps its keys is low' }],
  [0xe1, { fault: 'keyNoValue', means: 'the pad has no initial master key' }],
  [0xe2, { fault: 'keyNoValue', means: 'the pad has no terminal master key' }],
  [0xe3, { fault: 'keyInvalid', means: 'the key has another length' }],
  [0xe4, { fault: 'keyNotFound', means: 'no such key' }],
  [0xe5, { fault: 'useViolation', means: 'the key is for something else' }],
  [0xe6, { fault: 'keyInvalid', means: 'the parity of the key is wrong' }],
  [0xe7, { fault: 'keyInvalid', means: 'the key is not valid' }],
  [0xe8, { fault: 'hardwareError', means: 'the command came with another length' }],
  [0xe9, { fault: 'noPin', means: 'the pad has nothing of that kind' }],
  [0xeb, { fault: 'formatNotSupported', means: 'a parameter that the pad does not know' }],
  [0xec, { fault: 'accessDenied', means: 'the pad wants an authorisation' }],
  [0xed, { fault: 'accessDenied', means: 'authorisation is locked for a time' }],
  [0xee, { fault: 'entryTimeout', means: 'nobody typed in time' }],
  [0xef, { fault: 'hardwareError', means: 'the pad names no cause' }],
]);

/** E0–EF in the first place of an answer; `undefined` = the answer is good. */
export function padErrorIn(body: Uint8Array): PadError | undefined {
  const [code] = body;
  if (code === undefined || code < 0xe0 || code > 0xef) return undefined;
  const { fault, means } = ERRORS.get(code) ?? { fault: 'hardwareError', means: 'an error that no table knows' };
  return { fault, detail: `${means} (0x${code.toString(16)})` };
}

export function hexOf(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
}

/** Reads both ways of writing hex: letters, and the pad's own `:`–`?` for ten to fifteen. */
function bytesOfHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9A-Fa-f:-?]*$/.test(text)) return undefined;
  const nibble = (character: string): number =>
    /[0-9:-?]/.test(character) ? character.charCodeAt(0) & 0x0f : Number.parseInt(character, 16);
  return Uint8Array.from(
    { length: text.length / 2 },
    (_, at) => (nibble(text[at * 2] ?? '') << 4) | nibble(text[at * 2 + 1] ?? ''),
  );
}
