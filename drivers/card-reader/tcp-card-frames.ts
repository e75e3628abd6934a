/**
 * The wire of a card slot on TCP: `tcp-card`, version 1. This comment is its specification.
 *
 * For networked readers, for laptops without PC/SC and for the simulator. The
 * slot is the server, the kiosk the client. Loopback or a cable inside the
 * cabinet only: the protocol has no encryption of its own.
 *
 * FRAME   u32 length, u8 type, body. Numbers are big-endian. `length` counts type and body and
 *         is 1 … 65 600; whoever receives anything else, an unknown type or a body of the wrong
 *         shape closes the connection.
 *
 * type  name      from    body
 * 0x01  hello     both    6 bytes `YZCARD`, u8 version (1); the slot adds its name (1 … 128 bytes UTF-8)
 * 0x02  media     slot    u8 kind (0 not present, 1 present, 2 mute); kind 1 adds the ATR (2 … 33 bytes)
 * 0x10  power     client  u32 id
 * 0x11  powered   slot    u32 id, u8 outcome; outcome 0 adds the ATR
 * 0x12  apdu      client  u32 id, command APDU (4 … 65 544 bytes)
 * 0x13  answer    slot    u32 id, u8 outcome; outcome 0 adds the response APDU with SW1 SW2 (2 … 65 538 bytes)
 * 0x14  release   client  u32 id
 * 0x15  released  slot    u32 id
 * 0x16  eject     client  u32 id; release, and a slot with a motor pushes the card out; the answer is 0x15
 *
 * outcome 0 done · 1 no card, or it left in between · 2 the chip does not answer · 3 not powered since it was put in
 *
 * ORDER   The slot says hello and media at once; the client says hello before anything else. A
 *         media frame follows every change of the slot; two cards in a row have `not present`
 *         between them. Requests are answered in the order they came. A card that leaves, or
 *         `release`, takes the power away: the next APDU ends with outcome 3 until `power`.
 *         A second client takes the slot over: the first one's connection is closed.
 */
import type { SlotMedia } from '../ports.ts';

export const TCP_CARD_VERSION = 1;
const MAGIC = Buffer.from('YZCARD', 'ascii');
const LONGEST_FRAME = 65_600;
const LONGEST_APDU = 65_544;
const LONGEST_NAME = 128;
const LENGTH_BYTES = 4;

/** The other side broke the rules above; the connection must be closed. */
export class TcpCardProtocolError extends Error {
  override readonly name = 'TcpCardProtocolError';
}

export type SlotFrame =
  | { readonly frame: 'hello'; readonly readerName: string }
  | { readonly frame: 'media'; readonly media: SlotMedia }
  | { readonly frame: 'powered' | 'answer'; readonly id: number; readonly outcome: number; readonly bytes: Uint8Array }
  | { readonly frame: 'released'; readonly id: number };

export function encodeHello(): Buffer {
  return frame(0x01, MAGIC, Buffer.from([TCP_CARD_VERSION]));
}

export function encodePower(id: number): Buffer {
  return frame(0x10, idBytes(id));
}

/** @throws RangeError when the APDU is shorter than its header or longer than the wire carries. */
export function encodeApdu(id: number, apdu: Uint8Array): Buffer {
  if (apdu.length < 4 || apdu.length > LONGEST_APDU) throw new RangeError(`An APDU can't have ${apdu.length} bytes.`);
  return frame(0x12, idBytes(id), apdu);
}

export function encodeRelease(id: number, how?: 'eject'): Buffer {
  return frame(how === 'eject' ? 0x16 : 0x14, idBytes(id));
}

/** Cuts a byte stream into frames, however the bytes arrive. */
export class SlotFrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** @throws TcpCardProtocolError at the first broken frame. */
  push(bytes: Uint8Array): SlotFrame[] {
    this.#rest = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    const frames: SlotFrame[] = [];
    while (this.#rest.length >= LENGTH_BYTES) {
      const length = this.#rest.readUInt32BE(0);
      if (length < 1 || length > LONGEST_FRAME) throw new TcpCardProtocolError(`a frame of ${length} bytes`);
      if (this.#rest.length < LENGTH_BYTES + length) break;
      frames.push(decode(this.#rest.subarray(LENGTH_BYTES, LENGTH_BYTES + length)));
      this.#rest = this.#rest.subarray(LENGTH_BYTES + length);
    }
    return frames;
  }
}

function decode(content: Buffer): SlotFrame {
  const type = content[0];
  const body = content.subarray(1);
  switch (type) {
    case 0x01: {
      const name = body.subarray(MAGIC.length + 1);
      if (!body.subarray(0, MAGIC.length).equals(MAGIC)) throw new TcpCardProtocolError('not a card slot');
      if (body[MAGIC.length] !== TCP_CARD_VERSION) throw new TcpCardProtocolError('another protocol version');
      if (name.length < 1 || name.length > LONGEST_NAME) throw new TcpCardProtocolError('a slot without a name');
      return { frame: 'hello', readerName: name.toString('utf8') };
    }
    case 0x02:
      return { frame: 'media', media: decodeMedia(body) };
    case 0x11:
    case 0x13: {
      if (body.length < 5) throw new TcpCardProtocolError('a cut-off answer');
      const bytes = Uint8Array.from(body.subarray(5));
      const outcome = body.readUInt8(4);
      if (outcome === 0 && bytes.length < 2) throw new TcpCardProtocolError('an empty answer');
      return { frame: type === 0x11 ? 'powered' : 'answer', id: body.readUInt32BE(0), outcome, bytes };
    }
    case 0x15:
      if (body.length !== 4) throw new TcpCardProtocolError('a cut-off answer');
      return { frame: 'released', id: body.readUInt32BE(0) };
    default:
      throw new TcpCardProtocolError(`an unknown frame type ${type}`);
  }
}

function decodeMedia(body: Buffer): SlotMedia {
  if (body[0] === 0 && body.length === 1) return { kind: 'notPresent' };
  if (body[0] === 2 && body.length === 1) return { kind: 'mute' };
  if (body[0] === 1 && body.length >= 3 && body.length <= 34) {
    return { kind: 'present', atr: Uint8Array.from(body.subarray(1)) };
  }
  throw new TcpCardProtocolError('a media frame of the wrong shape');
}

function frame(type: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat([Buffer.from([type]), ...parts]);
  const head = Buffer.alloc(LENGTH_BYTES);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

function idBytes(id: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(id);
  return bytes;
}
