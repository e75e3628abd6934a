/**
 * The journal's tables, and how a file of an earlier edition becomes one of this.
 *
 * One promise: a file has one edition's tables or the next one's, never a mixture.
 * A step writes two pages: the newest of `journal` and the newest of `saga`.
 * What could be looked up in an index of its own is found through `saga` instead.
 */
import type { Store } from '../ports.ts';
import { JournalDamagedError, JournalTooNewError } from './ledger-errors.ts';

/** 2: `saga` knows its first and last entry; before that each step also wrote two indexes and two counters. */
export const JOURNAL_VERSION = 2;

const SCHEMA = `
CREATE TABLE journal(
  seq INTEGER PRIMARY KEY,
  saga TEXT NOT NULL, step TEXT NOT NULL, n INTEGER NOT NULL,
  phase TEXT NOT NULL CHECK(phase IN ('intent','outcome','note')),
  key TEXT, verdict TEXT, body TEXT NOT NULL,
  boot INTEGER NOT NULL, mono_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL, wall_ok INTEGER NOT NULL,
  prev BLOB NOT NULL, mac BLOB NOT NULL
) STRICT;
CREATE TABLE saga(
  id TEXT PRIMARY KEY, bill TEXT NOT NULL, plan TEXT NOT NULL, state TEXT NOT NULL, ended INTEGER NOT NULL,
  first INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX one_live ON saga(bill) WHERE ended = 0;
CREATE TABLE sealed(saga TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE outbox(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL, acked INTEGER NOT NULL
) STRICT;
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE message(id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${JOURNAL_VERSION};
`;

const FROM_1 = `
ALTER TABLE saga ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE saga ADD COLUMN last INTEGER NOT NULL DEFAULT 0;
UPDATE saga SET (first, last) = (SELECT min(seq), max(seq) FROM journal WHERE journal.saga = saga.id);
DROP INDEX one_intent;
DROP INDEX journal_saga;
DELETE FROM counter WHERE name IN ('journalHead', 'wallHigh');
PRAGMA user_version = 2;
`;

/** Makes the tables, or brings them up to this edition. @throws JournalTooNewError, JournalDamagedError */
export function prepareJournal(store: Store): void {
  const version = Number(store.get('PRAGMA user_version')?.['user_version'] ?? 0);
  if (version > JOURNAL_VERSION) throw new JournalTooNewError(version, JOURNAL_VERSION);
  if (version === 0) store.transaction(() => store.exec(SCHEMA));
  if (version === 1) {
    // What the old edition would not have opened is not made to look sound.
    const written = Number(store.get("SELECT value FROM counter WHERE name = 'journalHead'")?.['value'] ?? 0);
    const found = Number(store.get('SELECT max(seq) AS seq FROM journal')?.['seq'] ?? 0);
    if (written !== found) throw new JournalDamagedError(found + 1, 'entries at the end are missing');
    store.transaction(() => store.exec(FROM_1));
  }
}
