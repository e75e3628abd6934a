/** After a boot the home screen opens, however long a party keeps a settlement waiting. */
import { expect, test } from 'vitest';
import type { Settlements } from '../../../firmware/settlement/settlements.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { paid } from './bench-steps.ts';
import type { Trouble } from './model-line.ts';

function openingOf(settlements: Settlements): { readonly is: boolean } {
  const opening = { is: false };
  const note = (): void => {
    opening.is = true;
  };
  settlements.recovered().then(note, note);
  return opening;
}

/** Cut off `afterMs` into a settlement that turns back, started again; what these calls meet then stays so. */
async function bootInto(troubles: Readonly<Record<string, Trouble>>, afterMs: number) {
  const bench = new BenchKiosk();
  bench.hospital.refuses = true;
  bench.line.away = (name) => troubles[name];
  await bench.settlements.begin(paid());
  await bench.clock.pass(afterMs);
  bench.cut();
  const after = bench.start();
  return { bench, after, opened: openingOf(after) };
}

test('a refund that is never answered does not keep the kiosk shut, although questions about it are', async () => {
  const { bench, after, opened } = await bootInto({ 'pay.refund': 'requestLost' }, 6_000);
  await bench.clock.pass(60_000);
  expect(opened.is).toBe(true);
  expect(await after.open()).toHaveLength(1);
  bench.line.away = () => undefined;
  await bench.untilEnded();
  expect(await bench.violations()).toEqual([]);
});

test('a 2208 that is never answered does not keep the kiosk shut, although 5203 is', async () => {
  const { bench, after, opened } = await bootInto({ 'ins.void': 'requestLost' }, 6_000);
  await bench.clock.pass(60_000);
  expect(opened.is).toBe(true);
  expect(await after.open()).toHaveLength(1);
  bench.line.away = () => undefined;
  await bench.untilEnded();
  expect(await bench.violations()).toEqual([]);
});

test('a call that nobody answers is repeated less and less often, whatever is asked in between', async () => {
  const { bench } = await bootInto({ 'pay.refund': 'requestLost' }, 6_000);
  const calls = () => bench.line.calls.filter((name) => name === 'pay.refund').length;
  await bench.clock.pass(300_000);
  const before = calls();
  await bench.clock.pass(600_000);
  expect(calls() - before).toBeLessThanOrEqual(11);
});

test('parties that take every call and never answer keep the kiosk shut for a minute at most', async () => {
  const bench = new BenchKiosk();
  const before: Readonly<Record<string, Trouble>> = { 'ins.settle': 'requestLate', 'ins.find': 'unreachable' };
  bench.line.away = (name) => before[name];
  await bench.settlements.begin(paid());
  await bench.clock.pass(4_500);
  bench.cut();
  const platform = bench.insurance.platform();
  bench.insurance.platform = () => ({ ...platform, findSettlement: () => new Promise(() => undefined) });
  const opened = openingOf(bench.start());
  await bench.clock.pass(59_000);
  expect(opened.is).toBe(false);
  await bench.clock.pass(2_000);
  expect(opened.is).toBe(true);
});
