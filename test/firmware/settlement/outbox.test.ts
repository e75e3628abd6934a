/** The outbox on the disk: what is written with its cause stays until its receiver said so. The patient is invented. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { Store } from '../../../firmware/ports.ts';
import { JOURNAL_VERSION } from '../../../firmware/settlement/journal-schema.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { type Outbox, outboxOf } from '../../../firmware/settlement/outbox-port.ts';
import type { NewRow } from '../../../firmware/settlement/outbox-rows.ts';
import { inProcess, type Ledger } from '../../../firmware/settlement/settlement-ledger.ts';
import type { OwedUpload } from '../../../firmware/settlement/settlements.ts';
import { openWorkerLedger } from '../../../firmware/settlement/worker-ledger.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { kiosk, orderFor, sealingKey, seededRandom } from './bench-order.ts';
import { BEFORE_EDITION_4 } from './old-editions.ts';

let folder = '';
let file = '';
let clock = new ManualClock();
const opened: Ledger[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-outbox-'));
  file = join(folder, 'kiosk.db');
  clock = new ManualClock();
});

afterEach(() => {
  for (const ledger of opened.splice(0)) ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Outbox {
  const ledger = openLedger({ store: openSqliteStore(file), sealingKey, random: seededRandom(5), clock });
  opened.push(ledger);
  ledger.resume(kiosk);
  return outboxOf(inProcess(ledger));
}

function rows(sql = 'SELECT * FROM outbox ORDER BY id') {
  const database = new DatabaseSync(file);
  const found = database.prepare(sql).all();
  database.close();
  return found;
}

const list = (key: string, more: Partial<NewRow> = {}): NewRow => ({
  kind: 'settlementList',
  key,
  body: '{"number":"set_1"}',
  person: '{"name":"测试甲","certificateNumber":"990000199001010017"}',
  ...more,
});

/** Everything on the disk, as a thief would read it. */
function diskBytes(): string {
  return ['', '-wal'].map((end) => readFileSync(file + end).toString('latin1')).join('');
}

const owed: OwedUpload = {
  kind: 'settlementList',
  on: 'settled',
  facts: { departmentCode: 'A03' },
  person: new Secret('{"name":"测试甲","certificateNumber":"990000199001010017"}'),
};

test('what an order owes is a row of the end’s own transaction, and what ended otherwise owes nothing', async () => {
  const settled = new BenchKiosk(1, file);
  await settled.settlements.begin(orderFor(0, 'payThenSettle', { owed: [owed] }));
  await settled.untilEnded();
  const [row, ...more] = rows("SELECT key, body, sealed FROM outbox WHERE kind = 'settlementList'");
  expect(more).toEqual([]);
  expect(JSON.parse(String(row?.['body']))).toMatchObject({
    number: settled.numbers()[0],
    billId: 'bil_1',
    settlementId: expect.any(String),
    receiptNumber: 'R-1',
    departmentCode: 'A03',
    amounts: { totalFen: 30_000 },
  });
  expect(row?.['sealed']).toBeInstanceOf(Uint8Array);

  const refused = new BenchKiosk(2);
  refused.hospital.takeAtWindow();
  await refused.settlements.begin(orderFor(0, 'payThenSettle', { owed: [owed] }));
  await refused.untilEnded();
  const kinds = refused.database.prepare('SELECT kind FROM outbox').all();
  expect(kinds).toEqual([{ kind: 'settlementEnded' }]);
});

test('wherever the power is cut, what an order owes is written once when it is settled, and never otherwise', async () => {
  const ends: unknown[] = [];
  for (let cut = 0; cut < 30; cut += 1) {
    const bench = new BenchKiosk(cut + 1);
    bench.cuts.add(cut);
    await bench.settlements.begin(orderFor(0, 'settleThenPay', { owed: [owed] })).catch(() => undefined);
    await bench.untilEnded();
    const of = (kind: string) => bench.database.prepare('SELECT body FROM outbox WHERE kind = ?').all(kind);
    const end = of('settlementEnded').map(({ body }) => (JSON.parse(String(body)) as { end: string }).end);
    expect(end.length).toBe(bench.numbers().length);
    expect(of('settlementList')).toHaveLength(end.includes('settled') ? 1 : 0);
    ends.push(...end);
  }
  expect(new Set(ends)).toEqual(new Set(['settled', 'notSettled']));
});

