/**
 * Fields of tag, length and value as a PIV card answers them (ISO 7816-4, 5.2.2).
 *
 * One promise: a field is believed only when all its bytes are there, and
 * bytes that follow the last field are an error, never ignored.
 */
import { CardRefusal } from '../card-reader/apdu.ts';

export interface BerField {
  /** One or two bytes, e.g. 0x53 or 0x5f2f. */
  readonly tag: number;
  readonly value: Uint8Array;
}

/** @throws CardRefusal `invalidMedia` when lengths lie. `what` is named in the detail. */
export function parseFields(bytes: Uint8Array, what: string): readonly BerField[] {
  const fields: BerField[] = [];
  const byteAt = (at: number): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new CardRefusal('invalidMedia', `${what} ends in the middle of a field`);
    return byte;
  };
  for (let at = 0; at < bytes.length; ) {
    const first = byteAt(at);
    const twoBytes = (first & 0x1f) === 0x1f;
    const tag = twoBytes ? first * 256 + byteAt(at + 1) : first;
    at += twoBytes ? 2 : 1;
    const short = byteAt(at);
    at += 1;
    if (short === 0x80 || short > 0x82) throw new CardRefusal('invalidMedia', `${what} has a length of no known form`);
    let length = short;
    if (short > 0x80) {
      length = byteAt(at);
      if (short === 0x82) length = length * 256 + byteAt(at + 1);
      at += short - 0x80;
    }
    if (at + length > bytes.length) throw new CardRefusal('invalidMedia', `${what} has a length that lies`);
    fields.push({ tag, value: bytes.subarray(at, at + length) });
    at += length;
  }
  return fields;
}

/** The one field that the bytes consist of. @throws CardRefusal */
export function onlyField(bytes: Uint8Array, tag: number, what: string): Uint8Array {
  const [field, ...more] = parseFields(bytes, what);
  if (field?.tag !== tag || more.length > 0) throw new CardRefusal('invalidMedia', `${what} is not what was asked for`);
  return field.value;
}

export function encodeField(tag: number, value: Uint8Array): Uint8Array {
  const { length } = value;
  if (length > 0xffff) throw new RangeError('No field to a card is that long.');
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const whole = new Uint8Array(1 + size.length + length);
  whole.set([tag, ...size]);
  whole.set(value, 1 + size.length);
  return whole;
}
