/** Nothing that watches a settlement can take the money down. */
import { expect, test } from 'vitest';
import { BenchKiosk } from './bench-kiosk.ts';
import { paid } from './bench-steps.ts';

test('a screen that throws at a change stops neither the settlement nor the other screens', async () => {
  const bench = new BenchKiosk();
  const { number } = await bench.settlements.begin(paid());
  let calls = 0;
  bench.settlements.watch(number, () => {
    calls += 1;
    throw new Error('a screen fell over');
  });
  bench.watch(number);
  await bench.untilEnded();
  expect(calls).toBeGreaterThan(1);
  expect(bench.shown.at(-1)?.view.state).toBe('settled');
  expect(await bench.violations()).toEqual([]);
});
