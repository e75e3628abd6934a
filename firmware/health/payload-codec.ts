/**
 * Sparkplug B payloads as bytes, on the generated protobuf code of `sparkplug-payload`.
 *
 * That package's own `encodePayload` writes the datatype into data messages too, which the
 * specification advises against, so the generated code beneath it is used directly: births carry
 * datatypes, data does not.
 */
import proto from 'sparkplug-payload/lib/sparkplugPayloadProto.js';
import type { MetricType, MetricValue } from './health-metrics.ts';

export interface Metric {
  readonly name: string;
  readonly type: MetricType;
  readonly value: MetricValue;
  /** Unix ms, UTC. */
  readonly atWallMs: number;
}

/** The bytes are no Sparkplug payload. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
}

/** Name and type of the metric that ties a death to its birth. */
const BD_SEQ = 'bdSeq';
/** What a host sends `true` to in order to hear all births again. */
export const REBIRTH = 'Node Control/Rebirth';

const { Payload } = proto.org.eclipse.tahu.protobuf;
type WireMetric = proto.org.eclipse.tahu.protobuf.Payload.IMetric;

/** Codes of the specification's table of data types. */
const typeCodes: Record<MetricType, number> = { Int64: 4, Boolean: 11, String: 12 };

/** NBIRTH: the session's own two metrics first, then the node's. */
export function encodeNodeBirth(bdSeq: number, metrics: readonly Metric[], atWallMs: number): Uint8Array {
  const own: Metric[] = [
    { name: BD_SEQ, type: 'Int64', value: bdSeq, atWallMs },
    { name: REBIRTH, type: 'Boolean', value: false, atWallMs },
  ];
  return encode({ timestamp: atWallMs, seq: 0, metrics: [...own, ...metrics].map(withType) });
}

export function encodeDeviceBirth(seq: number, metrics: readonly Metric[], atWallMs: number): Uint8Array {
  return encode({ timestamp: atWallMs, seq, metrics: metrics.map(withType) });
}

/** NDATA and DDATA: oldest change first. */
export function encodeData(seq: number, metrics: readonly Metric[], atWallMs: number): Uint8Array {
  return encode({ timestamp: atWallMs, seq, metrics: metrics.map(withoutType) });
}

/** NDEATH: only `bdSeq`, and no sequence number. */
export function encodeNodeDeath(bdSeq: number, atWallMs: number): Uint8Array {
  return encode({ timestamp: atWallMs, metrics: [withType({ name: BD_SEQ, type: 'Int64', value: bdSeq, atWallMs })] });
}

export function encodeDeviceDeath(seq: number, atWallMs: number): Uint8Array {
  return encode({ timestamp: atWallMs, seq });
}

/**
 * Whether a command asks for a rebirth: the metric by its exact name, Boolean, true.
 * @throws PayloadError
 */
export function asksForRebirth(bytes: Uint8Array): boolean {
  let metrics: readonly WireMetric[];
  try {
    metrics = Payload.decode(bytes).metrics;
  } catch {
    throw new PayloadError('A command is no Sparkplug payload.');
  }
  return metrics.some((metric) => metric.name === REBIRTH && metric.booleanValue === true);
}

function encode(payload: proto.org.eclipse.tahu.protobuf.IPayload): Uint8Array {
  return Payload.encode(payload).finish();
}

function withType(metric: Metric): WireMetric {
  return { ...withoutType(metric), datatype: typeCodes[metric.type] };
}

function withoutType({ name, type, value, atWallMs }: Metric): WireMetric {
  const named = { name, timestamp: atWallMs };
  if (value === null) return { ...named, isNull: true };
  switch (type) {
    case 'Int64':
      return { ...named, longValue: Number(value) };
    case 'Boolean':
      return { ...named, booleanValue: value === true };
    case 'String':
      return { ...named, stringValue: String(value) };
  }
}
