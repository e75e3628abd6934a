/** The kiosk reconciles by itself, and a patient does not notice. */
import { expect, test } from 'vitest';
import { startNightShift } from '../../../firmware/reconciliation/night-shift.ts';
import { MoneyBench } from './money-bench.ts';

function onShift(bench: MoneyBench, busy = () => false) {
  const outcomes: string[] = [];
  const shift = startNightShift({
    reconciliation: bench.reconciliation,
    clock: bench.clock,
    busy,
    spreadMs: 60_000,
    onRan: (outcome) =>
      outcomes.push(outcome.ran ? `${outcome.today} ${outcome.days.map(({ state }) => state).join(' ')}` : 'no answer'),
    onThrew: (error) => outcomes.push(`threw ${String(error)}`),
  });
  return { outcomes, shift };
}

test('[part of Z-7.5] a day is compared after midnight and closed in the morning, without anybody', async () => {
  const bench = new MoneyBench();
  const day = bench.today;
  const { outcomes, shift } = onShift(bench);
  await bench.visit('zhang');
  await bench.until('01:00:00');
  expect(bench.view(day).state).toBe('centreAndHospital');
  await bench.until('11:00:00');
  expect(bench.view(day).state).toBe('closed');
  const runs = outcomes.length;
  await bench.until('23:00:00');
  expect(outcomes.length).toBe(runs);
  shift.stop();
  await bench.until('22:00:00');
  expect(outcomes.length).toBe(runs);
});

test('it waits while a patient is served, but not for ever', async () => {
  const bench = new MoneyBench();
  const day = bench.today;
  await bench.visit('zhang');
  await bench.until('00:10:00');
  let serving = true;
  const { shift } = onShift(bench, () => serving);
  await bench.until('01:00:00');
  expect(bench.reconciliation.view(day)).toBeUndefined();
  await bench.until('03:00:00');
  expect(bench.view(day).state).toBe('centreAndHospital');
  serving = false;
  shift.stop();
});

test('a settlement that runs beside the night’s comparison is not held up by it', async () => {
  const bench = new MoneyBench();
  for (const key of ['zhang', 'li', 'sun', 'wu']) await bench.visit(key);
  await bench.until('00:30:00');
  const began = bench.clock.monotonicMs();
  await bench.visit('rare');
  const aloneMs = bench.clock.monotonicMs() - began;
  const night = bench.reconciliation.runDue();
  const beganBeside = bench.clock.monotonicMs();
  const { view } = await bench.visit('rare');
  expect(view.state).toBe('settled');
  expect(bench.clock.monotonicMs() - beganBeside).toBeLessThanOrEqual(aloneMs);
  expect(await bench.run(night)).toMatchObject({ ran: true });
});
