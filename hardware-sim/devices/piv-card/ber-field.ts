/**
 * Fields of tag, length and value as a PIV card writes and reads them (ISO 7816-4, 5.2.2).
 *
 * Written for the twin alone. One promise: what is read back is whole, or there is nothing.
 */

export interface BerField {
  readonly tag: number;
  readonly value: Uint8Array;
}

export function field(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const value = joined(...parts);
  return joined(tagBytes(tag), lengthBytes(value.length), value);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** `undefined` when the bytes do not end where a field ends. */
export function readFields(bytes: Uint8Array): readonly BerField[] | undefined {
  const fields: BerField[] = [];
  let at = 0;
  while (at < bytes.length) {
    let tag = bytes[at] ?? 0;
    at += 1;
    if ((tag & 0x1f) === 0x1f) {
      const second = bytes[at];
      if (second === undefined || second > 0x7f) return undefined;
      tag = tag * 256 + second;
      at += 1;
    }
    const first = bytes[at];
    if (first === undefined || first === 0x80 || first > 0x82) return undefined;
    const more = first > 0x80 ? first - 0x80 : 0;
    let length = more > 0 ? 0 : first;
    for (let byte = 1; byte <= more; byte += 1) length = length * 256 + (bytes[at + byte] ?? Number.NaN);
    at += 1 + more;
    // NaN is never within the bytes either.
    if (!(at + length <= bytes.length)) return undefined;
    fields.push({ tag, value: bytes.slice(at, at + length) });
    at += length;
  }
  return fields;
}

function tagBytes(tag: number): Uint8Array {
  if (tag > 0xffff) return Uint8Array.of(tag >> 16, (tag >> 8) & 0xff, tag & 0xff);
  return tag > 0xff ? Uint8Array.of(tag >> 8, tag & 0xff) : Uint8Array.of(tag);
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  return length < 0x100 ? Uint8Array.of(0x81, length) : Uint8Array.of(0x82, length >> 8, length & 0xff);
}
