/**
 * The frame of BX-5 LED control cards (仰邦), the most common card behind Chinese text displays.
 *
 * Eight A5, a header of 14, data, CRC-16, 5A; inside, A5 A6 5A 5B are written as two bytes. One promise: after any
 * noise the next whole frame is found, from bounded memory. docs/interfaces/queue-display.md section 2.
 */

const HEAD = 0xa5;
const END = 0x5a;
const HEADER_LENGTH = 14;
/** Escaped, the longest reply that is looked at. */
const LONGEST_REPLY = 600;
/** What a byte is written as, and read from. */
const ESCAPES: readonly (readonly [byte: number, first: number, second: number])[] = [
  [0xa5, 0xa6, 0x02],
  [0xa6, 0xa6, 0x01],
  [0x5a, 0x5b, 0x02],
  [0x5b, 0x5b, 0x01],
];

export interface BxReply {
  /** Device type of the card that answers, e.g. 0x61. */
  readonly device: number;
  readonly group: number;
  readonly command: number;
  readonly rest: Uint8Array;
}

/** @param station address of the card; the host's own is 0x8000 */
export function encodeBxFrame(station: number, data: Uint8Array): Uint8Array {
  const length = [data.length & 0xff, data.length >> 8];
  const header = [station & 0xff, station >> 8, 0x00, 0x80, 0, 0, 0, 0, 0, 0, 0xfe, 0x02, ...length];
  const body = [...header, ...data];
  const crc = crc16(body);
  const escaped = [...body, crc & 0xff, crc >> 8].flatMap((byte) => {
    const pair = ESCAPES.find(([plain]) => plain === byte);
    return pair ? [pair[1], pair[2]] : [byte];
  });
  return Uint8Array.from([...Array.from({ length: 8 }, () => HEAD), ...escaped, END]);
}

export class BxReader {
  #held: number[] = [];
  #inFrame = false;

  reset(): void {
    this.#held = [];
    this.#inFrame = false;
  }

  /** Whole replies in these bytes; what is broken is dropped without a word. */
  push(bytes: Uint8Array): readonly BxReply[] {
    const replies: BxReply[] = [];
    for (const byte of bytes) {
      if (byte === HEAD) {
        // An unescaped A5 is only ever the head of a frame: whatever was held is over.
        this.#held = [];
        this.#inFrame = true;
      } else if (this.#inFrame && byte === END) {
        const reply = replyIn(this.#held);
        this.reset();
        if (reply) replies.push(reply);
      } else if (this.#inFrame) {
        this.#held.push(byte);
        if (this.#held.length > LONGEST_REPLY) this.reset();
      }
    }
    return replies;
  }
}

function replyIn(escaped: readonly number[]): BxReply | undefined {
  const body: number[] = [];
  for (let at = 0; at < escaped.length; at += 1) {
    const byte = escaped[at] ?? 0;
    if (byte !== 0xa6 && byte !== 0x5b) {
      body.push(byte);
      continue;
    }
    const pair = ESCAPES.find(([, first, second]) => first === byte && second === escaped[at + 1]);
    if (!pair) return undefined;
    body.push(pair[0]);
    at += 1;
  }
  const length = (body[12] ?? 0) | ((body[13] ?? 0) << 8);
  if (body.length !== HEADER_LENGTH + length + 2 || length < 2) return undefined;
  const crc = crc16(body.slice(0, -2));
  if (body.at(-2) !== (crc & 0xff) || body.at(-1) !== crc >> 8) return undefined;
  const [group = 0, command = 0, ...rest] = body.slice(HEADER_LENGTH, -2);
  return { device: body[10] ?? 0, group, command, rest: Uint8Array.from(rest) };
}

/** CRC-16/ARC: reflected 0x8005, from zero. */
export function crc16(bytes: readonly number[]): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
