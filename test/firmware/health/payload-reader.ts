/**
 * Sparkplug B payloads read by hand, from the field numbers of the specification's protobuf file.
 *
 * It shares nothing with the encoder under test and is strict: an unknown field, a wrong wire type
 * or a metric with two values is an error.
 */

export interface ReadMetric {
  readonly name: string;
  /** `undefined` when it is not in the bytes. */
  readonly timestamp: number | undefined;
  readonly datatype: number | undefined;
  readonly alias: number | undefined;
  /** `null` when the metric says is_null. */
  readonly value: number | boolean | string | null;
}

export interface ReadPayload {
  readonly timestamp: number | undefined;
  readonly seq: number | undefined;
  readonly metrics: readonly ReadMetric[];
}

const VARINT = 0;
const LENGTH = 2;

type Field = { readonly number: number; readonly wire: number; readonly varint: bigint; readonly bytes: Uint8Array };

export function readPayload(bytes: Uint8Array): ReadPayload {
  let timestamp: number | undefined;
  let seq: number | undefined;
  const metrics: ReadMetric[] = [];
  for (const field of fields(bytes)) {
    if (field.number === 1) timestamp = unsigned(field);
    else if (field.number === 2) metrics.push(readMetric(lengthed(field)));
    else if (field.number === 3) seq = unsigned(field);
    else throw new Error(`payload field ${field.number}`);
  }
  return { timestamp, seq, metrics };
}

function readMetric(bytes: Uint8Array): ReadMetric {
  let name: string | undefined;
  let timestamp: number | undefined;
  let datatype: number | undefined;
  let alias: number | undefined;
  const values: (number | boolean | string | null)[] = [];
  for (const field of fields(bytes)) {
    if (field.number === 1) name = utf8(lengthed(field));
    else if (field.number === 2) alias = unsigned(field);
    else if (field.number === 3) timestamp = unsigned(field);
    else if (field.number === 4) datatype = unsigned(field);
    else if (field.number === 7) values.push(unsigned(field) === 1 ? null : 'is_null=false');
    else if (field.number === 11) values.push(unsigned(field));
    else if (field.number === 14) values.push(unsigned(field) === 1);
    else if (field.number === 15) values.push(utf8(lengthed(field)));
    else throw new Error(`metric field ${field.number}`);
  }
  const [value] = values;
  if (name === undefined || values.length !== 1 || value === undefined)
    throw new Error('a metric without name or value');
  return { name, timestamp, datatype, alias, value };
}

/** What a host sends to a node; commands carry no sequence number. */
export function writeCommand(metric: { readonly name: string; readonly value: boolean | string }): Uint8Array {
  const name = Buffer.from(metric.name);
  const value =
    typeof metric.value === 'boolean'
      ? [0x70, metric.value ? 1 : 0]
      : [0x7a, Buffer.byteLength(metric.value), ...Buffer.from(metric.value)];
  const body = [0x0a, name.length, ...name, 0x20, typeof metric.value === 'boolean' ? 11 : 12, ...value];
  return Uint8Array.from([0x12, body.length, ...body]);
}

function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 63n) throw new Error('a number that does not end');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const wire = key & 7;
    const number = key >> 3;
    if (wire === VARINT) {
      yield { number, wire, varint: varint(), bytes: new Uint8Array(0) };
    } else if (wire === LENGTH) {
      const length = Number(varint());
      if (at + length > bytes.length) throw new Error('a field that goes beyond the end');
      yield { number, wire, varint: 0n, bytes: bytes.subarray(at, at + length) };
      at += length;
    } else {
      throw new Error(`wire type ${wire}`);
    }
  }
}

function unsigned(field: Field): number {
  if (field.wire !== VARINT) throw new Error(`field ${field.number} is no number`);
  return Number(field.varint);
}

function lengthed(field: Field): Uint8Array {
  if (field.wire !== LENGTH) throw new Error(`field ${field.number} is no text`);
  return field.bytes;
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
