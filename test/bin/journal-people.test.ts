/** `yizhan journal paid-out` and `close`: what people write into the journal of a kiosk that is off. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { command } from '../../bin/commands/journal.ts';
import { countedFen } from '../../firmware/settlement/cash-count.ts';
import { ownExpense } from '../../firmware/settlement/own-expense.ts';
import { openSqliteStore } from '../../firmware/world/sqlite-store.ts';
import { BenchKiosk } from '../firmware/settlement/bench-kiosk.ts';
import { sealingKey } from '../firmware/settlement/bench-order.ts';
import { paid } from '../firmware/settlement/bench-steps.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-journal-'));
  mkdirSync(join(folder, 'identity'));
  writeFileSync(join(folder, 'identity', 'device.key'), sealingKey);
});
afterEach(() => rmSync(folder, { recursive: true }));

const bench = (): BenchKiosk => new BenchKiosk(1, join(folder, 'kiosk.db'));

/** The JSON line, or the sentence of wrong use. */
async function run(...words: readonly string[]): Promise<Record<string, unknown> | string> {
  const out: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    await command.run([...words, '--data', folder, '--json']);
    return JSON.parse(out.join('')) as Record<string, unknown>;
  } catch (error) {
    return (error as Error).message;
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

async function owesCash(kiosk: BenchKiosk): Promise<string> {
  const order = { ...paid({ flow: 'deposit', collect: 'cash', payOrderLifeMs: 20_000 }), agreed: ownExpense(5_000) };
  const { number } = await kiosk.settlements.begin(order);
  await kiosk.clock.pass(1_000);
  kiosk.cash.escrowFen = 2_000;
  await kiosk.settlements.insertNote(number, 2_000, countedFen(kiosk.cash.counters()));
  await kiosk.clock.pass(30_000);
  return number;
}

test('cash is handed out once, no fen more, and the kiosk reads it when it starts again', async () => {
  const kiosk = bench();
  const number = await owesCash(kiosk);
  const typed = number.slice(4).toUpperCase();
  kiosk.database.close();
  const running = openSqliteStore(join(folder, 'kiosk.db'));
  expect(await run('paid-out', typed, '--fen', '500', '--by', 'S-01')).toContain('A kiosk has this data folder open');
  running.close();
  expect(await run('paid-out', typed, '--fen', '2001', '--by', 'S-01')).toContain('No more than what is owed');
  expect(await run('paid-out', typed, '--fen', '500', '--by', 'S-01')).toMatchObject({ number, owedFen: 1_500 });
  expect(await run('paid-out', typed, '--fen', '1500', '--by', 'S-02')).toMatchObject({ owedFen: 0 });
  expect(await run('paid-out', typed, '--fen', '1', '--by', 'S-02')).toContain('No more than what is owed');
  const again = bench();
  await again.clock.pass(1_000);
  expect(await again.settlements.money(number)).toMatchObject({ owedFen: 0, word: 'returned' });
  again.database.close();
});

test('a case is closed by two different people, and what else is open stays as it was', async () => {
  const kiosk = bench();
  kiosk.line.away = (name) => (name.startsWith('ins.') ? 'requestLost' : undefined);
  const order = paid();
  const { number } = await kiosk.settlements.begin({
    ...order,
    question: { ...order.question, insuredArea: '991200' },
  });
  await kiosk.clock.pass(60_000);
  kiosk.line.away = (name) => (name === 'ins.settle' ? 'requestLost' : undefined);
  await kiosk.untilEnded(600_000);
  kiosk.database.close();
  const close = (...by: readonly string[]) =>
    run(
      ...['close', number, '--claim', 'none', '--kept', '0', '--note', 'looked up at the centre'],
      ...by.flatMap((one) => ['--by', one]),
    );
  expect(await close('S-01')).toContain('two different people');
  expect(await close('S-01', 'S-01')).toContain('two different people');
  expect(await close('S-01', 'S-02')).toMatchObject({ number, view: { state: 'closedByPerson' } });
  expect(await close('S-01', 'S-02')).toContain('closed');
  const store = openSqliteStore(join(folder, 'kiosk.db'));
  // The hospital hears of it when the kiosk starts again.
  expect(store.all("SELECT key FROM outbox WHERE key LIKE '%caseClosed'")).toHaveLength(1);
  store.close();
  expect(
    await run('close', 'cuxmysf9h2jd', '--claim', 'none', '--kept', '0', '--note', 'x', '--by', 'a', '--by', 'b'),
  ).toContain('No settlement has this number');
});

test('"journal verify" walks the whole chain and names the entry that was changed', async () => {
  const kiosk = bench();
  await owesCash(kiosk);
  await kiosk.settlements.close();
  const sound = await run('verify');
  expect(sound).toMatchObject({ ok: true, headCode: expect.stringMatching(/^[0-9a-f]{16,}$/) });
  const store = openSqliteStore(join(folder, 'kiosk.db'));
  const place = Number(store.get('SELECT min(seq) AS seq FROM journal')?.['seq']);
  store.run("UPDATE journal SET body = replace(body, '5000', '6000') WHERE seq = ?", place);
  store.close();
  const changed = (await run('verify')) as { readonly ok: boolean; readonly firstBad: { readonly seq: number } };
  expect(changed.ok).toBe(false);
  expect(changed.firstBad.seq).toBeLessThanOrEqual(place + 2);
});
