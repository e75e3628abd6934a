import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apdu } from '../../bin/bench/apdu.ts';
import { type BenchResult, type BenchRow, ratioRow, roundsOf } from '../../bin/bench/bench-row.ts';
import { cardToScreen } from '../../bin/bench/card-to-screen.ts';
import { feeList } from '../../bin/bench/fee-list-bench.ts';
import { settlement } from '../../bin/bench/settlement.ts';
import { start } from '../../bin/bench/start.ts';
import { walContent } from '../../bin/bench/wal-commits.ts';
import { command } from '../../bin/commands/bench.ts';
import { openSqliteStore } from '../../firmware/world/sqlite-store.ts';
import { quantile } from '../../hardware-sim/bench/quantile.ts';

/** A few rounds: whether it measures, not how fast it is. */
const A_LITTLE = 0.02;

function rowsOf(results: readonly BenchResult[]): readonly BenchRow[] {
  return results.filter((result): result is BenchRow => 'value' in result);
}

function whyEmpty(results: readonly BenchResult[]): string {
  return results.map((result) => ('skipped' in result ? result.skipped : '')).join(' ');
}

describe('a row', () => {
  const samples = { name: 'x', unit: 'ms', values: [3, 1, 2], floors: [4, 2], targetRatio: 0.7 } as const;

  test('is the median beside the median floor, and their ratio', () => {
    expect(ratioRow(samples)).toMatchObject({ value: 2, floor: 3, ratio: 2 / 3, target: 0.7, ok: true });
  });

  test('misses its target above it, not at it', () => {
    expect(ratioRow({ ...samples, targetRatio: 2 / 3 }).ok).toBe(true);
    expect(ratioRow({ ...samples, targetRatio: 0.66 }).ok).toBe(false);
    expect(ratioRow({ ...samples, targetRatio: null }).ok).toBe(true);
  });

  test('quantiles are values that were measured; the middle of two is their mean', () => {
    const values = [10, 30, 20, 40];
    expect([quantile(values, 0.5), quantile(values, 0.99), quantile(values, 0)]).toEqual([25, 40, 10]);
    expect(quantile([], 0.5)).toBeNaN();
  });

  test('a quick look never has fewer rounds than it needs', () => {
    expect([roundsOf(25, 1), roundsOf(25, 0.1, 2), roundsOf(25, 0.02, 2)]).toEqual([25, 3, 2]);
  });
});

describe('each bench gives figures with their floor', () => {
  test('the start of the production bundle ends with a kiosk that takes cards', async () => {
    const rows = rowsOf(await start.run(A_LITTLE));
    expect(rows.map(({ name, unit, target }) => [name, unit, target])).toEqual([
      ['start', 'ms', 2],
      ['start.screen', 'ms', null],
      ['memory', 'MB', 2],
    ]);
    for (const { value, floor } of rows) expect(value).toBeGreaterThan(floor ?? Number.NaN);
  }, 120_000);

  test('the fee list has 120 rows of exactly 48 cells in at most 6.4 kB', async () => {
    const rows = rowsOf(await feeList.run(A_LITTLE));
    expect(rows[0]).toMatchObject({ name: 'fee-list', unit: 'ms', target: 0.15, targetOf: 'value' });
    expect(rows[0]?.note).toContain('rows exactly 48 cells');
    expect(rows[1]).toMatchObject({ name: 'fee-list.bytes', unit: 'bytes', target: 6_400, ok: true });
    expect(rows.length).toBe(6);
  });

  test('the card reader is measured in both forms, the native library without a target', async (ctx) => {
    const results = await apdu.run(A_LITTLE);
    const rows = rowsOf(results);
    if (rows.length === 0) return ctx.skip(whyEmpty(results));
    expect(rows[0]).toMatchObject({ name: 'apdu.socketClient', unit: 'µs', target: 1.3 });
    for (const row of rows.slice(1)) expect(row).toMatchObject({ name: 'apdu.pcscliteInHost', target: null, ok: true });
  });

  test('a settlement of four effects has five commits, and every other figure its floor', async (ctx) => {
    const results = await settlement.run(A_LITTLE);
    const rows = rowsOf(results);
    if (!rows.some(({ name }) => name === 'settlement.step')) return ctx.skip(whyEmpty(results));
    expect(rows.map(({ name, unit, target }) => [name, unit, target])).toEqual([
      ['settlement.step', 'µs', 1.3],
      ['settlement.step.fsync', 'µs', null],
      ['settlement.commits', 'commits', 1],
      ['settlement.path', 'ms', 1.5],
      ['settlement.loop', 'ms', 2.5],
      ['settlement.cpu', 'µs', 82],
    ]);
    expect(rows.find(({ name }) => name === 'settlement.commits')).toMatchObject({ value: 5, floor: 5, ok: true });
    for (const { value, floor } of rows) expect([value > 0, (floor ?? 0) > 0]).toEqual([true, true]);
  }, 120_000);

  test('a card changes the page of a real browser', async (ctx) => {
    const results = await cardToScreen.run(A_LITTLE);
    const rows = rowsOf(results);
    if (rows.length === 0) return ctx.skip(whyEmpty(results));
    expect(rows).toMatchObject([{ name: 'card-to-screen', unit: 'ms', target: 1.3, targetOf: 'ratio' }]);
    expect(rows[0]?.value).toBeGreaterThan(0);
    expect(rows[0]?.p99).toBeGreaterThanOrEqual(rows[0]?.value ?? Number.NaN);
  }, 120_000);
});

test('commits are counted in the bytes of the log, and what an earlier round left is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-wal-'));
  const file = join(folder, 'a.db');
  const store = openSqliteStore(file);
  store.exec('CREATE TABLE t(a INTEGER) STRICT');
  const before = walContent(`${file}-wal`).commits;
  for (const value of [1, 2, 3]) store.transaction(() => store.run('INSERT INTO t VALUES(?)', value));
  expect(walContent(`${file}-wal`).commits - before).toBe(3);
  store.get('PRAGMA wal_checkpoint(RESTART)');
  store.transaction(() => store.run('INSERT INTO t VALUES(4)'));
  expect(walContent(`${file}-wal`)).toEqual({ frames: 1, commits: 1 });
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a bench that nobody knows is wrong use', async () => {
  await expect(command.run(['warp-drive'])).rejects.toThrow('"warp-drive" is no bench');
});
