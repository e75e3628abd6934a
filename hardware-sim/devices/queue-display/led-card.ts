/**
 * What a BX-5 LED card makes of the bytes on its line, written from docs/interfaces/queue-display.md and from nothing
 * of the driver: frames in, areas of text out, an answer for each.
 */

export interface CardFrame {
  readonly station: number;
  readonly data: Uint8Array;
}

/** A text that stands somewhere on the board. */
export interface CardArea {
  readonly id: number;
  readonly xDots: number;
  readonly yDots: number;
  readonly widthDots: number;
  readonly heightDots: number;
  readonly text: Uint8Array;
}

/** Reads frames; a frame with a wrong sum is answered with nothing. */
export class CardEar {
  #bytes: number[] | undefined;

  forget(): void {
    this.#bytes = undefined;
  }

  hear(bytes: Uint8Array): CardFrame[] {
    const frames: CardFrame[] = [];
    for (const byte of bytes) {
      if (byte === 0xa5) this.#bytes = [];
      else if (byte === 0x5a) {
        const frame = this.#bytes && open(this.#bytes);
        if (frame) frames.push(frame);
        this.#bytes = undefined;
      } else if (this.#bytes && this.#bytes.length < 4_096) this.#bytes.push(byte);
    }
    return frames;
  }
}

/** An answer of the card: ACK (`A0 00`) or NACK (`A0 01`). */
export function cardAnswer(station: number, device: number, good: boolean): Uint8Array {
  const head = [0x00, 0x80, station & 0xff, station >> 8, 0, 0, 0, 0, 0, 0, device, 0x02, 0x05, 0x00];
  const body = [...head, 0xa0, good ? 0 : 1, 0, 0, 0];
  const sum = sumOf(body);
  const inside: number[] = [];
  for (const byte of [...body, sum % 256, Math.floor(sum / 256)]) {
    if (byte === 0xa5) inside.push(0xa6, 2);
    else if (byte === 0xa6) inside.push(0xa6, 1);
    else if (byte === 0x5a) inside.push(0x5b, 2);
    else if (byte === 0x5b) inside.push(0x5b, 1);
    else inside.push(byte);
  }
  return Uint8Array.from([...new Array<number>(8).fill(0xa5), ...inside, 0x5a]);
}

/** The areas that a `A3 06` puts up; `undefined` when their lengths do not add up. */
export function areasIn(data: Uint8Array): readonly CardArea[] | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const areas: CardArea[] = [];
  const deleted = data[5] ?? 0;
  let at = 6 + deleted;
  const count = data[at] ?? 0;
  at += 1;
  for (let index = 0; index < count; index += 1) {
    if (at + 2 > data.length) return undefined;
    const length = view.getUint16(at, true);
    const from = at + 2;
    at = from + length;
    if (at > data.length || length < 27) return undefined;
    const textLength = view.getUint32(from + 23, true);
    if (textLength !== length - 27) return undefined;
    areas.push({
      id: data[from + 9] ?? 0,
      xDots: 8 * view.getUint16(from + 1, true),
      yDots: view.getUint16(from + 3, true),
      widthDots: 8 * view.getUint16(from + 5, true),
      heightDots: view.getUint16(from + 7, true),
      text: data.slice(from + 27, at),
    });
  }
  return at === data.length ? areas : undefined;
}

function open(escaped: readonly number[]): CardFrame | undefined {
  const body: number[] = [];
  for (let at = 0; at < escaped.length; at += 1) {
    const byte = escaped[at] ?? 0;
    if (byte === 0xa6 || byte === 0x5b) {
      at += 1;
      const second = escaped[at];
      if (second !== 1 && second !== 2) return undefined;
      body.push(second === 1 ? byte : byte === 0xa6 ? 0xa5 : 0x5a);
    } else body.push(byte);
  }
  if (body.length < 16) return undefined;
  const sum = sumOf(body.slice(0, -2));
  if (body[body.length - 2] !== sum % 256 || body[body.length - 1] !== Math.floor(sum / 256)) return undefined;
  const data = Uint8Array.from(body.slice(14, -2));
  if (data.length !== (body[12] ?? 0) + 256 * (body[13] ?? 0)) return undefined;
  return { station: (body[0] ?? 0) + 256 * (body[1] ?? 0), data };
}

/** CRC-16 by the maker's table of 256, made here: reflected polynomial A001, begins with 0. */
const TABLE: readonly number[] = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value % 2 === 1 ? Math.floor(value / 2) ^ 0xa001 : Math.floor(value / 2);
  return value;
});

function sumOf(bytes: readonly number[]): number {
  let sum = 0;
  for (const byte of bytes) sum = Math.floor(sum / 256) ^ (TABLE[(sum ^ byte) % 256] ?? 0);
  return sum;
}
