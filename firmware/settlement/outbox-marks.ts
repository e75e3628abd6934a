/**
 * How far each lane of the outbox has got, so that no index is needed to find what waits.
 *
 * One promise: no row of a lane that may be sent lies below the lane's mark. A mark is moved in the transaction that
 * makes it true; when in doubt it is too low, which costs only time. One
 * that was damaged is mended within the hour.
 */
import type { Store } from '../ports.ts';
import { type Lane, lanes } from './outbox-rows.ts';

/** Counter of a lane's mark, as an SQL expression with one parameter. */
export const FROM_MARK = "coalesce((SELECT value FROM counter WHERE name = 'sent ' || ?), 0)";

const MARK = `SELECT ${FROM_MARK} AS mark`;
const SET = `INSERT INTO counter VALUES('sent ' || ?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value`;

export class OutboxMarks {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Below it nothing waits to be sent in any lane. */
  lowest(): number {
    return lanes.reduce((least, lane) => Math.min(least, this.#of(lane)), Number.MAX_SAFE_INTEGER);
  }

  /** To the first row that waits, lane by lane. Within the caller's transaction. */
  forward(): void {
    let end: number | undefined;
    for (const lane of lanes) {
      const mark = this.#of(lane);
      const first = this.#store.get(
        'SELECT id FROM outbox WHERE id >= ? AND lane = ? AND acked = 0 AND hold IS NULL ORDER BY id LIMIT 1',
        ...[mark, lane],
      );
      end ??= Number(this.#store.get('SELECT max(id) AS head FROM outbox')?.['head'] ?? 0) + 1;
      const next = first ? Number(first['id']) : end;
      if (next > mark) this.#store.run(SET, lane, next);
    }
  }

  /** A row that was held waits again. Within the caller's transaction. */
  back(lane: Lane, id: number): void {
    if (id < this.#of(lane)) this.#store.run(SET, lane, id);
  }

  /**
   * Looks through all rows: a mark that a flipped bit has put too high is put back.
   * → rows of a lane that is none, which nothing would ever send.
   */
  mend(): readonly number[] {
    const astray: number[] = [];
    for (const row of this.#store.all(
      'SELECT lane, min(id) AS id FROM outbox WHERE acked = 0 AND hold IS NULL GROUP BY lane',
    )) {
      const [lane, id] = [String(row['lane']), Number(row['id'])];
      if (!isLane(lane)) astray.push(id);
      else if (id < this.#of(lane)) this.#store.transaction(() => this.back(lane, id));
    }
    return astray;
  }

  #of(lane: Lane): number {
    return Number(this.#store.get(MARK, lane)?.['mark']);
  }
}

function isLane(text: string): text is Lane {
  return (lanes as readonly string[]).includes(text);
}
