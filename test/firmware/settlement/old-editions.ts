/** SQL that makes a file of today look as earlier editions of the journal wrote it. */

/** All tables but the outbox as the third edition had them; the outbox is the caller's. */
export const BEFORE_EDITION_4 = `
  CREATE TABLE old_sealed(saga TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO old_sealed SELECT saga, body FROM sealed;
  DROP TABLE sealed;
  ALTER TABLE old_sealed RENAME TO sealed;
  INSERT INTO counter SELECT 'moneyMessage', place FROM message ORDER BY id DESC LIMIT 1;
  DELETE FROM counter WHERE name LIKE 'sent %';
  ALTER TABLE message DROP COLUMN place;
  ALTER TABLE saga DROP COLUMN told_first;
  ALTER TABLE saga DROP COLUMN told_last;`;

/** The outbox of the third edition with its rows. */
export const OUTBOX_OF_EDITION_3 = `
  CREATE TABLE old_outbox(
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL, acked INTEGER NOT NULL,
    lane TEXT NOT NULL DEFAULT 'hospital', sealed BLOB, hold TEXT CHECK(hold IN ('person','content')),
    made_ms INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, refusals INTEGER NOT NULL DEFAULT 0,
    last_error TEXT, acked_ms INTEGER
  ) STRICT;
  INSERT INTO old_outbox
    SELECT id, kind, key, body, acked, lane, sealed, hold, made_ms, attempts, refusals, last_error, acked_ms FROM outbox;
  DROP TABLE outbox;
  ALTER TABLE old_outbox RENAME TO outbox;
  CREATE INDEX outbox_open ON outbox(lane, id) WHERE acked = 0;`;
