/**
 * The pins of a board, an Arduino Mega 2560 or Uno: what each can be and what it reads.
 */
import { MODE } from './firmata-wire.ts';

export type BoardSize = 'mega' | 'uno';

/** How many pins, and the first of those that can also be analog inputs. */
export const SIZES: Readonly<Record<BoardSize, { readonly pins: number; readonly firstAnalog: number }>> = {
  mega: { pins: 70, firstAnalog: 54 },
  uno: { pins: 20, firstAnalog: 14 },
};

const PWM: Readonly<Record<BoardSize, ReadonlySet<number>>> = {
  mega: new Set([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 44, 45, 46]),
  uno: new Set([3, 5, 6, 9, 10, 11]),
};

/** What the outside does to a pin: drives it, ties it to ground, or leaves it alone. */
export type Outside = 'high' | 'low' | 'open';

export interface Pin {
  mode: number;
  /** What was written to it. */
  state: number;
  outside: Outside;
}

export function reads(pin: Pin | undefined): boolean {
  if (!pin || (pin.mode !== MODE.input && pin.mode !== MODE.pullUp)) return false;
  return pin.outside === 'open' ? pin.mode === MODE.pullUp : pin.outside === 'high';
}

/** Each mode with its resolution in bits. */
export function modesOf(pin: number, size: BoardSize): readonly (readonly [number, number])[] {
  // The serial line itself.
  if (pin < 2) return [];
  const digital = [
    [MODE.input, 1],
    [MODE.pullUp, 1],
    [MODE.output, 1],
  ] as const;
  if (pin >= SIZES[size].firstAnalog) return [...digital, [MODE.analog, 10]];
  return PWM[size].has(pin) ? [...digital, [MODE.pwm, 8], [MODE.servo, 14]] : [...digital, [MODE.servo, 14]];
}
