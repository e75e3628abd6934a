import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../../firmware/ports.ts';
import { createSettlements } from '../../../firmware/settlement/desk.ts';
import { JOURNAL_VERSION } from '../../../firmware/settlement/journal-schema.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { JournalDamagedError } from '../../../firmware/settlement/ledger-errors.ts';
import { inProcess, type Ledger } from '../../../firmware/settlement/settlement-ledger.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { kiosk, orderFor, sealingKey, seededRandom } from './bench-order.ts';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-journal-'));
  file = join(folder, 'kiosk.db');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(store: Store = openSqliteStore(file)): Ledger {
  return openLedger({ store, sealingKey, random: seededRandom(5), clock: new ManualClock() });
}

/** One order begun and left open. */
function withOneOrder(): void {
  const ledger = open();
  ledger.resume(kiosk);
  ledger.begin(orderFor(4_000, 'payThenSettle'));
  ledger.close();
}

function tamper(sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

test('the chain of an untouched journal holds', () => {
  withOneOrder();
  const ledger = open();
  expect(ledger.verify().entries).toBe(2);
  ledger.close();
});

test.each([
  'UPDATE journal SET wall_ms = wall_ms + 1 WHERE seq = 2',
  "UPDATE journal SET key = 'x' WHERE seq = 2",
  "UPDATE journal SET body = replace(body, '4000', '4001') WHERE seq = 1",
  'UPDATE journal SET mac = zeroblob(32) WHERE seq = 1',
  'UPDATE journal SET prev = randomblob(32) WHERE seq = 2',
  "UPDATE journal SET prev = x'', mac = x'' WHERE seq = 2",
  'DELETE FROM journal WHERE seq = 1',
  'DELETE FROM journal WHERE seq = 2',
  'UPDATE saga SET last = 1',
  'DELETE FROM saga',
])('a journal that was changed is not opened: %s', (sql) => {
  withOneOrder();
  tamper(sql);
  expect(() => open()).toThrow(JournalDamagedError);
});

test('the error names the first bad entry', () => {
  withOneOrder();
  tamper('DELETE FROM journal WHERE seq = 1');
  expect(() => open()).toThrow('entry 1: an entry is missing');
});

test('an opening looks at every entry that none has looked at; the whole walk finds what was changed long ago', () => {
  const first = open();
  first.resume(kiosk);
  for (let bill = 1; bill <= 50; bill += 1) first.begin(orderFor(4_000, 'payThenSettle', { billId: `bil_${bill}` }));
  first.close();
  const change = (entry: number, how: string) =>
    tamper(`UPDATE journal SET wall_ms = wall_ms ${how} 1 WHERE seq = ${entry}`);
  change(3, '+');
  expect(() => open()).toThrow('entry 4');
  change(3, '-');
  open().close();
  change(3, '+');
  const second = open();
  expect(() => second.verify()).toThrow('entry 4');
  second.close();
  change(99, '+');
  expect(() => open()).toThrow('entry 100');
});

test('a journal of a newer edition is refused by name and left as it is', () => {
  withOneOrder();
  tamper(`PRAGMA user_version = ${JOURNAL_VERSION + 1}`);
  expect(() => open()).toThrow(expect.objectContaining({ name: 'JournalTooNewError' }));
});

test('a journal is not opened with another device key', () => {
  withOneOrder();
  const store = openSqliteStore(file);
  const other = { store, sealingKey: new Uint8Array(32).fill(8), random: seededRandom(5), clock: new ManualClock() };
  expect(() => openLedger(other)).toThrow(JournalDamagedError);
});

test('a sealed body with one changed bit does not open', () => {
  withOneOrder();
  tamper("UPDATE sealed SET body = CAST(substr(body, 1, 20) || x'5a5a5a' || substr(body, 24) AS BLOB)");
  expect(() => open().resume(kiosk)).toThrow('a sealed order does not open');
});

test('no credential, name or number of the patient can be read in the files of a running settlement', async () => {
  withOneOrder();
  const ledger = open();
  const [resumed] = ledger.resume(kiosk);
  const bytes = ['', '-wal'].map((end) => readFileSync(file + end).toString('latin1')).join('');
  const utf8 = Buffer.from('测试甲').toString('latin1');
  for (const secret of ['990000199001010017', 'PSN99000000000000001', 'M-990000-1', utf8]) {
    expect(bytes).not.toContain(secret);
  }
  // And yet the settlement can go on with them after a boot.
  expect(resumed?.order.question?.credential.number.reveal()).toBe('990000199001010017');
  ledger.close();
});

test('the sealed order is gone when its settlement has ended', async () => {
  const bench = new BenchKiosk();
  await bench.settlements.begin(orderFor(0, 'payThenSettle'));
  const rows = bench.database.prepare("SELECT count(*) AS n FROM sealed WHERE saga NOT LIKE 'claim %'");
  expect(rows.get()?.['n']).toBe(1);
  await bench.untilEnded();
  expect(rows.get()?.['n']).toBe(0);
});

test('I10: the same seed and the same hands write the same journal to the byte', async () => {
  const run = async (seed: number): Promise<string> => {
    const bench = new BenchKiosk(seed);
    bench.line.script.set(3, 'answerLost');
    await bench.settlements.begin(orderFor(4_000, 'payThenSettle'));
    await bench.untilEnded();
    return JSON.stringify(bench.database.prepare('SELECT * FROM journal').all(), (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    );
  };
  const first = await run(11);
  expect(await run(11)).toBe(first);
  expect(await run(12)).not.toBe(first);
});

test.each([
  ['nothing to pay: lock, 2207, confirmation', 0, 'payThenSettle', 3],
  ['lock, order, 2207, confirmation', 4_000, 'payThenSettle', 4],
  ['lock, 2207, order, confirmation', 4_000, 'settleThenPay', 4],
] as const)('N effects cost N+1 commits: %s', async (_name, own, plan, effects) => {
  const bench = new BenchKiosk();
  const before = bench.points.filter((at) => at === 'afterCommit').length;
  await bench.settlements.begin(orderFor(own, plan));
  await bench.untilEnded();
  const commits = bench.points.filter((at) => at === 'afterCommit').length - before;
  expect(commits).toBe(effects + 1);
  const intents = bench.database.prepare("SELECT count(*) AS n FROM journal WHERE phase = 'intent'").get();
  expect(intents?.['n']).toBe(effects);
});

test('an order that was opened is asked after and closed when the power goes before its answer is written', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  const { number } = await bench.settlements.begin(orderFor(4_000, 'payThenSettle'));
  await bench.clock.pass(1_000);
  expect((await bench.settlements.status(number))?.view.state).toBe('awaitingPayment');
  const answers = bench.database.prepare("SELECT 1 FROM journal WHERE step = 'pay.create' AND phase = 'outcome'");
  expect(answers.all()).toEqual([]);
  bench.cut();
  bench.start();
  await bench.untilEnded();
  expect(bench.line.calls).toEqual(expect.arrayContaining(['pay.create', 'pay.query', 'pay.close', 'hospital.unlock']));
  expect((await bench.settlements.status(number))?.view).toMatchObject({ state: 'notSettled', refund: 'nothingTaken' });
  expect(await bench.violations()).toEqual([]);
});

test('the end is told to the outbox once, in amounts and numbers only', async () => {
  const bench = new BenchKiosk();
  await bench.settlements.begin(orderFor(4_000, 'payThenSettle'));
  await bench.untilEnded();
  const rows = bench.database.prepare("SELECT body FROM outbox WHERE kind = 'settlementEnded'").all();
  expect(rows).toHaveLength(1);
  expect(JSON.parse(String(rows[0]?.['body']))).toMatchObject({ end: 'settled', amounts: { ownFen: 4_000 } });
});

test('a transaction that throws stops the ledger, and a new process reads what is really there', async () => {
  const real = openSqliteStore(file);
  let commits = 0;
  const failing: Store = {
    exec: (sql) => real.exec(sql),
    run: (sql, ...parameters) => real.run(sql, ...parameters),
    get: (sql, ...parameters) => real.get(sql, ...parameters),
    all: (sql, ...parameters) => real.all(sql, ...parameters),
    close: () => real.close(),
    transaction: (work) => {
      commits += 1;
      const result = real.transaction(work);
      // The rows are there, but the commit said no: as a failed flush of the disk does.
      if (commits === 4) throw new Error('disk I/O error');
      return result;
    },
  };
  const model = new BenchKiosk();
  const clock = new ManualClock();
  const stopped: Error[] = [];
  const broken = openLedger({ store: failing, sealingKey, random: seededRandom(5), clock });
  const settlements = createSettlements({
    ledger: inProcess(broken),
    insurance: model.insurance.platform(),
    hospital: model.hospital.gateway(),
    payment: model.payment.gateway(),
    clock,
    kiosk,
    onStopped: (error) => stopped.push(error),
  });
  model.line.arrived = () => undefined;
  const { number } = await settlements.begin(orderFor(0, 'payThenSettle'));
  await clock.pass(60_000);
  expect(stopped.map(({ name }) => name)).toEqual(['LedgerStoppedError']);
  await expect(settlements.begin(orderFor(0, 'payThenSettle', { billId: 'bil_2' }))).rejects.toThrow('stopped');
  expect(() => broken.open()).toThrow('stopped');
  // Its 2207 was never sent: the intent was not known to be durable.
  expect(model.line.calls).toEqual(['hospital.lock']);

  const ledger = open(openSqliteStore(file));
  const [resumed] = ledger.resume(kiosk);
  expect(resumed?.step.status.number).toBe(number);
  expect(resumed?.step.action).toMatchObject({ do: 'call', call: { step: 'ins.find' } });
  ledger.close();
  real.close();
});
