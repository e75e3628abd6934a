/**
 * Tag, length, value as a social-security card stores them.
 *
 * One promise: a length is believed only when the bytes are there, no fewer
 * and no more.
 */
import { CardRefusal } from './apdu.ts';

export interface CardRecord {
  readonly tag: number;
  readonly value: Uint8Array;
}

/** What a record's first two bytes claim, before anyone believes it. */
export interface RecordClaim {
  readonly tag: number;
  /** Whole record, tag and length byte included. */
  readonly wholeBytes: number;
}

export function recordClaim(answer: Uint8Array): RecordClaim {
  const [tag, length] = answer;
  if (tag === undefined || length === undefined)
    throw new CardRefusal('invalidMedia', 'a record without tag and length');
  return { tag, wholeBytes: length + 2 };
}

/** @throws CardRefusal when the length byte lies. */
export function parseRecord(answer: Uint8Array): CardRecord {
  const { tag, wholeBytes } = recordClaim(answer);
  if (answer.length !== wholeBytes) {
    const detail = `record ${hexByte(tag)} says ${wholeBytes} bytes and has ${answer.length}`;
    throw new CardRefusal('invalidMedia', detail);
  }
  return { tag, value: answer.slice(2) };
}

export function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** Algorithm mark of a card whose FCI names none. */
const DEFAULT_ALGORITHM = 0x01;
const DEEPEST_TEMPLATE = 4;

/**
 * The algorithm mark (FCI tag 9F0C holds 86 01 aa). An empty answer or one that is
 * no FCI template (6F) means the default.
 * @throws CardRefusal when a template's lengths do not hold.
 */
export function algorithmMark(fci: Uint8Array): number {
  if (fci[0] !== 0x6f) return DEFAULT_ALGORITHM;
  const issuerData = findField(fci, 0x9f0c, 0);
  const mark = issuerData && findField(issuerData, 0x86, 0);
  if (!mark) return DEFAULT_ALGORITHM;
  const [algorithm] = mark;
  if (algorithm === undefined || mark.length !== 1)
    throw new CardRefusal('invalidMedia', 'the algorithm mark is not one byte');
  return algorithm;
}

/** Looks through BER-TLV fields, constructed ones from inside. */
function findField(bytes: Uint8Array, wanted: number, depth: number): Uint8Array | undefined {
  if (depth > DEEPEST_TEMPLATE) throw new CardRefusal('invalidMedia', 'FCI templates too deep');
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    if (first === 0x00 || first === 0xff) {
      at += 1;
      continue;
    }
    const twoBytes = (first & 0x1f) === 0x1f;
    const tag = twoBytes ? first * 256 + byteAt(bytes, at + 1) : first;
    at += twoBytes ? 2 : 1;
    const short = byteAt(bytes, at);
    if (short > 0x81) throw new CardRefusal('invalidMedia', 'an FCI length that no FCI needs');
    const length = short === 0x81 ? byteAt(bytes, at + 1) : short;
    at += short === 0x81 ? 2 : 1;
    if (short === 0x80 || at + length > bytes.length) throw new CardRefusal('invalidMedia', 'an FCI length that lies');
    const value = bytes.subarray(at, at + length);
    if (tag === wanted) return value;
    const inside = (first & 0x20) === 0x20 ? findField(value, wanted, depth + 1) : undefined;
    if (inside) return inside;
    at += length;
  }
  return undefined;
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new CardRefusal('invalidMedia', 'an FCI that ends in the middle of a field');
  return byte;
}
