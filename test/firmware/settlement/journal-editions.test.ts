/** A journal that an earlier edition wrote, opened by this one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JOURNAL_VERSION } from '../../../firmware/settlement/journal-schema.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import type { Ledger } from '../../../firmware/settlement/settlement-ledger.ts';
import { storyOf } from '../../../firmware/settlement/story/story.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { kiosk, orderFor, sealingKey, seededRandom } from './bench-order.ts';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-editions-'));
  file = join(folder, 'kiosk.db');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(seed = 5): Ledger {
  return openLedger({ store: openSqliteStore(file), sealingKey, random: seededRandom(seed), clock: new ManualClock() });
}

function sql<Result>(work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const version = (): unknown => sql((database) => database.prepare('PRAGMA user_version').get()?.['user_version']);
const rows = (): unknown => sql((database) => database.prepare('SELECT * FROM journal').all());

/** One settlement that ended and one in the middle, as edition 1 kept them. */
function asEdition1(): { readonly ended: string; readonly live: string } {
  const ledger = open();
  ledger.resume(kiosk);
  const ended = ledger.begin(orderFor(4_000, 'payThenSettle', { billId: 'bil_ended' })).status.number;
  const refused = { verdict: 'fail', reason: 'alreadySettled', detail: '' } as const;
  ledger.report(ended, { step: 'hospital.lock', attempt: 1, finding: refused });
  const live = ledger.begin(orderFor(4_000, 'payThenSettle')).status.number;
  ledger.report(live, { step: 'hospital.lock', attempt: 1, finding: { verdict: 'ok', value: null } });
  ledger.close();
  sql((database) =>
    database.exec(`
      CREATE UNIQUE INDEX one_intent ON journal(saga, step, n) WHERE phase = 'intent';
      CREATE INDEX journal_saga ON journal(saga, seq);
      INSERT INTO counter SELECT 'journalHead', max(seq) FROM journal;
      INSERT INTO counter SELECT 'wallHigh', max(wall_ms) FROM journal;
      DROP INDEX outbox_open;
      DROP TABLE outbox;
      CREATE TABLE outbox(
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL, acked INTEGER NOT NULL
      ) STRICT;
      ALTER TABLE saga DROP COLUMN first;
      ALTER TABLE saga DROP COLUMN last;
      PRAGMA user_version = 1;`),
  );
  return { ended, live };
}

test('a journal of edition 1 keeps every entry and goes on with what was open', () => {
  const { ended, live } = asEdition1();
  const before = rows();
  const ledger = open(6);
  expect(rows()).toEqual(before);
  expect(version()).toBe(JOURNAL_VERSION);
  const [resumed] = ledger.resume(kiosk);
  expect(resumed?.step.status.number).toBe(live);
  expect(resumed?.order.question?.credential.name?.reveal()).toBe('测试甲');
  expect(ledger.status(ended)?.view.state).toBe('notSettled');
  ledger.verify();
  ledger.close();
  const store = openSqliteStore(file);
  expect(storyOf(store, sealingKey, ended, 'en')?.lines).toHaveLength(3);
  store.close();
});

test('the next edition-2 open is like any other', () => {
  asEdition1();
  open().close();
  const ledger = open();
  expect(ledger.resume(kiosk)).toHaveLength(1);
  ledger.close();
});

test('a journal of edition 1 whose end is missing is refused and stays as it is', () => {
  asEdition1();
  sql((database) => database.exec('DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)'));
  expect(() => open()).toThrow('entries at the end are missing');
  expect(version()).toBe(1);
});

test('a change of edition that fails half-way leaves edition 1', () => {
  asEdition1();
  // The last but one statement of the change then throws.
  sql((database) => database.exec('DROP INDEX journal_saga'));
  expect(() => open()).toThrow('stopped');
  expect(version()).toBe(1);
  const columns = sql((database) => database.prepare('SELECT * FROM saga LIMIT 1').get());
  expect(columns).not.toHaveProperty('first');
});
