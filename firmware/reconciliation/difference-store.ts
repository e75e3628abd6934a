/**
 * Differences on the disk, each under a number that stays.
 *
 * One promise: a difference is never deleted. It is open until it is no longer found, or until two people closed it;
 * one that is found again after it had gone is open again.
 */
import type { SqlRow, Store } from '../ports.ts';
import type { BusinessDate } from './day-book.ts';
import type { Counterparty, Difference, DifferenceState, Found } from './difference.ts';

const ORDER = 'ORDER BY date, CAST(substr(number, 14) AS INTEGER)';

export class DifferenceStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Everything that one look at a party's day found. → those that changed */
  replace(party: Counterparty, date: BusinessDate, found: readonly Found[]): readonly Difference[] {
    return this.#store.transaction(() => {
      const before = this.#ofPartyDay(party, date);
      const changed: Difference[] = [];
      for (const one of found) {
        const known = before.find(({ name, key }) => name === one.name && key === one.key);
        // Two people closed it as it was; with other amounts it is another thing.
        if (known?.state === 'closed' && JSON.stringify(known.off) === JSON.stringify(one.off)) continue;
        const state: DifferenceState = one.remedy === 'agreed' ? 'resolved' : 'open';
        const ending = one.remedy === 'agreed' ? one.cause : '';
        const now: Difference = {
          ...one,
          number: known?.number ?? this.#newNumber(date),
          date,
          state,
          ending,
          closedBy: [],
        };
        if (known && known.state === state && sameFound(known, one)) continue;
        this.#write(now);
        changed.push(now);
      }
      for (const known of before) {
        const still = found.some(({ name, key }) => name === known.name && key === known.key);
        if (still || known.state !== 'open') continue;
        const now: Difference = { ...known, state: 'resolved', ending: known.ending || 'the books agree now' };
        this.#write(now);
        changed.push(now);
      }
      return changed;
    });
  }

  /** What a rule did about it; its end is told by the next look. */
  note(number: string, ending: string): void {
    this.#store.run("UPDATE recon_difference SET ending = ? WHERE number = ? AND state = 'open'", ending, number);
  }

  /** A person must go on where a rule could not. */
  handOver(number: string, cause: string): void {
    const known = this.byNumber(number);
    if (known?.state === 'open') this.#write({ ...known, remedy: 'person', cause });
  }

  close(number: string, people: readonly string[], note: string): void {
    const known = this.byNumber(number);
    if (known) this.#write({ ...known, state: 'closed', ending: note, closedBy: people });
  }

  byNumber(number: string): Difference | undefined {
    const row = this.#store.get('SELECT * FROM recon_difference WHERE number = ?', number);
    return row && differenceIn(row);
  }

  ofDay(date: BusinessDate): readonly Difference[] {
    return this.#store.all(`SELECT * FROM recon_difference WHERE date = ? ${ORDER}`, date).map(differenceIn);
  }

  open(from: BusinessDate, to: BusinessDate): readonly Difference[] {
    const query = `SELECT * FROM recon_difference WHERE state = 'open' AND date BETWEEN ? AND ? ${ORDER}`;
    return this.#store.all(query, from, to).map(differenceIn);
  }

  /** Of any day. */
  withKey(party: Counterparty, key: string): readonly Difference[] {
    return this.#store.all('SELECT * FROM recon_difference WHERE party = ? AND key = ?', party, key).map(differenceIn);
  }

  #ofPartyDay(party: Counterparty, date: BusinessDate): readonly Difference[] {
    const query = 'SELECT * FROM recon_difference WHERE party = ? AND date = ?';
    return this.#store.all(query, party, date).map(differenceIn);
  }

  #newNumber(date: BusinessDate): string {
    const count = Number(
      this.#store.get('SELECT count(*) AS n FROM recon_difference WHERE date = ?', date)?.['n'] ?? 0,
    );
    return `dif_${date.replaceAll('-', '')}_${count + 1}`;
  }

  #write(one: Difference): void {
    const { number, date, party, name, key, state, ending, closedBy, off, settlement, cause, remedy } = one;
    const body = JSON.stringify({ off, settlement: settlement ?? null, cause, remedy });
    this.#store.run(
      `INSERT INTO recon_difference VALUES(?,?,?,?,?,?,?,?,?) ON CONFLICT(number) DO UPDATE SET
        state = excluded.state, body = excluded.body, ending = excluded.ending, closed_by = excluded.closed_by`,
      ...[number, date, party, name, key, state, body, ending, JSON.stringify(closedBy)],
    );
  }
}

/** A rule may have handed it to a person meanwhile: that stays until the amounts change. */
function sameFound(known: Difference, found: Found): boolean {
  const handedOver = known.remedy === 'person' && found.remedy === 'reverse';
  const same = known.cause === found.cause && known.remedy === found.remedy;
  return JSON.stringify(known.off) === JSON.stringify(found.off) && (same || handedOver);
}

function differenceIn(row: SqlRow): Difference {
  const body = JSON.parse(String(row['body'])) as Pick<Difference, 'off' | 'cause' | 'remedy'> & {
    settlement: string | null;
  };
  return {
    ...body,
    settlement: body.settlement ?? undefined,
    number: String(row['number']),
    date: String(row['date']),
    party: String(row['party']) as Counterparty,
    name: String(row['name']) as Difference['name'],
    key: String(row['key']),
    state: String(row['state']) as DifferenceState,
    ending: String(row['ending']),
    closedBy: JSON.parse(String(row['closed_by'])) as string[],
  };
}
