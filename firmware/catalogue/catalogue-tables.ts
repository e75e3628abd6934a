/**
 * The tables of catalogue.db.
 *
 * An edition is written whole into the one of two places that is not shown, and shown by one row (`in_force`): who reads
 * sees the old edition or the new one, also after a power cut in the middle (SZ-174). Money stays decimal text.
 */
import type { Store } from '../ports.ts';
import { type ItemKind, itemKinds } from './price-item.ts';

/** Where an edition lies. */
export const places = ['a', 'b'] as const;
export type Place = (typeof places)[number];

export function otherPlace(place: Place | undefined): Place {
  return place === 'a' ? 'b' : 'a';
}

/** Full-text pieces of one kind: the rowid is the item's. */
export function piecesTable(place: Place, kind: ItemKind): string {
  return `pieces_${place}_${kind}`;
}

export function makeTables(store: Store): void {
  store.exec(`
    CREATE TABLE IF NOT EXISTS edition (
      version INTEGER PRIMARY KEY, head TEXT NOT NULL, digest TEXT NOT NULL, place TEXT NOT NULL,
      imported_ms INTEGER NOT NULL, signers TEXT NOT NULL,
      added INTEGER NOT NULL, changed INTEGER NOT NULL, removed INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS in_force (
      one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL REFERENCES edition (version)) STRICT;
    CREATE TABLE IF NOT EXISTS change (
      version INTEGER NOT NULL REFERENCES edition (version), code TEXT NOT NULL, from_day TEXT NOT NULL,
      what TEXT NOT NULL CHECK (what IN ('added', 'changed', 'removed')), before TEXT, after TEXT,
      PRIMARY KEY (version, code, from_day)) STRICT, WITHOUT ROWID;
  `);
}

/** Clears one place and makes it ready to be filled; indexes are made when it is full. */
export function clearPlace(store: Store, place: Place): void {
  store.exec(`DROP TABLE IF EXISTS item_${place}; DROP TABLE IF EXISTS word_${place};`);
  for (const kind of itemKinds) store.exec(`DROP TABLE IF EXISTS ${piecesTable(place, kind)}`);
  store.exec(`
    CREATE TABLE item_${place} (
      id INTEGER PRIMARY KEY, kind TEXT NOT NULL, code TEXT NOT NULL, from_day TEXT NOT NULL, until_day TEXT,
      names TEXT NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE TABLE word_${place} (kind TEXT NOT NULL, word TEXT NOT NULL, item INTEGER NOT NULL) STRICT;
  `);
  for (const kind of itemKinds) {
    // Only which item has a piece is kept; the names themselves say the rest.
    store.exec(`CREATE VIRTUAL TABLE ${piecesTable(place, kind)} USING fts5(
      piece, content='', detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 0")`);
  }
}

/** @throws when one code begins twice on one day. */
export function indexPlace(store: Store, place: Place): void {
  store.exec(`
    CREATE UNIQUE INDEX item_${place}_code ON item_${place} (code, from_day);
    CREATE INDEX word_${place}_word ON word_${place} (kind, word, item);
  `);
}
