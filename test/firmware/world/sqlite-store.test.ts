import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-store-'));
  file = join(folder, 'kiosk.db');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('every open is WAL with full synchronisation, the second and third like the first', () => {
  for (const time of [1, 2, 3]) {
    const store = openSqliteStore(file);
    expect([time, store.get('PRAGMA synchronous')]).toEqual([time, { synchronous: 2 }]);
    expect(store.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(store.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    expect(store.get('PRAGMA busy_timeout')).toEqual({ timeout: 5_000 });
    if (time === 1) store.exec('CREATE TABLE t(a INTEGER) STRICT');
    store.transaction(() => store.run('INSERT INTO t VALUES(?)', time));
    store.close();
  }
});

test('a transaction whose work throws leaves nothing behind and the store goes on', () => {
  const store = openSqliteStore(file);
  store.exec('CREATE TABLE t(a INTEGER) STRICT');
  const work = () => {
    store.run('INSERT INTO t VALUES(1)');
    throw new Error('changed my mind');
  };
  expect(() => store.transaction(work)).toThrow('changed my mind');
  expect(store.transaction(() => store.run('INSERT INTO t VALUES(2)').lastId)).toBe(1);
  expect(store.all('SELECT a FROM t')).toEqual([{ a: 2 }]);
  store.close();
});

test('a transaction inside a transaction is our own mistake', () => {
  const store = openSqliteStore(file);
  expect(() => store.transaction(() => store.transaction(() => 0))).toThrow('already open');
  store.close();
});

test('a file that is not a database is refused by name', () => {
  writeFileSync(file, 'not a database, but long enough to be taken for one '.repeat(200));
  expect(() => openSqliteStore(file)).toThrow(expect.objectContaining({ name: 'StoreUnsoundError' }));
});

test('a database with a broken page is refused by name', () => {
  const store = openSqliteStore(file);
  store.exec('CREATE TABLE t(a TEXT) STRICT; CREATE INDEX i ON t(a);');
  store.transaction(() => {
    for (let row = 0; row < 2_000; row += 1) store.run('INSERT INTO t VALUES(?)', `row ${row} ${'x'.repeat(50)}`);
  });
  store.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  store.close();
  const bytes = Buffer.alloc(4_096, 0x5a);
  const whole = readWithPage(bytes);
  writeFileSync(file, whole);
  expect(() => openSqliteStore(file)).toThrow(expect.objectContaining({ name: 'StoreUnsoundError' }));
});

function readWithPage(page: Buffer): Buffer {
  const whole = readFileSync(file);
  page.copy(whole, 4_096 * 5);
  return whole;
}