test('[part of SZ-284a] a sealed row opens for its sender; nobody reads name or number on the disk', async () => {
  const outbox = open();
  await outbox.add([list('set_1 settlementList')]);
  const bytes = diskBytes();
  for (const secret of ['990000199001010017', Buffer.from('测试甲').toString('latin1')]) {
    expect(bytes).not.toContain(secret);
  }
  const [row] = await outbox.next('insurance', 10);
  expect(row?.person).toBe('{"name":"测试甲","certificateNumber":"990000199001010017"}');
});

test.each([
  ['its sealed part is another row’s', 'sealed = (SELECT sealed FROM outbox WHERE id = 2)'],
  ['its sealed part is gone', 'sealed = NULL'],
  ['one bit of its body is another', "body = replace(body, '1', '0')"],
  ['it has another key', "key = 'set_9 settlementList'"],
  ['it has another kind', "kind = 'traceCodes'"],
  ['it has another lane', "lane = 'hospital'"],
  ['its time is another', 'made_ms = made_ms + 1'],
  ['its code is gone', "code = x''"],
])(
  'a row that is not as it was written is sent to nobody, others go on, and staff are told: %s',
  async (_what, change) => {
    const outbox = open();
    await outbox.add([list('set_1 settlementList'), list('set_2 settlementList', { person: '{"name":"测试乙"}' })]);
    const database = new DatabaseSync(file);
    database.exec(`UPDATE outbox SET ${change} WHERE id = 1`);
    database.close();
    const sent = async () => [...(await outbox.next('insurance', 10)), ...(await outbox.next('hospital', 10))];
    for (let look = 0; look < 2; look += 1) {
      const keys = new Set((await sent()).map(({ key }) => key));
      expect(keys).toContain('set_2 settlementList');
      expect([...keys].filter((key) => key.startsWith('set_') && key !== 'set_2 settlementList')).toEqual([]);
    }
    const [task, ...more] = (await outbox.next('hospital', 10)).filter(({ kind }) => kind === 'staffTask');
    expect(more).toEqual([]);
    expect(JSON.parse(task?.body ?? '')).toMatchObject({ task: 'damagedUpload', row: 1 });
    const [held] = (await outbox.waiting(10)).filter(({ id }) => id === 1);
    expect(held).toMatchObject({ hold: 'person', lastError: 'damaged on the disk' });
    // Nobody lets it go as it is.
    expect(await outbox.amend(held?.key ?? '', undefined)).toBe(false);
    expect(await outbox.amend(held?.key ?? '', '{}')).toBe(false);
  },
);

test('what a settlement tells is found by its key, before it is handed out and long after', async () => {
  const bench = new BenchKiosk(1, file);
  await bench.settlements.begin(orderFor(0, 'payThenSettle', { owed: [owed] }));
  await bench.settlements.begin(orderFor(0, 'payThenSettle', { billId: 'bil_2', owed: [owed] }));
  await bench.untilEnded();
  const keys = rows('SELECT key FROM outbox ORDER BY id').map(({ key }) => String(key));
  expect(keys.length).toBeGreaterThan(3);
  const outbox = open();
  for (const key of keys) expect(await outbox.row(key)).toMatchObject({ key, acked: false });
  expect(await outbox.row(`${keys[0]} and more`)).toBeUndefined();
  await outbox.ack(keys.slice(1));
  expect((await outbox.waiting(99)).map(({ key }) => key)).toEqual(keys.slice(0, 1));
  for (const [place, key] of keys.entries()) expect((await outbox.row(key))?.acked).toBe(place > 0);
});

