/** The soak in its short form: virtual days of two kiosks and a window on real SQLite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingCells, missingFlows } from '../../hardware-sim/proof/reached.ts';
import { combined, memoryFolder, shardsOf, soak } from '../../hardware-sim/proof/soak.ts';
import { runShard } from '../../hardware-sim/proof/soak-shard.ts';
import { STEPS, TROUBLES } from '../../hardware-sim/proof/trouble-table.ts';

function shard(seed: number, shard = 0) {
  const folder = mkdtempSync(join(memoryFolder(), 'yizhan-soak-test-'));
  try {
    return runShard({ seed, shard, days: 1, firstDay: 30, patientsADay: 80, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a virtual day with a month’s end, outages, crashes and full disks breaks no invariant', () => {
  const result = shard(3);
  expect(result.violations).toEqual([]);
  expect(result.settlements).toBeGreaterThan(40);
  expect(result.faults).toBeGreaterThan(5);
  expect(result.crashes).toBeGreaterThan(0);
});

test('the same seed writes the same journals to the byte, another seed writes others', () => {
  const [first, again, other] = [shard(5), shard(5), shard(6)];
  expect(again).toEqual(first);
  expect(other.hash).not.toBe(first.hash);
});

test('the number of threads changes nothing', async () => {
  const wish = { days: 4, seed: 2, patientsADay: 40 };
  const [one, two] = [await soak({ ...wish, threads: 1 }), await soak({ ...wish, threads: 2 })];
  expect(two).toEqual(one);
  expect(one.violations).toBe(0);
}, 60_000);

test('every trouble at every step must be reached in a year, or the year does not count', () => {
  const full = Object.fromEntries(TROUBLES.map((name) => [name, Object.fromEntries(STEPS.map((step) => [step, 30]))]));
  expect(missingCells(full)).toEqual([]);
  const holed = { ...full, doubled: { ...full['doubled'], 'ins.reverse': 29 } };
  expect(missingCells(holed)).toEqual(['doubled at ins.reverse: 29']);
  // A refused question has no meaning in the contracts, so nobody has to reach it.
  expect(missingCells({ ...full, refused: { ...full['refused'], 'pay.query': 0 } })).toEqual([]);
});

test('a kind of settlement with less than one in a hundred is missing', () => {
  expect(missingFlows(['outpatient', 'deposit'], { outpatient: 990, deposit: 10 })).toEqual([]);
  expect(missingFlows(['outpatient', 'deposit'], { outpatient: 991, deposit: 9 })).toEqual(['deposit: 9 of 1000']);
});

test('a year without its faults is a failure although no invariant broke', () => {
  const result = shard(3);
  expect(combined(30, [result]).violations).toBe(0);
  expect(combined(365, [result]).violations).toBeGreaterThan(100);
});

test('a year is cut into shards that together have all its days', () => {
  const shards = shardsOf(365, 1, '/nowhere');
  expect(shards.reduce((sum, { days }) => sum + days, 0)).toBe(365);
  expect(shards.at(-1)).toMatchObject({ firstDay: 365 - (shards.at(-1)?.days ?? 0) });
});
