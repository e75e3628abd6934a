/** IPP as a printer reads and writes it (RFC 8010), for the few operations a kiosk uses; nothing of it is the driver's. */

export interface IppRequest {
  /** Major and minor; an answer speaks the version of its question (RFC 8011 4.1.8). */
  readonly version: readonly [number, number];
  readonly operation: number;
  readonly id: number;
  /** Attributes of every group together: names do not repeat across groups in what a kiosk asks. */
  readonly attributes: ReadonlyMap<string, readonly (string | number)[]>;
  readonly document: Uint8Array;
}

export type IppField = readonly [tag: number, name: string, ...values: (string | number)[]];

/** `undefined` for what is no IPP request. */
export function readRequest(bytes: Uint8Array): IppRequest | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 9) return undefined;
  const attributes = new Map<string, (string | number)[]>();
  let at = 8;
  let last: (string | number)[] | undefined;
  for (;;) {
    const tag = buffer[at];
    if (tag === undefined) return undefined;
    at += 1;
    if (tag === 3) break;
    if (tag <= 5) continue;
    if (at + 2 > buffer.length) return undefined;
    const nameLength = buffer.readUInt16BE(at);
    const name = buffer.toString('utf8', at + 2, at + 2 + nameLength);
    at += 2 + nameLength;
    if (at + 2 > buffer.length) return undefined;
    const length = buffer.readUInt16BE(at);
    const value = buffer.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    if (at > buffer.length) return undefined;
    const read =
      tag === 0x21 || tag === 0x23 ? value.readInt32BE(0) : tag === 0x22 ? (value[0] ?? 0) : value.toString('utf8');
    if (nameLength > 0) {
      last = [read];
      attributes.set(name, last);
    } else last?.push(read);
  }
  const version = [buffer[0] ?? 0, buffer[1] ?? 0] as const;
  return {
    version,
    operation: buffer.readUInt16BE(2),
    id: buffer.readUInt32BE(4),
    attributes,
    document: buffer.subarray(at),
  };
}

/** Groups: 2 job, 4 printer. */
export function writeAnswer(
  status: number,
  id: number,
  groups: readonly { readonly tag: number; readonly fields: readonly IppField[] }[],
  version: readonly [number, number] = [2, 0],
): Uint8Array {
  const out: number[] = [
    ...version,
    status >> 8,
    status & 255,
    id >>> 24,
    (id >> 16) & 255,
    (id >> 8) & 255,
    id & 255,
    1,
  ];
  const field = ([tag, name, ...values]: IppField): void => {
    values.forEach((value, index) => {
      const named = Buffer.from(index === 0 ? name : '');
      const body = typeof value === 'string' ? Buffer.from(value) : Buffer.alloc(4);
      if (typeof value === 'number') body.writeInt32BE(value);
      out.push(tag, named.length >> 8, named.length & 255, ...named, body.length >> 8, body.length & 255, ...body);
    });
  };
  field([0x47, 'attributes-charset', 'utf-8']);
  field([0x48, 'attributes-natural-language', 'en']);
  for (const { tag, fields } of groups) {
    out.push(tag);
    for (const one of fields) field(one);
  }
  out.push(3);
  return Uint8Array.from(out);
}
