/** Databases that are not what was written: each is refused by name, none is taken for a good one. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLedger } from '../../firmware/settlement/ledger.ts';
import { openSqliteStore } from '../../firmware/world/sqlite-store.ts';
import { SeededStream } from '../../hardware-sim/parties/seeded-stream.ts';
import { journalAtNoon } from '../../hardware-sim/proof/disk/journal-at-noon.ts';
import { kiosk, StepClock, sealingKey } from '../../hardware-sim/proof/disk/recorded-order.ts';
import { SeededRandom } from '../../hardware-sim/world/seeded-random.ts';

const NAMED = /^(StoreUnsoundError|JournalDamagedError|JournalTooNewError|JournalForeignError)$/;
const PAGE_BYTES = 4_096;
let folder = '';
let good: Uint8Array = new Uint8Array(0);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-damaged-'));
  good = await journalAtNoon(folder, 47);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that the ledger can say of a file, or the name of the error with which it refuses it. */
function told(bytes: Uint8Array, look: (path: string) => void = () => undefined): string {
  const path = join(folder, 'kiosk.db');
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true });
  writeFileSync(path, bytes);
  look(path);
  try {
    const store = openSqliteStore(path);
    try {
      const clock = new StepClock();
      const ledger = openLedger({ store, sealingKey, random: new SeededRandom(1, 'look'), clock });
      const resumed = ledger.resume(kiosk).map(({ step }) => step);
      const statuses = store.all('SELECT id FROM saga ORDER BY rowid').map(({ id }) => ledger.status(String(id)));
      const rows = store.all('SELECT id, bill, ended FROM saga ORDER BY rowid');
      const said = JSON.stringify([resumed, statuses, rows, ledger.verify()]);
      return createHash('sha256').update(said).digest('hex');
    } finally {
      store.close();
    }
  } catch (error) {
    return error instanceof Error ? error.name : 'something was thrown';
  }
}

/** Kind of each page of a database, as `table leaf`, `index internal` … */
function pageKinds(): ReadonlyMap<number, string> {
  const database = new DatabaseSync(join(folder, 'noon.db'), { readOnly: true });
  const rows = database.prepare('SELECT pageno, name, pagetype FROM dbstat').all();
  database.close();
  return new Map(rows.map(({ pageno, name, pagetype }) => [Number(pageno), `${name} ${pagetype}`]));
}

test('a flipped bit in any page is refused by name or changes nothing that the ledger says', () => {
  const chance = new SeededStream(7, 'flips');
  const before = told(good);
  const kinds = pageKinds();
  const refused = new Set<string>();
  for (let page = 1; page <= good.length / PAGE_BYTES; page += 1) {
    for (let flip = 0; flip < 16; flip += 1) {
      const at = (page - 1) * PAGE_BYTES + chance.below(PAGE_BYTES);
      const bytes = Uint8Array.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
      const after = told(bytes);
      if (NAMED.test(after)) refused.add(kinds.get(page) ?? 'free');
      else expect([page, at, kinds.get(page), after]).toEqual([page, at, kinds.get(page), before]);
    }
  }
  expect([...refused].some((kind) => kind.startsWith('journal leaf'))).toBe(true);
  expect([...refused].some((kind) => kind.startsWith('sqlite_schema'))).toBe(true);
});

test('every flipped bit of the text of an entry is refused by name', () => {
  const text = Buffer.from(good).indexOf('"phase":"intent"');
  expect(text).toBeGreaterThan(0);
  for (let at = text; at < text + 60; at += 1) {
    const bytes = Uint8Array.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ 0x04;
    expect([at, told(bytes)]).toEqual([at, 'JournalDamagedError']);
  }
});

test.each([0.25, 0.5, 0.9])('a file that ends after %f of itself is refused by name', (share) => {
  for (const odd of [0, 1, 511]) expect(told(good.subarray(0, Math.floor(good.length * share) + odd))).toMatch(NAMED);
});

test('a journal of a newer edition is refused by name and stays as it is', () => {
  const newer = (path: string): void => {
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
  };
  expect(told(good, newer)).toBe('JournalTooNewError');
  const database = new DatabaseSync(join(folder, 'kiosk.db'), { readOnly: true });
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
  database.close();
});

test.each([0, 1, 7])('the database of another program with user_version %i is refused by name', (version) => {
  const foreign = (path: string): void => {
    rmSync(path);
    const database = new DatabaseSync(path);
    database.exec(`CREATE TABLE people(name TEXT); INSERT INTO people VALUES('x'); PRAGMA user_version = ${version}`);
    database.close();
  };
  expect(told(good, foreign)).toMatch(version === 7 ? NAMED : /^JournalForeignError$/);
});

test('a file that is no database is refused by name', () => {
  expect(told(new Uint8Array(9_000).fill(0x41))).toBe('StoreUnsoundError');
});

test('another machine’s key opens no entry', () => {
  const store = openSqliteStore(join(folder, 'noon.db'));
  const clock = new StepClock();
  const open = () =>
    openLedger({ store, sealingKey: new Uint8Array(32).fill(8), random: new SeededRandom(1, 'x'), clock });
  expect(open).toThrow(expect.objectContaining({ name: 'JournalDamagedError' }));
  store.close();
});