test.each([
  ['its lane’s mark', "UPDATE counter SET value = value + 64 WHERE name = 'sent insurance'", 'b'],
  ['its own lane', "UPDATE outbox SET lane = 'insurancd' WHERE id = 2", undefined],
])('a bit that turns in %s keeps no row back in silence for longer than an hour', async (_where, sql, sentAgain) => {
  const outbox = open();
  await outbox.add([list('a'), list('b')]);
  await outbox.ack(['a']);
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  expect(await outbox.next('insurance', 9)).toEqual([]);
  await outbox.tidy({ sealedBeforeMs: 0, rowsBeforeMs: 0 });
  expect((await outbox.next('insurance', 9))[0]?.key).toBe(sentAgain);
  const told = (await outbox.next('hospital', 9)).filter(({ body }) => body.includes('damagedUpload'));
  expect(told).toHaveLength(sentAgain === undefined ? 1 : 0);
});

test('a lane whose receiver stays away keeps all its rows while the others go on and on', async () => {
  const outbox = open();
  for (let round = 1; round <= 20; round += 1) {
    await outbox.add([list(`away ${round}`), { kind: 'settlementEnded', key: `taken ${round}`, body: '{}' }]);
    await outbox.ack([`taken ${round}`]);
    await clock.pass(1_000);
    await outbox.tidy({ sealedBeforeMs: clock.wallMs(), rowsBeforeMs: clock.wallMs() });
  }
  const wanted = Array.from({ length: 20 }, (_, place) => `away ${place + 1}`);
  expect((await outbox.next('insurance', 99)).map(({ key }) => key)).toEqual(wanted);
  await outbox.ack(wanted);
  await clock.pass(1_000);
  await outbox.tidy({ sealedBeforeMs: clock.wallMs(), rowsBeforeMs: clock.wallMs() });
  await outbox.add([list('after everything was deleted')]);
  expect(await outbox.next('insurance', 99)).toHaveLength(1);
});

test('rows leave in the order of their causes, lane by lane, until they are acknowledged', async () => {
  const outbox = open();
  await outbox.add([list('a'), { kind: 'settlementEnded', key: 'b', body: '{}' }, list('c'), list('d')]);
  const keys = async (limit: number) => (await outbox.next('insurance', limit)).map(({ key }) => key);
  expect(await keys(2)).toEqual(['a', 'c']);
  await outbox.ack(['a', 'nobody knows this one']);
  await outbox.ack(['a']);
  expect(await keys(9)).toEqual(['c', 'd']);
  expect((await outbox.next('hospital', 9)).map(({ key }) => key)).toEqual(['b']);
  expect(await outbox.row('a')).toMatchObject({ acked: true, attempts: 1 });
});

test('a key is written once, whoever adds it again', async () => {
  const outbox = open();
  await outbox.add([list('a')]);
  await outbox.ack(['a']);
  await outbox.add([list('a', { body: '{"other":1}' }), list('b')]);
  expect((await outbox.next('insurance', 9)).map(({ key }) => key)).toEqual(['b']);
  expect((await outbox.row('a'))?.body).toBe('{"number":"set_1"}');
});

test('[SZ-249] a list that a person must put right waits; put right it is sent with its first time', async () => {
  const outbox = open();
  await outbox.add([list('a'), list('b')]);
  const [before] = await outbox.waiting(9);
  await outbox.failed([{ key: 'a', reason: 'noDiagnosis', refused: true, hold: true }]);
  expect((await outbox.next('insurance', 9)).map(({ key }) => key)).toEqual(['b']);
  expect(await outbox.state()).toContainEqual(
    expect.objectContaining({ lane: 'insurance', waiting: 1, heldForPerson: 1, oldestMs: before?.madeMs }),
  );
  await clock.pass(3_600_000);
  expect(await outbox.amend('a', '{"diagnoses":["I10"]}')).toBe(true);
  const [fixed] = await outbox.next('insurance', 9);
  expect(fixed).toMatchObject({ key: 'a', madeMs: before?.madeMs, refusals: 0 });
  expect(JSON.parse(fixed?.person ?? '')).toMatchObject({ name: '测试甲', diagnoses: ['I10'] });
  await outbox.ack(['a']);
  expect(await outbox.amend('a', '{}')).toBe(false);
});

