/** The five keys beside the headphone socket (4.8): one word a press, and none that nobody pressed. */
import { expect, onTestFinished, test } from 'vitest';
import { HEADSET_KEYS, type HeadsetKey } from '../../../drivers/cabinet/cabinet.ts';
import { type BenchOptions, onBench, pass, settle } from './cabinet-bench.ts';

async function atTheKeys(options: BenchOptions = {}) {
  const bench = await onBench(options);
  const pressed: HeadsetKey[] = [];
  onTestFinished(bench.cabinet.onKeyPressed((key) => pressed.push(key)));
  bench.heard.length = 0;
  return { ...bench, pressed };
}

test('each key is told by its name, once a press, old contacts or new', async () => {
  const { clock, twin, pressed, heard } = await atTheKeys({ chatterMs: 15 });
  for (const key of HEADSET_KEYS) {
    twin.pressKey(key, 120);
    await pass(clock, 500);
  }
  expect(pressed).toEqual(['previous', 'next', 'ok', 'back', 'repeat']);
  expect(heard, 'a key is no state of the cabinet').toEqual([]);
});

test('a key that is held is one press, and a spark is none', async () => {
  const { clock, twin, pressed } = await atTheKeys();
  twin.pressKey('ok', 10);
  await pass(clock, 500);
  expect(pressed).toEqual([]);
  twin.pressKey('ok');
  await pass(clock, 5_000);
  expect(pressed).toEqual(['ok']);
});

test('a board that comes back with a key held down confirms nothing', async () => {
  const { clock, twin, cabinet, pressed } = await atTheKeys();
  twin.unplug();
  await pass(clock, 500);
  twin.pressKey('ok');
  twin.plugIn();
  await pass(clock, 5_000);
  await settle(clock);
  expect(cabinet.state).toBe('online');
  expect(pressed).toEqual([]);
  twin.releaseKey('ok');
  await pass(clock, 500);
  twin.pressKey('next', 120);
  await pass(clock, 500);
  expect(pressed).toEqual(['next']);
});

test('the self-test can name the keys that the plan has', async () => {
  const { cabinet } = await atTheKeys();
  expect(cabinet.capabilities()['headsetKeys']).toBe('previous next ok back repeat');
});
