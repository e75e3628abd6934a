/** What other parties said of their days, as it came: one row a party and day, and where each line of it was seen. */
import type { SqlRow, Store } from '../ports.ts';
import type { BusinessDate } from './day-book.ts';
import type { Counterparty } from './difference.ts';

export class StatementStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Takes the place of what was said before. @param seen keys of the lines that this day's books have */
  keep(party: Counterparty, date: BusinessDate, body: unknown, seen: readonly string[]): void {
    this.#store.transaction(() => {
      const replace = 'ON CONFLICT(party, date) DO UPDATE SET body = excluded.body';
      this.#store.run(`INSERT INTO recon_statement VALUES(?,?,?) ${replace}`, party, date, JSON.stringify(body));
      this.#store.run('DELETE FROM recon_seen WHERE party = ? AND date = ?', party, date);
      for (const key of new Set(seen)) this.#store.run('INSERT INTO recon_seen VALUES(?,?,?)', party, key, date);
    });
  }

  body<Body>(party: Counterparty, date: BusinessDate): Body | undefined {
    const row = this.#store.get('SELECT body FROM recon_statement WHERE party = ? AND date = ?', party, date);
    return row && (JSON.parse(String(row['body'])) as Body);
  }

  has(party: Counterparty, date: BusinessDate): boolean {
    const query = 'SELECT 1 AS there FROM recon_statement WHERE party = ? AND date = ?';
    return this.#store.get(query, party, date) !== undefined;
  }

  /** The earliest other day whose books have this line. */
  seenOn(party: Counterparty, key: string, otherThan: BusinessDate): BusinessDate | undefined {
    const row = this.#store.get(
      'SELECT min(date) AS date FROM recon_seen WHERE party = ? AND key = ? AND date <> ?',
      ...[party, key, otherThan],
    );
    return dateIn(row);
  }

  /** Channels in whose files a line was ever seen. */
  partyOf(key: string): Counterparty | undefined {
    const row = this.#store.get("SELECT party FROM recon_seen WHERE key = ? AND party LIKE 'channel %'", key);
    return row && (String(row['party']) as Counterparty);
  }
}

function dateIn(row: SqlRow | undefined): BusinessDate | undefined {
  const date = row?.['date'];
  return date === null || date === undefined ? undefined : String(date);
}
