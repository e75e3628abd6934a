/**
 * 24 virtual hours of every device: used every minute or two, in trouble every few minutes, mended again.
 *
 * Every use settles with a word; after a trouble each comes back by itself; at the end nothing has gathered: no timer,
 * no listener, no memory.
 */
import { expect, test } from 'vitest';
import { SeededStream } from '../../../hardware-sim/parties/seeded-stream.ts';
import { collectGarbage } from '../../support/collect-garbage.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { cabinetDevices } from './cabinet-devices.ts';
import { cameraDevices } from './camera-devices.ts';
import { frontDevices } from './front-devices.ts';
import { hallDevices } from './hall-devices.ts';
import { idcardDevices } from './idcard-devices.ts';
import type { MakeSoaked, SoakedDevice } from './soaked-device.ts';
import { staffDevices } from './staff-devices.ts';
import { tellerDevices } from './teller-devices.ts';

const HOUR_MS = 3_600_000;
/** Longer than any use, any retry and any rebuilding of a device. */
const CALM_MS = 5 * 60_000;
/** What a day may leave behind: lazily compiled code and caches with a bound of their own, bytes. */
const MOST_GROWTH = 4_000_000;
const all: Readonly<Record<string, MakeSoaked>> = {
  ...frontDevices,
  ...idcardDevices,
  ...staffDevices,
  ...cabinetDevices,
  ...cameraDevices,
  ...tellerDevices,
  ...hallDevices,
};

/** Uses and troubles until `untilMs`; → words of the uses. */
async function live(clock: ManualClock, stream: SeededStream, soaked: SoakedDevice, untilMs: number) {
  const words = new Map<string, number>();
  const troubles = Object.entries(soaked.trouble);
  let nextUseMs = clock.monotonicMs();
  let nextTroubleMs = nextUseMs + 120_000;
  let mendsAtMs = Number.POSITIVE_INFINITY;
  let using = 0;
  while (clock.monotonicMs() < untilMs) {
    await clock.pass(Math.max(1, Math.min(nextUseMs, nextTroubleMs, mendsAtMs, untilMs) - clock.monotonicMs()));
    const nowMs = clock.monotonicMs();
    if (nowMs >= mendsAtMs) {
      soaked.mend();
      mendsAtMs = Number.POSITIVE_INFINITY;
    }
    if (nowMs >= nextTroubleMs) {
      troubles[stream.below(troubles.length)]?.[1]();
      mendsAtMs = nowMs + 5_000 + stream.below(90_000);
      nextTroubleMs = mendsAtMs + 60_000 + stream.below(300_000);
    }
    if (nowMs >= nextUseMs && using === 0) {
      using += 1;
      void soaked.use().then((told) => {
        words.set(told, (words.get(told) ?? 0) + 1);
        using -= 1;
      });
      // Some troubles come in the middle of a use.
      if (stream.below(6) === 0) nextTroubleMs = Math.min(nextTroubleMs, nowMs + stream.below(400));
      nextUseMs = nowMs + 60_000 + stream.below(60_000);
    }
  }
  soaked.mend();
  await clock.pass(CALM_MS);
  expect(using).toBe(0);
  return words;
}

test.each(Object.entries(all))(
  'a day of the %s with a trouble every few minutes: every use settles, it comes back by itself, nothing gathers',
  async (name, make) => {
    const clock = new ManualClock();
    const stream = new SeededStream(1, `day/${name}`);
    const soaked = make(clock, stream);
    await live(clock, stream, soaked, 4 * HOUR_MS);
    const timers = clock.waiting;
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const words = await live(clock, stream, soaked, 24 * HOUR_MS);
    collectGarbage();
    expect(soaked.device.state).toBe('online');
    expect(clock.waiting).toBeLessThanOrEqual(timers + 2);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_GROWTH);
    // Most of a day is good, and trouble was really had.
    const uses = [...words.values()].reduce((sum, count) => sum + count, 0);
    expect(words.get('done') ?? 0).toBeGreaterThan(uses / 2);
    expect(words.size).toBeGreaterThan(1);
    await soaked.device.close();
    await clock.pass(CALM_MS);
  },
  300_000,
);
