/** A journal that an earlier edition wrote, opened by this one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readClaimKey } from '../../../firmware/settlement/claim-key.ts';
import { JOURNAL_VERSION } from '../../../firmware/settlement/journal-schema.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import type { OutboxAsk } from '../../../firmware/settlement/outbox-port.ts';
import type { WaitingRow } from '../../../firmware/settlement/outbox-rows.ts';
import { Seal } from '../../../firmware/settlement/seal.ts';
import type { Ledger } from '../../../firmware/settlement/settlement-ledger.ts';
import { storyOf } from '../../../firmware/settlement/story/story.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { kiosk, orderFor, sealingKey, seededRandom } from './bench-order.ts';
import { BEFORE_EDITION_4, OUTBOX_OF_EDITION_3 } from './old-editions.ts';

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
      ${BEFORE_EDITION_4}
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

test('a journal of edition 3 keeps its orders, its claims, its uploads and the place of its last message', () => {
  const ledger = open();
  ledger.resume(kiosk);
  const { number } = ledger.begin(orderFor(0, 'payThenSettle')).status;
  const { action } = ledger.report(number, {
    ...{ step: 'hospital.lock', attempt: 1, finding: { verdict: 'ok', value: null } },
  });
  expect(action).toMatchObject({ do: 'call', call: { step: 'ins.settle' } });
  const messageId = action.do === 'call' && action.call.step === 'ins.settle' ? action.call.messageId : '';
  const list = { kind: 'settlementList', body: '{}', person: '{"name":"测试甲"}' } as const;
  const add = (key: string): OutboxAsk => ({ ask: 'add', args: [[{ ...list, key }]] });
  ledger.outbox(add('acked'));
  ledger.outbox(add('waits'));
  ledger.outbox({ ask: 'ack', args: [['acked']] });
  ledger.close();
  const before = sql((database) => database.prepare('SELECT id, key, body, sealed, acked FROM outbox').all());
  sql((database) => database.exec(`${BEFORE_EDITION_4} ${OUTBOX_OF_EDITION_3} PRAGMA user_version = 3;`));

  const next = open(6);
  expect(version()).toBe(JOURNAL_VERSION);
  expect(sql((database) => database.prepare('SELECT id, key, body, sealed, acked FROM outbox').all())).toEqual(before);
  const [resumed] = next.resume(kiosk);
  expect(resumed?.order.question?.credential.name?.reveal()).toBe('测试甲');
  const waiting = next.outbox({ ask: 'next', args: ['insurance', 9] }) as readonly WaitingRow[];
  expect(waiting.map(({ key, person }) => [key, person])).toEqual([['waits', '{"name":"测试甲"}']]);
  const mirrored = next.outbox({ ask: 'row', args: [`${number} intent ins.settle 1`] });
  expect(mirrored).toMatchObject({ acked: false });
  // The next message is not the first of its sequence again.
  const second = next.begin(orderFor(0, 'payThenSettle', { billId: 'bil_next' })).status.number;
  const step = next.report(second, {
    ...{ step: 'hospital.lock', attempt: 1, finding: { verdict: 'ok', value: null } },
  });
  expect(step.action).toMatchObject({ do: 'call', call: { step: 'ins.settle' } });
  const given = step.action.do === 'call' && step.action.call.step === 'ins.settle' ? step.action.call.messageId : '';
  expect(Number(given.slice(-4))).toBe(Number(messageId.slice(-4)) + 1);
  next.close();
  const store = openSqliteStore(file);
  expect(readClaimKey(store, new Seal(sealingKey), number)?.visitId).toBe('M-990000-1');
  store.close();
});
