import { describe, expect, test } from 'vitest';
import { MessageIds } from '../../../firmware/insurance/message-ids.ts';
import type { Clock } from '../../../firmware/ports.ts';
import { INSTITUTION } from '../kiosk-fixture.ts';

const random = { bytes: (count: number) => new Uint8Array(count).fill(7) };
const NINE_O_CLOCK = Date.UTC(2026, 10, 22, 1, 0, 0);

/** A calendar that a test sets; nothing else of the clock is asked. */
class Calendar implements Clock {
  nowMs = NINE_O_CLOCK;
  monotonicMs(): number {
    throw new Error('ids are made of calendar time');
  }
  wallMs(): number {
    return this.nowMs;
  }
  timer(): never {
    throw new Error('ids need no timer');
  }
}

function onSlice(first: number, last: number) {
  const clock = new Calendar();
  return { clock, ids: new MessageIds({ institutionCode: INSTITUTION, slice: { first, last }, clock, random }) };
}

describe('message ids', () => {
  test('are 30 characters: institution, Beijing time, sequence of the second half of the slice', () => {
    const { ids } = onSlice(200, 299);
    expect(ids.next()).toMatch(/^H9900010000120261122090000(?:02[5-9]\d)$/);
  });

  test('never repeat within one second, however many are asked for', () => {
    const { ids, clock } = onSlice(0, 9);
    const given = Array.from({ length: 100 }, () => ids.next());
    expect(new Set(given).size).toBe(100);
    // Five a second: the last id is twenty seconds ahead at most, far inside the platform's ten minutes.
    expect(given.at(-1)?.slice(12, 26)).toBe('20261122090019');
    clock.nowMs += 1_000;
    expect(given).not.toContain(ids.next());
  });

  test('never repeat when the clock jumps back, by a little, a lot, or again and again', () => {
    const { ids, clock } = onSlice(0, 9);
    const given: string[] = [];
    const jumps = [
      1_000, -2_000, 60_000, -59_000, 7_200_000, -7_199_000, -3_600_000, 3_600_000, -86_400_000, 86_401_000,
    ];
    for (let round = 0; round < 40; round += 1) {
      for (const jump of jumps) {
        for (let index = 0; index < 7; index += 1) given.push(ids.next());
        clock.nowMs += jump;
      }
    }
    expect(new Set(given).size).toBe(given.length);
  });

  test('follow the right time again after the clock was far ahead', () => {
    const { ids, clock } = onSlice(0, 99);
    clock.nowMs += 365 * 86_400_000;
    ids.next();
    clock.nowMs = NINE_O_CLOCK;
    expect(ids.next().slice(12, 26)).toBe('20261122090000');
  });

  test('are refused from the start when code or slice cannot make them', () => {
    expect(() => onSlice(0, 10_000)).toThrow(RangeError);
    expect(() => onSlice(5, 5)).toThrow(RangeError);
    const options = { institutionCode: 'H1', slice: { first: 0, last: 9 }, clock: new Calendar(), random };
    expect(() => new MessageIds(options)).toThrow('12 characters');
  });
});
