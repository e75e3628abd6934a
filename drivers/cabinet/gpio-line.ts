/**
 * What libgpiod's `gpiomon` and `gpioget` print, read line by line.
 *
 * One promise: a line that is none of theirs is `undefined`, never a level.
 */

/** Longest line of either tool that we take, characters. */
export const LONGEST_LINE = 256;

export interface GpioEdge {
  readonly offset: number;
  readonly high: boolean;
}

/**
 * `event:  RISING EDGE offset: 3 timestamp: [    1151.814356387]`, as libgpiod 1.x prints without `--format`.
 * Line offsets of the kernel's character device are 32 bits; more than 127 are in no pin plan.
 */
const EDGE = /^event: +(RISING|FALLING) EDGE offset: (\d{1,3}) timestamp: \[ *\d+\.\d{9}\]$/;

export function parseEdge(line: string): GpioEdge | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  const match = EDGE.exec(line);
  return match ? { offset: Number(match[2]), high: match[1] === 'RISING' } : undefined;
}

/** `0 1 1` → levels in the order that was asked. `undefined` when it is not exactly `count` of them. */
export function parseLevels(text: string, count: number): readonly boolean[] | undefined {
  const words = text.slice(0, LONGEST_LINE).trim().split(' ');
  if (words.length !== count || words.some((word) => word !== '0' && word !== '1')) return undefined;
  return words.map((word) => word === '1');
}
