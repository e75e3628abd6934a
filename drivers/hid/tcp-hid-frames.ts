/**
 * The wire of a HID device on TCP: `tcp-hid`, version 1. This comment is its specification.
 *
 * For laptops without that bus, for networked devices and for the simulator.
 * The device is the server, the kiosk the client. Loopback or a cable inside the
 * cabinet only: the protocol has no encryption of its own.
 *
 * FRAME   u32 length, u8 type, body. Numbers are big-endian. `length` counts type and body and
 *         is 2 … 2 049; whoever receives anything else, an unknown type or a body of the wrong
 *         shape closes the connection.
 *
 * type  name    from    body
 * 0x01  hello   both    5 bytes `YZHID`, u8 version (1); the device adds u16 usage page, u16 usage
 *                       (of its top-level collection) and its product text (0 … 128 bytes UTF-8)
 * 0x02  report  both    one report, 1 … 2 048 bytes: the report id (0 where the device numbers no
 *                       reports), then the report's data; input from the device, output from the client
 *
 * ORDER   The device says hello at once, the client says hello before anything else. A second
 *         client takes the device over: the first one's connection is closed. A closed connection
 *         is a pulled cable.
 */
import type { HidDevice } from '../ports.ts';

export const TCP_HID_VERSION = 1;
/** A report with its id, bytes. What node-hid reads in one go is as long; full-speed devices send 64 and one. */
export const LONGEST_REPORT = 2_048;
const MAGIC = Buffer.from('YZHID', 'ascii');
const LONGEST_FRAME = LONGEST_REPORT + 1;
const LONGEST_PRODUCT = 128;
const LENGTH_BYTES = 4;
const HELLO_HEAD = MAGIC.length + 1 + 4;

/** The other side broke the rules above; the connection must be closed. */
export class TcpHidProtocolError extends Error {
  override readonly name = 'TcpHidProtocolError';
}

export type HidFrame =
  | { readonly frame: 'hello'; readonly device: HidDevice }
  | { readonly frame: 'report'; readonly report: Uint8Array };

export function encodeHidHello(): Buffer {
  return frame(0x01, MAGIC, Buffer.from([TCP_HID_VERSION]));
}

/** @throws RangeError for a report that no HID device takes. */
export function encodeHidReport(report: Uint8Array): Buffer {
  if (report.length < 1 || report.length > LONGEST_REPORT) {
    throw new RangeError(`A HID report can't have ${report.length} bytes.`);
  }
  return frame(0x02, report);
}

/** Cuts a byte stream into frames, however the bytes arrive; keeps at most one unfinished frame. */
export class HidFrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** @throws TcpHidProtocolError at the first broken frame. */
  push(bytes: Uint8Array): HidFrame[] {
    let rest = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    const frames: HidFrame[] = [];
    while (rest.length >= LENGTH_BYTES) {
      const length = rest.readUInt32BE(0);
      if (length < 2 || length > LONGEST_FRAME) throw new TcpHidProtocolError(`a frame of ${length} bytes`);
      if (rest.length < LENGTH_BYTES + length) break;
      frames.push(decode(rest.subarray(LENGTH_BYTES, LENGTH_BYTES + length)));
      rest = rest.subarray(LENGTH_BYTES + length);
    }
    this.#rest = Buffer.from(rest);
    return frames;
  }
}

function decode(content: Buffer): HidFrame {
  const body = content.subarray(1);
  switch (content[0]) {
    case 0x01: {
      if (!body.subarray(0, MAGIC.length).equals(MAGIC)) throw new TcpHidProtocolError('not a HID device');
      if (body[MAGIC.length] !== TCP_HID_VERSION) throw new TcpHidProtocolError('another protocol version');
      const product = body.subarray(HELLO_HEAD);
      if (body.length < HELLO_HEAD || product.length > LONGEST_PRODUCT) {
        throw new TcpHidProtocolError('a hello of the wrong shape');
      }
      const usagePage = body.readUInt16BE(MAGIC.length + 1);
      const usage = body.readUInt16BE(MAGIC.length + 3);
      return { frame: 'hello', device: { product: product.toString('utf8'), usagePage, usage } };
    }
    case 0x02:
      return { frame: 'report', report: Uint8Array.from(body) };
    default:
      throw new TcpHidProtocolError(`an unknown frame type ${content[0]}`);
  }
}

function frame(type: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat([Buffer.from([type]), ...parts]);
  const head = Buffer.alloc(LENGTH_BYTES);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}
