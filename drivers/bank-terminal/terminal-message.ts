/**
 * What stands inside a frame: two headers and fields of type, length and value.
 *
 * One promise: no card number comes out of here. Only the fields a profile
 * names are kept, each in its own shape; the card field gives its last four
 * digits and only when the module has masked the rest. A number that came all
 * the same is told as `cardNumberSent` and dropped with the bytes it stood in.
 * docs/interfaces/bank-terminal.md section 3.
 */
import { bcdLength } from './terminal-frame.ts';
import type { AnswerWord, TerminalCommand, TerminalField, TerminalProfile } from './terminal-profile-table.ts';

export interface TerminalMessage {
  /** `request` wants an answer, `answer` is one, `notice` wants none (request–response indicator 0, 1, 2). */
  readonly kind: 'request' | 'answer' | 'notice';
  readonly command: TerminalCommand;
  /** Of an answer; a code that the profile does not know is `undefined`. */
  readonly word: AnswerWord | undefined;
  readonly fields: ReadonlyMap<TerminalField, string>;
  readonly cardTail: string | undefined;
  readonly cardNumberSent: boolean;
}

const TRANSPORT = '6000000000';
const VERSION = '1';
const KINDS = ['request', 'answer', 'notice'] as const;
/** Transport header 10, presentation header 8. */
const HEADERS = 18;
const SEPARATOR = 0x1c;
const LONGEST_VALUE = 999;

/** A command as the payload of a frame. Values are checked against their shapes before: see `fits`. */
export function encodeRequest(
  profile: TerminalProfile,
  kind: 'request' | 'notice',
  command: TerminalCommand,
  fields: Iterable<readonly [TerminalField, string]>,
): Uint8Array {
  const bytes: number[] = [];
  const text = (value: string): void => void bytes.push(...new TextEncoder().encode(value));
  text(`${TRANSPORT}${VERSION}${KINDS.indexOf(kind)}${profile.commands[command]}000`);
  bytes.push(SEPARATOR);
  for (const [field, value] of fields) {
    if (!fits(profile, field, value)) throw new RangeError(`the value of ${field} does not fit its field`);
    text(profile.fields[field].tag);
    const digits = String(value.length).padStart(4, '0');
    bytes.push(Number.parseInt(digits.slice(0, 2), 16), Number.parseInt(digits.slice(2), 16));
    text(value);
    bytes.push(SEPARATOR);
  }
  return Uint8Array.from(bytes);
}

/** Whether a value may stand in a field; orders and refunds are numbered by others. */
export function fits(profile: TerminalProfile, field: TerminalField, value: string): boolean {
  return profile.fields[field].shape.test(value);
}

/** → `undefined` for a payload that is no message; its bytes are wiped in any case. */
export function decodeMessage(profile: TerminalProfile, payload: Uint8Array): TerminalMessage | undefined {
  try {
    return decode(profile, payload);
  } finally {
    payload.fill(0);
  }
}

function decode(profile: TerminalProfile, payload: Uint8Array): TerminalMessage | undefined {
  const header = latin(payload.subarray(0, HEADERS));
  if (header.length < HEADERS || payload[HEADERS - 1] !== SEPARATOR) return undefined;
  // Stations of the transport header are the module's own; only its type is fixed.
  if (!header.startsWith('60') || header.charAt(10) !== VERSION) return undefined;
  const kind = KINDS[Number(header.charAt(11))];
  const code = header.slice(12, 14);
  const command = (Object.keys(profile.commands) as TerminalCommand[]).find((one) => profile.commands[one] === code);
  const raw = rawFields(payload.subarray(HEADERS));
  if (!kind || !command || !raw) return undefined;
  const fields = new Map<TerminalField, string>();
  const names = Object.keys(profile.fields) as TerminalField[];
  let card: string | undefined;
  let cardNumberSent = false;
  for (const [tag, value] of raw) {
    const name = names.find((one) => profile.fields[one].tag === tag);
    if (name === 'card') card = value;
    // Dropped, all of it: such fields hold dates and shop names, and in some makes tracks.
    else if (name === undefined) cardNumberSent ||= !profile.harmless.has(tag) && holdsCardNumber(value);
    else if (!fits(profile, name, value) || fields.has(name)) return undefined;
    else fields.set(name, value);
  }
  const masked = card === undefined || isMasked(card);
  cardNumberSent ||= !masked;
  const cardTail = masked ? /\d{4}(?=\s*$)/.exec(card ?? '')?.[0] : undefined;
  return { kind, command, word: profile.answers.get(header.slice(14, 16)), fields, cardTail, cardNumberSent };
}

function rawFields(bytes: Uint8Array): (readonly [tag: string, value: string])[] | undefined {
  const fields: (readonly [string, string])[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = bcdLength(bytes[at + 2] ?? 0xff, bytes[at + 3] ?? 0xff);
    if (length === undefined || length > LONGEST_VALUE || bytes[at + 4 + length] !== SEPARATOR) return undefined;
    fields.push([latin(bytes.subarray(at, at + 2)), latin(bytes.subarray(at + 4, at + 4 + length))]);
    at += length + 5;
  }
  return fields;
}

/** At most the first six and the last four digits in clear (GB/T and PCI say the same), and a mask between them. */
function isMasked(card: string): boolean {
  return card.trim() === '' || /^\d{0,6}[*Xx]{4,}\d{0,4}\s*$/.test(card);
}

/** 13 to 19 digits in a row, spaces or hyphens between them, whose check digit is right (ISO/IEC 7812-1, Luhn). */
function holdsCardNumber(value: string): boolean {
  const runs = value.match(/\d(?:[ -]?\d){12,18}(?!\d)/g) ?? [];
  return runs.some((run) => luhn(run.replace(/\D/g, '')));
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - at));
    const weighed = at % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
