/**
 * Bytes of the PC/SC daemon's socket as the native library sends and expects them.
 *
 * Written from pcsc-lite's message structures (protocol 4:4): each is a C
 * struct of 32-bit little-endian words on the wire. A request that is not of
 * its structure's size ends the connection, as in the real daemon.
 */

/** What a request asks, by its number on the wire; the second value is the size of its structure. */
const REQUESTS = {
  1: ['establish', 12],
  2: ['release', 8],
  4: ['connect', 152],
  5: ['reconnect', 24],
  6: ['disconnect', 12],
  7: ['begin', 8],
  8: ['end', 12],
  9: ['transmit', 32],
  10: ['control', 24],
  11: ['status', 8],
  13: ['cancel', 8],
  15: ['getAttribute', 280],
  16: ['setAttribute', 280],
  17: ['version', 12],
  18: ['readers', 0],
  19: ['wait', 0],
  20: ['stopWaiting', 0],
} as const satisfies Record<number, readonly [string, number]>;

export type RequestName = (typeof REQUESTS)[keyof typeof REQUESTS][0];

/** `words` reads and writes the structure in place; the reply is the same structure. */
export interface DaemonRequest {
  readonly name: RequestName;
  readonly struct: Buffer;
  /** APDU or control data that follows the structure. */
  readonly data: Buffer;
  /** Bytes of the stream that this request took. */
  readonly taken: number;
}

export class DaemonWireError extends Error {
  override readonly name = 'DaemonWireError';
}

const HEADER_BYTES = 8;
/** pcsc-lite's MAX_BUFFER_SIZE_EXTENDED. */
const LONGEST_DATA = 65_548;
/** Where `transmit` and `control` keep the length of the data that follows. */
const DATA_LENGTH_AT = { transmit: 12, control: 8 } as const;

/** The next whole request of the stream, or `undefined` while bytes are missing. */
export function takeRequest(stream: Buffer): DaemonRequest | undefined {
  if (stream.length < HEADER_BYTES) return undefined;
  const size = stream.readUInt32LE(0);
  const row = (REQUESTS as Record<number, readonly [RequestName, number]>)[stream.readUInt32LE(4)];
  if (!row) throw new DaemonWireError('unknown command');
  const [name, structBytes] = row;
  if (size !== structBytes) throw new DaemonWireError(`${name} has ${size} bytes`);
  const structEnd = HEADER_BYTES + structBytes;
  if (stream.length < structEnd) return undefined;
  const struct = Buffer.from(stream.subarray(HEADER_BYTES, structEnd));
  const dataBytes = name === 'transmit' || name === 'control' ? struct.readUInt32LE(DATA_LENGTH_AT[name]) : 0;
  if (dataBytes > LONGEST_DATA) throw new DaemonWireError(`${name} with ${dataBytes} bytes of data`);
  const taken = structEnd + dataBytes;
  if (stream.length < taken) return undefined;
  return { name, struct, data: stream.subarray(structEnd, taken), taken };
}

/** Return codes (winscard's names without their prefix). */
export const SCARD = {
  success: 0,
  cancelled: 0x80100002,
  invalidHandle: 0x80100003,
  insufficientBuffer: 0x80100008,
  unknownReader: 0x80100009,
  sharingViolation: 0x8010000b,
  noSmartcard: 0x8010000c,
  protocolMismatch: 0x8010000f,
  invalidValue: 0x80100011,
  notTransacted: 0x80100016,
  readerUnavailable: 0x80100017,
  serviceStopped: 0x8010001e,
  unsupportedFeature: 0x8010001f,
  unpoweredCard: 0x80100067,
  resetCard: 0x80100068,
  removedCard: 0x80100069,
} as const;

export const STATE = { absent: 0x02, present: 0x04, swallowed: 0x08, powered: 0x10, negotiable: 0x20 } as const;

export interface ReaderState {
  readonly name: string;
  readonly events: number;
  readonly state: number;
  /** −1 exclusive, else the number of open handles. */
  readonly sharing: number;
  readonly atr: Uint8Array;
  readonly protocol: number;
}

const TABLE_ROWS = 16;
const ROW_BYTES = 184;

/** The fixed table of sixteen readers; rows without a reader are zeros. */
export function readerTable(readers: readonly ReaderState[]): Buffer {
  const table = Buffer.alloc(TABLE_ROWS * ROW_BYTES);
  for (const [index, reader] of readers.slice(0, TABLE_ROWS).entries()) {
    const at = index * ROW_BYTES;
    table.write(reader.name, at, 127, 'utf8');
    table.writeUInt32LE(reader.events, at + 128);
    table.writeUInt32LE(reader.state, at + 132);
    table.writeInt32LE(reader.sharing, at + 136);
    table.set(reader.atr.subarray(0, 33), at + 140);
    table.writeUInt32LE(Math.min(reader.atr.length, 33), at + 176);
    table.writeUInt32LE(reader.protocol, at + 180);
  }
  return table;
}

/** What a waiting client gets when something changed (`success`) or it was canceled. */
export function waitEvent(rv: number): Buffer {
  const event = Buffer.alloc(8);
  event.writeUInt32LE(rv, 4);
  return event;
}

/** A C string of a fixed field. */
export function cString(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

export const PROTOCOL = { t0: 1, t1: 2, raw: 4 } as const;

/** The protocol that a chip offers first (ISO 7816-3: TD1 of its ATR; none means T=0). */
export function offeredProtocol(atr: Uint8Array): number {
  const presence = atr[1] ?? 0;
  if (!(presence & 0x80)) return PROTOCOL.t0;
  const skipped = [0x10, 0x20, 0x40].filter((bit) => presence & bit).length;
  return ((atr[2 + skipped] ?? 0) & 0x0f) === 1 ? PROTOCOL.t1 : PROTOCOL.t0;
}
