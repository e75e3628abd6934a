/**
 * The tables of reconciliation in the kiosk's database, beside the journal and never in its way.
 *
 * No row names a person. The day book can be made again from the journal; statements and differences are what other
 * parties said and what became of it, and are kept.
 */
import type { Store } from '../ports.ts';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS recon_line(
  key TEXT NOT NULL, saga TEXT NOT NULL, kind TEXT NOT NULL, date TEXT NOT NULL, body TEXT NOT NULL,
  also TEXT, PRIMARY KEY(key, kind)
) STRICT;
CREATE INDEX IF NOT EXISTS recon_line_date ON recon_line(date, kind);
CREATE INDEX IF NOT EXISTS recon_line_saga ON recon_line(saga);
CREATE INDEX IF NOT EXISTS recon_line_also ON recon_line(also) WHERE also IS NOT NULL;
CREATE TABLE IF NOT EXISTS recon_anchor(
  boot INTEGER NOT NULL, mono_ms REAL, wall_ms REAL NOT NULL, business_ms REAL NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS recon_anchor_boot ON recon_anchor(boot);
CREATE TABLE IF NOT EXISTS recon_mark(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recon_statement(
  party TEXT NOT NULL, date TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY(party, date)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recon_seen(
  party TEXT NOT NULL, key TEXT NOT NULL, date TEXT NOT NULL, PRIMARY KEY(party, key, date)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recon_difference(
  number TEXT PRIMARY KEY, date TEXT NOT NULL, party TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('open','resolved','closed')), body TEXT NOT NULL, ending TEXT NOT NULL,
  closed_by TEXT NOT NULL, UNIQUE(date, party, name, key)
) STRICT;
CREATE INDEX IF NOT EXISTS recon_difference_state ON recon_difference(state, date);
CREATE TABLE IF NOT EXISTS recon_day(date TEXT PRIMARY KEY, state TEXT NOT NULL, totals TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS recon_difference_key ON recon_difference(key);
`;

export function openTables(store: Store): void {
  if (store.get("SELECT 1 AS there FROM sqlite_master WHERE name = 'recon_day'")) return;
  // One flush for all of them, in the first boot of a kiosk.
  store.transaction(() => store.exec(SCHEMA));
}
