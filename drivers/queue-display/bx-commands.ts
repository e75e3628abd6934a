/**
 * What a BX-5 card is asked: is it there, show these rows, show nothing.
 *
 * docs/interfaces/queue-display.md section 3. Numbers are little-endian; X and widths are in bytes of eight dots.
 */

/** Asks for ACK. */
const ANSWER = 0x01;

export const BX = { ping: [0xa2, 0x00], areas: [0xa3, 0x06], clear: [0xa3, 0x10], ack: [0xa0, 0x00] } as const;

export const pingData: Uint8Array = Uint8Array.of(...BX.ping, ANSWER, 0, 0);
export const clearData: Uint8Array = Uint8Array.of(...BX.clear, ANSWER, 0, 0);

/** One dynamic area of a screen (动态区), each row its own, standing still. */
export interface BxArea {
  readonly id: number;
  readonly y: number;
  /** Cells of eight dots. */
  readonly width: number;
  /** Dots. */
  readonly height: number;
  /** 1 stands still, 3 moves left. */
  readonly mode: number;
  readonly speed: number;
  /** Half seconds. */
  readonly stay: number;
  /** 1 one line, 2 several. */
  readonly lines: 1 | 2;
  /** 1 by hand, 2 by itself. */
  readonly breaks: 1 | 2;
  /** How long the text is good when nobody says anything new, s; 2 in the public examples. */
  readonly timeoutS: number;
  readonly text: Uint8Array;
}

/** @param process two bytes between command and areas: zero, except in the maker's own example */
export function areasData(areas: readonly BxArea[], process: readonly [number, number] = [0, 0]): Uint8Array {
  const bytes: number[] = [...BX.areas, ANSWER, ...process, 0, areas.length];
  for (const area of areas) {
    const body = [
      ...[0, 0, 0, ...word(area.y), ...word(area.width), ...word(area.height)],
      ...[area.id, 0, 0, ...word(area.timeoutS), 0, 0, 0],
      ...[area.lines, area.breaks, area.mode, 0, area.speed, area.stay],
      ...[...word(area.text.length), 0, 0, ...area.text],
    ];
    bytes.push(...word(body.length), ...body);
  }
  return Uint8Array.from(bytes);
}

function word(value: number): [number, number] {
  return [value & 0xff, (value >> 8) & 0xff];
}
