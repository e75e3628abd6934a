/**
 * The tables of `kiosk.db` that belong to the money, by edition.
 *
 * A new file walks through every edition, so each step runs in every test. One promise: a step and its number are one
 * transaction; a journal is of one edition or the next, never between.
 */
import type { Store } from '../ports.ts';
import { JournalDamagedError, JournalForeignError, JournalTooNewError } from './ledger-errors.ts';
import { giveCodes } from './outbox-code.ts';
import type { Seal } from './seal.ts';

/** `steps[n]` leads from edition n to n + 1. */
const steps: readonly string[] = [
  `
CREATE TABLE journal(
  seq INTEGER PRIMARY KEY,
  saga TEXT NOT NULL, step TEXT NOT NULL, n INTEGER NOT NULL,
  phase TEXT NOT NULL CHECK(phase IN ('intent','outcome','note')),
  key TEXT, verdict TEXT, body TEXT NOT NULL,
  boot INTEGER NOT NULL, mono_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL, wall_ok INTEGER NOT NULL,
  prev BLOB NOT NULL, mac BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_intent ON journal(saga, step, n) WHERE phase = 'intent';
CREATE INDEX journal_saga ON journal(saga, seq);
CREATE TABLE saga(
  id TEXT PRIMARY KEY, bill TEXT NOT NULL, plan TEXT NOT NULL, state TEXT NOT NULL, ended INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_live ON saga(bill) WHERE ended = 0;
CREATE TABLE sealed(saga TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE outbox(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL, acked INTEGER NOT NULL
) STRICT;
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE message(id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`,
  // A step writes two pages, the newest of journal and of saga: a settlement's line knows its first and last entry, so
  // no index is needed to read it, and the end of the journal and of the calendar follow from rows. It was four pages.
  `
ALTER TABLE saga ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE saga ADD COLUMN last INTEGER NOT NULL DEFAULT 0;
UPDATE saga SET (first, last) = (SELECT min(seq), max(seq) FROM journal WHERE journal.saga = saga.id);
DROP INDEX one_intent;
DROP INDEX journal_saga;
DELETE FROM counter WHERE name IN ('journalHead', 'wallHigh');
`,
  // A row of the outbox has a lane, a sealed part, a time and its attempts. The time of an old one is that of its
  // settlement's last entry.
  `
ALTER TABLE outbox ADD COLUMN lane TEXT NOT NULL DEFAULT 'hospital';
ALTER TABLE outbox ADD COLUMN sealed BLOB;
ALTER TABLE outbox ADD COLUMN hold TEXT CHECK(hold IN ('person','content'));
ALTER TABLE outbox ADD COLUMN made_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN last_error TEXT;
ALTER TABLE outbox ADD COLUMN acked_ms INTEGER;
UPDATE outbox SET made_ms = coalesce(
  (SELECT wall_ms FROM saga JOIN journal ON seq = last WHERE saga.id = substr(outbox.key, 1, instr(outbox.key, ' ') - 1)),
  (SELECT max(wall_ms) FROM journal WHERE wall_ok = 1), 0);
CREATE INDEX outbox_open ON outbox(lane, id) WHERE acked = 0;
`,
  // Again fewer pages a step, for each costs a write in the log. A settlement's rows of the outbox are found by the
  // settlement's own line, and the open ones by a mark for each lane (`outbox-marks.ts`): no index but for the rows that
  // others add and for those that wait for a person. Order and claim of a settlement lie side by side, at twice the
  // number of its first entry and behind it. The place in the sequence of messages stands beside the last of them.
  // Every row of the outbox has a code of its own; old ones get theirs now.
  `
ALTER TABLE saga ADD COLUMN told_first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE saga ADD COLUMN told_last INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN place INTEGER NOT NULL DEFAULT -1;
UPDATE message SET place = coalesce((SELECT value FROM counter WHERE name = 'moneyMessage'), -1)
  WHERE id = (SELECT max(id) FROM message);
DELETE FROM counter WHERE name = 'moneyMessage';
CREATE TABLE sealed_4(id INTEGER PRIMARY KEY, saga TEXT NOT NULL, body BLOB NOT NULL) STRICT;
INSERT INTO sealed_4 SELECT 2 * first, sealed.saga, body FROM sealed JOIN saga ON saga.id = sealed.saga;
INSERT INTO sealed_4 SELECT 2 * first + 1, sealed.saga, body FROM sealed JOIN saga ON 'claim ' || saga.id = sealed.saga;
DROP TABLE sealed;
ALTER TABLE sealed_4 RENAME TO sealed;
CREATE TABLE outbox_4(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, lane TEXT NOT NULL, body TEXT NOT NULL, sealed BLOB,
  hold TEXT CHECK(hold IN ('person','content')), made_ms INTEGER NOT NULL, code BLOB NOT NULL,
  added INTEGER NOT NULL, acked INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
  refusals INTEGER NOT NULL DEFAULT 0, last_error TEXT, acked_ms INTEGER
) STRICT;
INSERT INTO outbox_4
  SELECT id, kind, key, lane, body, sealed, hold, made_ms, x'', 1, acked, attempts, refusals, last_error, acked_ms
  FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_4 RENAME TO outbox;
CREATE UNIQUE INDEX outbox_added ON outbox(key) WHERE added = 1;
CREATE INDEX outbox_held ON outbox(id) WHERE hold IS NOT NULL AND acked = 0;
`,
];

export const JOURNAL_VERSION = steps.length;

/** Tables of the kiosk's other rooms, which may be in the file before the journal is. */
const NEIGHBOURS = `name = 'audit' OR substr(name, 1, 6) IN ('recon_', 'sqlite')`;

/** Brings a file to the present edition. @throws JournalTooNewError, JournalForeignError, JournalDamagedError */
export function bringUpToDate(store: Store, seal: Seal): void {
  const version = Number(store.get('PRAGMA user_version')?.['user_version'] ?? 0);
  if (version > JOURNAL_VERSION) throw new JournalTooNewError(version, JOURNAL_VERSION);
  if (isForeign(store, version)) throw new JournalForeignError();
  if (version === JOURNAL_VERSION) return;
  if (version === 1) checkOldHead(store);
  store.transaction(() => {
    for (const step of steps.slice(version)) store.exec(step);
    giveCodes(store, seal);
    store.exec(`PRAGMA user_version = ${JOURNAL_VERSION}`);
  });
}

/** Every edition of ours has a journal; before the first there is nobody's table but a neighbour's. */
function isForeign(store: Store, version: number): boolean {
  if (version > 0) {
    return store.get(`SELECT 1 AS here FROM sqlite_schema WHERE type = 'table' AND name = 'journal'`) === undefined;
  }
  return store.get(`SELECT 1 AS here FROM sqlite_schema WHERE type = 'table' AND NOT (${NEIGHBOURS})`) !== undefined;
}

/** What the first edition would not have opened is not made to look sound. */
function checkOldHead(store: Store): void {
  const written = Number(store.get("SELECT value FROM counter WHERE name = 'journalHead'")?.['value'] ?? 0);
  const found = Number(store.get('SELECT max(seq) AS seq FROM journal')?.['seq'] ?? 0);
  if (written !== found) throw new JournalDamagedError(found + 1, 'entries at the end are missing');
}
