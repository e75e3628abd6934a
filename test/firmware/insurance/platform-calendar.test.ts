/** What of a gap between two calendars is sure, whatever the line did in between. */
import { describe, expect, test } from 'vitest';
import { PlatformCalendar } from '../../../firmware/insurance/platform-calendar.ts';
import { answered } from '../../support/answering-http.ts';
import { MSGID, platformThat } from './platform-bench.ts';

const START = Date.parse('2026-11-22T09:00:00+08:00');

/** A kiosk whose calendar is `aheadMs` ahead of a platform that is always right. */
function bench(aheadMs = 0) {
  const state = { monoMs: 1_000, aheadMs };
  const rightMs = (monoMs: number) => START + monoMs;
  const calendar = new PlatformCalendar({
    monotonicMs: () => state.monoMs,
    wallMs: () => rightMs(state.monoMs) + state.aheadMs,
    timer: () => () => undefined,
  });
  const stamp = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 23).replace(/\D/g, '');
  /** An exchange of so many ms there and back. */
  const exchange = (thereMs: number, backMs: number) => {
    const sentMs = state.monoMs;
    state.monoMs += thereMs + backMs;
    calendar.answered({ sentMs, heardMs: state.monoMs }, stamp(rightMs(sentMs + thereMs)));
  };
  return { calendar, state, exchange, stamp, rightMs };
}

describe('the gap', () => {
  test('is what cannot be the way: there and back are not told apart', () => {
    for (const [thereMs, backMs] of [
      [0, 30_000],
      [30_000, 0],
      [15_000, 15_000],
    ] as const) {
      const { calendar, exchange } = bench();
      exchange(thereMs, backMs);
      expect(calendar.gapMs).toBe(0);
    }
    const { calendar, exchange } = bench(40_000);
    exchange(15_000, 15_000);
    // Of the forty seconds at least twenty-five are the calendar's.
    expect(calendar.gapMs).toBeGreaterThanOrEqual(24_990);
    expect(calendar.gapMs).toBeLessThanOrEqual(40_000);
  });

  test('is never more than it is, for any line and any gap', () => {
    for (let aheadMs = -20_000; aheadMs <= 20_000; aheadMs += 1_700) {
      for (const ways of [
        [10, 10],
        [5_000, 1],
        [1, 5_000],
        [9_000, 9_000],
      ] as const) {
        const { calendar, exchange } = bench(aheadMs);
        const [thereMs, backMs] = ways;
        exchange(thereMs, backMs);
        exchange(3, 3);
        exchange(thereMs, backMs);
        expect(Math.abs(calendar.gapMs)).toBeLessThanOrEqual(Math.abs(aheadMs));
        // One quick exchange is enough to know it, and slow ones after it take nothing away.
        expect(Math.abs(Math.abs(calendar.gapMs) - Math.abs(aheadMs))).toBeLessThan(20);
      }
    }
  });

  test('shows at once when the calendar jumps, and is gone when it is set back', () => {
    const { calendar, exchange, state } = bench();
    exchange(20, 20);
    expect(calendar.wrong).toBe(false);
    state.aheadMs = 86_400_000;
    expect(calendar.wrong).toBe(true);
    expect(Math.abs(calendar.clock.wallMs() - (START + state.monoMs))).toBeLessThan(50);
    state.aheadMs = 0;
    expect(calendar.wrong).toBe(false);
    expect(calendar.clock.wallMs()).toBe(START + state.monoMs);
  });

  test('says who turned, once each way', () => {
    const { calendar, exchange, state } = bench();
    const told: boolean[] = [];
    calendar.onTurned((wrong) => told.push(wrong));
    exchange(5, 5);
    state.aheadMs = -6_000;
    exchange(5, 5);
    exchange(5, 5);
    state.aheadMs = 0;
    exchange(5, 5);
    expect(told).toEqual([true, false]);
  });

  test('follows a platform whose own calendar was set', () => {
    const { calendar, state, stamp, rightMs } = bench();
    calendar.answered({ sentMs: state.monoMs, heardMs: state.monoMs }, stamp(rightMs(state.monoMs)));
    calendar.answered({ sentMs: state.monoMs, heardMs: state.monoMs }, stamp(rightMs(state.monoMs) + 60_000));
    expect(calendar.gapMs).toBeCloseTo(-60_000, -1);
  });

  test('widens with the hours, as crystals part', () => {
    const { calendar, exchange, state } = bench(5_200);
    exchange(1, 1);
    expect(calendar.wrong).toBe(true);
    state.monoMs += 2 * 3_600_000;
    expect(calendar.wrong).toBe(false);
  });
});

describe('what a platform says', () => {
  test.each([undefined, '', 'soon', '2026112225', '20261322090000000', '202611220900000001'])(
    '%s says nothing',
    (said) => {
      const { calendar } = bench(10_000);
      calendar.answered({ sentMs: 0, heardMs: 1 }, said);
      expect(calendar.gapMs).toBe(0);
    },
  );

  test('a time to the second is known to the second', () => {
    const { calendar, state } = bench(5_500);
    const outing = { sentMs: state.monoMs, heardMs: state.monoMs };
    calendar.answered(outing, '2026-11-22 09:00:01');
    expect(calendar.gapMs).toBe(4_500);
    expect(calendar.wrong).toBe(false);
  });

  test('a gateway’s date counts until an envelope was heard', () => {
    const { calendar, state, exchange } = bench();
    const outing = { sentMs: state.monoMs, heardMs: state.monoMs };
    calendar.turnedAway(outing, 'no date');
    expect(calendar.wrong).toBe(false);
    calendar.turnedAway(outing, 'Sat, 21 Nov 2026 01:00:00 GMT');
    expect(calendar.wrong).toBe(true);
    exchange(5, 5);
    expect(calendar.wrong).toBe(false);
    calendar.turnedAway(outing, 'Sat, 21 Nov 2026 01:00:00 GMT');
    expect(calendar.wrong).toBe(false);
  });

  test('is read of every envelope, also of a refusal and of a broken one, and spoils none', async () => {
    const forms = [
      { infcode: 0, err_msg: null, output: {}, respond_time: '20261122090000000' },
      { infcode: '-1', err_msg: 'no', output: null, respond_time: '20261122090000000' },
      { infcode: 0, err_msg: null, output: 7, respond_time: 20261122090000000 },
    ];
    for (const form of forms) {
      const heard: (string | undefined)[] = [];
      const { platform } = platformThat(
        () => answered(form),
        {},
        (respondTime) => heard.push(respondTime),
      );
      await platform.institutionStanding();
      expect(heard.at(-1)).toBe('20261122090000000');
    }
    const { platform } = platformThat(() => answered({ infcode: '-1', err_msg: MSGID, respond_time: { odd: true } }));
    expect(await platform.institutionStanding()).toMatchObject({ outcome: 'refused' });
  });
});