test('the span of a fault says how many rows it had, which came through, and proves it by their keys', async () => {
  const outbox = open();
  await outbox.add([list('a'), list('b'), { kind: 'settlementEnded', key: 'x', body: '{}' }, list('c'), list('d')]);
  await clock.pass(5_000);
  await outbox.ack(['a', 'b']);
  await outbox.failed([{ key: 'c', reason: 'no', refused: true, hold: true }]);
  const span = await outbox.span('insurance', 1, await outbox.head());
  expect(span).toMatchObject({ rows: 4, acked: 2, held: 1, waiting: 1 });
  expect((span.firstAckedMs ?? 0) - (span.firstMadeMs ?? 0)).toBe(5_000);
  expect(span.keysDigest).not.toBe((await outbox.span('insurance', 1, 1)).keysDigest);
});

test('only what was acknowledged long enough ago is shredded, and later deleted', async () => {
  const outbox = open();
  await outbox.add([list('old'), list('waiting')]);
  await outbox.ack(['old']);
  await clock.pass(1_000);
  await outbox.add([list('new')]);
  await outbox.ack(['new']);
  const before = clock.wallMs();
  expect(await outbox.tidy({ sealedBeforeMs: before - 500, rowsBeforeMs: 0 })).toEqual({ shredded: 1, deleted: 0 });
  expect(rows('SELECT key FROM outbox WHERE sealed IS NOT NULL ORDER BY key')).toEqual([
    { key: 'new' },
    { key: 'waiting' },
  ]);
  expect(await outbox.tidy({ sealedBeforeMs: before - 500, rowsBeforeMs: before - 500 })).toEqual({
    shredded: 0,
    deleted: 1,
  });
  expect(rows('SELECT key FROM outbox ORDER BY id')).toEqual([{ key: 'waiting' }, { key: 'new' }]);
});

test('the outbox in the worker thread answers the same, person and all', async () => {
  const ledger = openWorkerLedger({ path: file, sealingKey, random: seededRandom(3), clock });
  await ledger.resume(kiosk);
  const outbox = outboxOf(ledger);
  await outbox.add([list('a')]);
  expect((await outbox.next('insurance', 1))[0]?.person).toContain('测试甲');
  await outbox.ack(['a']);
  expect(await outbox.head()).toBe(1);
  await ledger.close();
});

/** `kiosk.db` as the second edition wrote it: its outbox had five columns. */
async function secondEdition(): Promise<string> {
  const ledger = openLedger({ store: openSqliteStore(file), sealingKey, random: seededRandom(5), clock });
  ledger.resume(kiosk);
  const { number } = ledger.begin(orderFor(4_000, 'payThenSettle')).status;
  ledger.close();
  const database = new DatabaseSync(file);
  database.exec(`
    ${BEFORE_EDITION_4}
    DROP TABLE outbox;
    CREATE TABLE outbox(
      id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL, acked INTEGER NOT NULL
    ) STRICT;
    INSERT INTO outbox(kind, key, body, acked) VALUES('settlementEnded', '${number} ended', '{"number":"${number}"}', 0);
    PRAGMA user_version = 2`);
  database.close();
  return number;
}

test('a journal of the second edition is brought up to date and loses no row of its outbox', async () => {
  const number = await secondEdition();
  const madeMs = clock.wallMs();
  await clock.pass(5_000);
  expect(await open().next('hospital', 9)).toEqual([
    expect.objectContaining({ key: `${number} ended`, madeMs, attempts: 0, person: undefined }),
  ]);
  expect(rows('PRAGMA user_version')).toEqual([{ user_version: JOURNAL_VERSION }]);
});

test('a migration that is cut off in the middle leaves the second edition as it was', async () => {
  await secondEdition();
  const store = openSqliteStore(file);
  const cut = {
    ...{ run: store.run.bind(store), get: store.get.bind(store), all: store.all.bind(store) },
    ...{ exec: store.exec.bind(store), close: store.close.bind(store) },
    transaction: (work: () => unknown) =>
      store.transaction(() => {
        work();
        throw new Error('cut');
      }),
  } as Store;
  expect(() => openLedger({ store: cut, sealingKey, random: seededRandom(5), clock })).toThrow('cut');
  expect(rows('PRAGMA user_version')).toEqual([{ user_version: 2 }]);
  expect(rows()).toEqual([expect.objectContaining({ acked: 0 })]);
  expect(Object.keys(rows()[0] ?? {})).toHaveLength(5);
  store.close();
});
