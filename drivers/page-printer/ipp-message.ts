/**
 * IPP messages as bytes (RFC 8010): requests out, answers in.
 *
 * Only what a client of one queue needs: integers, enums, keywords and text. One promise: an answer of any bytes at all
 * gives attributes or `undefined`, in time proportional to its length, and throws nothing. docs/decisions says why this
 * is not the npm package.
 */

/** Operation ids of RFC 8011. */
export const OPERATIONS = {
  printJob: 0x0002,
  cancelJob: 0x0008,
  jobAttributes: 0x0009,
  jobs: 0x000a,
  printerAttributes: 0x000b,
} as const;

export type IppOperation = keyof typeof OPERATIONS;
export type IppValue = string | number | boolean;
/** Name, value tag, values. Tags: 0x21 integer, 0x22 boolean, 0x42 name, 0x44 keyword, 0x45 uri, 0x47 charset, 0x48 language, 0x49 media type. */
export type IppAttribute = readonly [name: string, tag: number, ...values: IppValue[]];

export interface IppGroup {
  /** 1 operation, 2 job, 4 printer, 5 unsupported. */
  readonly tag: number;
  readonly attributes: ReadonlyMap<string, readonly IppValue[]>;
}

export interface IppAnswer {
  readonly status: number;
  readonly requestId: number;
  readonly groups: readonly IppGroup[];
}

const VERSION = [2, 0];
const END = 0x03;
const INTEGER = 0x21;
const BOOLEAN = 0x22;
const ENUM = 0x23;
/** Of one answer; a printer's attributes are a few hundred. */
const MOST_VALUES = 4_000;

export function encodeIpp(
  operation: IppOperation,
  requestId: number,
  attributes: { readonly operation: readonly IppAttribute[]; readonly job?: readonly IppAttribute[] },
  document?: Uint8Array,
): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(...VERSION, ...u16(OPERATIONS[operation]), ...u32(requestId))];
  parts.push(Uint8Array.of(0x01), ...attributes.operation.flatMap(attributeBytes));
  if (attributes.job) parts.push(Uint8Array.of(0x02), ...attributes.job.flatMap(attributeBytes));
  parts.push(Uint8Array.of(END));
  if (document) parts.push(document);
  return Buffer.concat(parts);
}

export function decodeIpp(bytes: Uint8Array): IppAnswer | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 9) return undefined;
  const groups: { tag: number; attributes: Map<string, IppValue[]> }[] = [];
  let at = 8;
  let name = '';
  let values = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    at += 1;
    if (tag === END) return { status: view.getUint16(2), requestId: view.getUint32(4), groups };
    if (tag < 0x10) {
      groups.push({ tag, attributes: new Map() });
      name = '';
      continue;
    }
    const named = slice(bytes, view, at);
    const value = named && slice(bytes, view, at + 2 + named.length);
    const group = groups.at(-1);
    values += 1;
    if (!named || !value || !group || values > MOST_VALUES) return undefined;
    at += 4 + named.length + value.length;
    // A name of no length: one more value of the attribute before it.
    if (named.length > 0) name = text(named);
    const read = readValue(tag, value);
    if (read === undefined || name === '') continue;
    const known = group.attributes.get(name);
    if (known) known.push(read);
    else group.attributes.set(name, [read]);
  }
  return undefined;
}

function readValue(tag: number, value: Uint8Array): IppValue | undefined {
  if (tag === INTEGER || tag === ENUM) {
    return value.length === 4 ? new DataView(value.buffer, value.byteOffset, 4).getInt32(0) : undefined;
  }
  if (tag === BOOLEAN) return value[0] === 1;
  // Text of every kind; ranges, dates and collections are nothing that is asked for here.
  return tag >= 0x40 && tag <= 0x49 ? text(value) : undefined;
}

function slice(bytes: Uint8Array, view: DataView, at: number): Uint8Array | undefined {
  if (at + 2 > bytes.length) return undefined;
  const length = view.getUint16(at);
  return at + 2 + length <= bytes.length ? bytes.subarray(at + 2, at + 2 + length) : undefined;
}

function attributeBytes([name, tag, ...values]: IppAttribute): Uint8Array[] {
  return values.map((value, index) => {
    const nameBytes = new TextEncoder().encode(index === 0 ? name : '');
    const valueBytes =
      typeof value === 'number'
        ? Uint8Array.from(u32(value))
        : typeof value === 'boolean'
          ? Uint8Array.of(value ? 1 : 0)
          : new TextEncoder().encode(value);
    return Uint8Array.of(tag, ...u16(nameBytes.length), ...nameBytes, ...u16(valueBytes.length), ...valueBytes);
  });
}

function u16(value: number): [number, number] {
  return [(value >> 8) & 0xff, value & 0xff];
}

function u32(value: number): [number, number, number, number] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
