/** The ledger in its worker thread: the same words through a message port. Real thread, real file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SettlementLedger } from '../../../firmware/settlement/settlement-ledger.ts';
import { openWorkerLedger } from '../../../firmware/settlement/worker-ledger.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { kiosk, orderFor, sealingKey, seededRandom } from './bench-order.ts';

let folder = '';
let path = '';
const opened: SettlementLedger[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-worker-'));
  path = join(folder, 'kiosk.db');
});

afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): SettlementLedger {
  const ledger = openWorkerLedger({ path, sealingKey, random: seededRandom(3), clock: new ManualClock() });
  opened.push(ledger);
  return ledger;
}

test('an order begun in the worker is on the disk and asks for the bill lock', async () => {
  const ledger = open();
  expect(await ledger.resume(kiosk)).toEqual([]);
  const step = await ledger.begin(orderFor(4_000, 'payThenSettle'));
  expect(step.action).toMatchObject({ do: 'call', call: { step: 'hospital.lock', attempt: 1 } });
  const reader = new DatabaseSync(path, { readOnly: true });
  expect(reader.prepare('SELECT step FROM journal ORDER BY seq').all()).toEqual([
    { step: 'order' },
    { step: 'hospital.lock' },
  ]);
  reader.close();
});

test('a second worker on the same file resumes with the person the order was for', async () => {
  const first = open();
  await first.resume(kiosk);
  await first.begin(orderFor(4_000, 'payThenSettle'));
  await first.close();
  const [resumed] = await open().resume(kiosk);
  expect(resumed?.order.question?.credential.name?.reveal()).toBe('测试甲');
  // The lock may have been taken before the end: it is given back, and nobody is there to go on with.
  expect(resumed?.step.action).toMatchObject({ do: 'call', call: { step: 'hospital.unlock' } });
});

test('refusals cross with their names', async () => {
  const ledger = open();
  await ledger.resume(kiosk);
  await ledger.begin(orderFor(4_000, 'payThenSettle'));
  await expect(ledger.begin(orderFor(4_000, 'payThenSettle'))).rejects.toMatchObject({ name: 'BillUnderWayError' });
  await expect(ledger.wake('set_unknown')).rejects.toMatchObject({ name: 'NotAllowedError' });
});

test('a journal that is damaged is refused through the port with the entry named', async () => {
  const first = open();
  await first.resume(kiosk);
  await first.begin(orderFor(4_000, 'payThenSettle'));
  await first.close();
  const database = new DatabaseSync(path);
  database.exec("UPDATE journal SET key = 'x' WHERE seq = 2");
  database.close();
  await expect(open().resume(kiosk)).rejects.toMatchObject({ name: 'JournalDamagedError', seq: 2 });
});

test('a worker that dies while nobody asks it anything is told at once', async () => {
  const ended: string[] = [];
  const clock = new ManualClock();
  // A program that falls over right after it started.
  const program = new URL('data:text/javascript,setTimeout(() => { throw new Error("gone"); }, 10)');
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const onEnded = (error: Error): void => {
    ended.push(error.name);
    tell();
  };
  const ledger = openWorkerLedger({ path, sealingKey, random: seededRandom(3), clock, program, onEnded });
  await told;
  await expect(ledger.open()).rejects.toThrow('stopped');
  expect(ended).toEqual(['LedgerStoppedError']);
});

test('a worker that is closed ends without a word', async () => {
  const ended: Error[] = [];
  const onEnded = (error: Error): number => ended.push(error);
  const ledger = openWorkerLedger({ path, sealingKey, random: seededRandom(3), clock: new ManualClock(), onEnded });
  await ledger.resume(kiosk);
  await ledger.close();
  expect(ended).toEqual([]);
});
