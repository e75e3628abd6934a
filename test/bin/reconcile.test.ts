/** `yizhan reconcile` on a data folder that a kiosk has left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { UsageError } from '../../bin/command.ts';
import { command } from '../../bin/commands/reconcile.ts';
import { MoneyBench } from '../firmware/reconciliation/money-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'yizhan-reconcile-'));
let day = '';
let number = '';

beforeAll(async () => {
  const bench = new MoneyBench({ path: join(folder, 'kiosk.db') });
  day = bench.today;
  ({ number } = await bench.visit('zhang'));
  bench.parties.insurance.statements.turnDown(bench.claimOf(number), '违规，不予支付');
  await bench.until('09:00:00');
  await bench.nightly();
  bench.store.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Exit code, the JSON line and what a person reads. */
async function run(...words: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  try {
    const code = await command.run([...words, '--data', folder, '--json']);
    return { code, json: JSON.parse(out.join('')) as Record<string, unknown>, text: err.join('') };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

test('[part of N-32] a rejected claim is shown the next day with its cause, and the month refuses because of it', async () => {
  const shown = await run('show', day);
  expect(shown.code).toBe(1);
  expect(shown.text).toContain('the centre does not pay this claim (拒付)');
  expect(shown.text).toContain(`${number} total -557.40, fund -196.80, account -170.35 违规，不予支付`);
  const month = await run('month', day.slice(0, 7));
  expect(month).toMatchObject({ code: 1, json: { closed: false } });
  expect(month.text).toContain(`dif_${day.replaceAll('-', '')}_1 claimRejected (centre)`);
});

test('[part of Y4-2a] one person cannot close it, two can, and the amounts stay', async () => {
  const one = `dif_${day.replaceAll('-', '')}_1`;
  await expect(run('close', one, '--by', 'S-001', '--note', '已核对')).rejects.toThrow(UsageError);
  const note = ['--note', '经办机构复核中，次月清算'];
  const closed = await run('close', one, '--by', 'S-001', '--by', 'S-002', ...note);
  expect(closed).toMatchObject({
    code: 0,
    json: { state: 'closed', closedBy: ['S-001', 'S-002'], off: { fundFen: -19_680 } },
  });
});

test('wrong use is told: no date, no month, no site', async () => {
  await expect(run('show', '2026-13-01')).rejects.toThrow('is no date');
  await expect(run('month', '2026')).rejects.toThrow('is no date');
  await expect(run('day', day)).rejects.toThrow('--site');
  await expect(run('mend')).rejects.toThrow('Say "show"');
});
