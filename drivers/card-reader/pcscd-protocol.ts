/**
 * Bytes of the PC/SC daemon's unix socket (pcsc-lite, protocol 4:4).
 *
 * Requests are `u32 bodySize, u32 command, body`; replies are the body alone;
 * everything is little-endian. Private to pcsc-lite but negotiated: daemons
 * since 1.8 take 4:4, newer ones keep it as their compatible form. This file
 * knows offsets and nothing else (protocols/devices.md section 1).
 */
export const PROTOCOL_MAJOR = 4;
export const PROTOCOL_MINOR = 4;

export const COMMAND = {
  establish: 0x01,
  connect: 0x04,
  disconnect: 0x06,
  transmit: 0x09,
  version: 0x11,
  waitReaderChange: 0x13,
} as const;

/** Return codes that mean something to a card slot (winscard.h). */
export const RV = {
  success: 0,
  sharingViolation: 0x8010000b,
  unknownReader: 0x80100009,
  invalidValue: 0x80100011,
  readerUnavailable: 0x80100017,
  invalidHandle: 0x80100003,
  noService: 0x8010001d,
  serviceStopped: 0x8010001e,
  unresponsiveCard: 0x80100066,
  unpoweredCard: 0x80100067,
} as const;

const SCOPE_SYSTEM = 2;
const SHARE_EXCLUSIVE = 1;
const PROTOCOL_T0_OR_T1 = 3;
const UNPOWER_CARD = 2;
const EJECT_CARD = 3;

const NAME_BYTES = 128;
const READER_SLOTS = 16;
const READER_BYTES = 184;
export const READER_TABLE_BYTES = READER_SLOTS * READER_BYTES;
export const VERSION_BYTES = 12;
export const ESTABLISH_BYTES = 12;
export const CONNECT_BYTES = 152;
export const DISCONNECT_BYTES = 12;
export const TRANSMIT_BYTES = 32;
export const WAIT_EVENT_BYTES = 8;
/** Header, extended length fields, 64 KiB of data and SW1 SW2: what one APDU can have. */
export const LONGEST_APDU = 65_548;

const STATE_UNKNOWN = 0x01;
const STATE_PRESENT = 0x04;
const STATE_SWALLOWED = 0x08;

export interface ReaderRow {
  readonly name: string;
  /** Grows by one with each card put in and each card taken out. */
  readonly events: number;
  readonly card: 'absent' | 'present' | 'mute' | 'readerFailed';
  readonly atr: Uint8Array;
}

function request(command: number, body: Buffer, data?: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(body.length, 0);
  head.writeUInt32LE(command, 4);
  return data ? Buffer.concat([head, body, data]) : Buffer.concat([head, body]);
}

export function encodeVersion(): Buffer {
  const body = Buffer.alloc(VERSION_BYTES);
  body.writeInt32LE(PROTOCOL_MAJOR, 0);
  body.writeInt32LE(PROTOCOL_MINOR, 4);
  return request(COMMAND.version, body);
}

export function encodeEstablish(): Buffer {
  const body = Buffer.alloc(ESTABLISH_BYTES);
  body.writeUInt32LE(SCOPE_SYSTEM, 0);
  return request(COMMAND.establish, body);
}

/** Exclusive: nobody else's APDU may come between the kiosk's authentication and its reading. */
export function encodeConnect(context: number, readerName: string): Buffer {
  const body = Buffer.alloc(CONNECT_BYTES);
  body.writeUInt32LE(context, 0);
  body.write(readerName, 4, NAME_BYTES - 1, 'utf8');
  body.writeUInt32LE(SHARE_EXCLUSIVE, 132);
  body.writeUInt32LE(PROTOCOL_T0_OR_T1, 136);
  return request(COMMAND.connect, body);
}

/** Takes the chip's power away, so that whoever comes next finds a fresh card; `eject` pushes it out where there is a motor. */
export function encodeDisconnect(card: number, how?: 'eject'): Buffer {
  const body = Buffer.alloc(DISCONNECT_BYTES);
  body.writeInt32LE(card, 0);
  body.writeUInt32LE(how === 'eject' ? EJECT_CARD : UNPOWER_CARD, 4);
  return request(COMMAND.disconnect, body);
}

export function encodeTransmit(card: number, protocol: number, apdu: Uint8Array): Buffer {
  const body = Buffer.alloc(TRANSMIT_BYTES);
  body.writeInt32LE(card, 0);
  body.writeUInt32LE(protocol, 4);
  body.writeUInt32LE(16, 8);
  body.writeUInt32LE(apdu.length, 12);
  body.writeUInt32LE(PROTOCOL_T0_OR_T1, 16);
  body.writeUInt32LE(16, 20);
  body.writeUInt32LE(LONGEST_APDU, 24);
  return request(COMMAND.transmit, body, apdu);
}

/** Answered with the whole reader table now, and with one 8-byte event when something changes. */
export function encodeWaitReaderChange(): Buffer {
  return request(COMMAND.waitReaderChange, Buffer.alloc(0));
}

export function decodeVersionRv(body: Buffer): number {
  return body.readUInt32LE(8);
}

export function decodeEstablish(body: Buffer): { readonly context: number; readonly rv: number } {
  return { context: body.readUInt32LE(4), rv: body.readUInt32LE(8) };
}

export function decodeConnect(body: Buffer): { readonly card: number; readonly protocol: number; readonly rv: number } {
  return { card: body.readInt32LE(140), protocol: body.readUInt32LE(144), rv: body.readUInt32LE(148) };
}

export function decodeTransmit(body: Buffer): { readonly length: number; readonly rv: number } {
  return { length: body.readUInt32LE(24), rv: body.readUInt32LE(28) };
}

/** Rows without a name are free places of the daemon's table and are left out. */
export function decodeReaderTable(body: Buffer): ReaderRow[] {
  const rows: ReaderRow[] = [];
  for (let at = 0; at + READER_BYTES <= body.length; at += READER_BYTES) {
    const row = body.subarray(at, at + READER_BYTES);
    const nameEnd = row.subarray(0, NAME_BYTES).indexOf(0);
    const name = row.toString('utf8', 0, nameEnd < 0 ? NAME_BYTES : nameEnd);
    if (name === '') continue;
    const state = row.readUInt32LE(132);
    const atrLength = Math.min(row.readUInt32LE(176), 33);
    rows.push({
      name,
      events: row.readUInt32LE(128),
      card: cardWord(state, atrLength),
      atr: Uint8Array.from(row.subarray(140, 140 + atrLength)),
    });
  }
  return rows;
}

function cardWord(state: number, atrLength: number): ReaderRow['card'] {
  if (state & STATE_UNKNOWN) return 'readerFailed';
  if (!(state & STATE_PRESENT)) return 'absent';
  return state & STATE_SWALLOWED || atrLength === 0 ? 'mute' : 'present';
}
