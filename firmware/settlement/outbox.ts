/**
 * The outbox on the disk: rows that wait for their receiver's word.
 *
 * One promise: a row is never lost and never deleted before it was acknowledged and kept for its time; whatever fails
 * is repeated under the same key.
 */
import { createHash } from 'node:crypto';
import type { SqlRow, Store } from '../ports.ts';
import { JournalDamagedError } from './ledger-errors.ts';
import type { OutboxStore, Retention, Tally } from './outbox-port.ts';
import {
  type Failure,
  type Hold,
  type Lane,
  type LaneState,
  lanes,
  type NewRow,
  type RowView,
  type Span,
  type UploadKind,
  uploadLanes,
  type WaitingRow,
} from './outbox-rows.ts';
import type { Seal } from './seal.ts';

const VIEW = 'id, kind, lane, key, made_ms, attempts, refusals, hold, last_error';

export class SqlOutbox implements OutboxStore {
  readonly #store: Store;
  readonly #seal: Seal;

  constructor(store: Store, seal: Seal) {
    this.#store = store;
    this.#seal = seal;
  }

  /** Within the transaction of their cause. */
  write(rows: readonly NewRow[], nowMs: number): void {
    for (const { kind, key, body, person, hold } of rows) {
      const sealed = person === undefined ? null : this.#seal.closeAt(placeOf(key), person);
      this.#store.run(
        'INSERT INTO outbox(kind, key, body, acked, lane, sealed, hold, made_ms) VALUES(?,?,?,0,?,?,?,?)',
        ...[kind, key, body, uploadLanes[kind], sealed, hold ?? null, Math.floor(nowMs)],
      );
    }
  }

  add(rows: readonly NewRow[], nowMs: number): void {
    this.#store.transaction(() => {
      const unknown = rows.filter(({ key }) => !this.#store.get('SELECT 1 AS there FROM outbox WHERE key = ?', key));
      this.write(unknown, nowMs);
    });
  }

  next(lane: Lane, limit: number): readonly WaitingRow[] {
    const found = this.#store.all(
      'SELECT * FROM outbox WHERE lane = ? AND acked = 0 AND hold IS NULL ORDER BY id LIMIT ?',
      ...[lane, limit],
    );
    return found.map((row) => {
      const { id, kind, key, madeMs, attempts, refusals } = viewOf(row);
      return { id, kind, key, madeMs, attempts, refusals, body: String(row['body']), person: this.#person(row) };
    });
  }

  ack(keys: readonly string[], nowMs: number): void {
    this.#store.transaction(() => {
      for (const key of keys) {
        this.#store.run(
          'UPDATE outbox SET acked = 1, acked_ms = ?, attempts = attempts + 1, hold = NULL, last_error = NULL WHERE key = ? AND acked = 0',
          ...[Math.floor(nowMs), key],
        );
      }
    });
  }

  failed(failures: readonly Failure[]): void {
    this.#store.transaction(() => {
      for (const { key, reason, refused, hold } of failures) {
        this.#store.run(
          'UPDATE outbox SET attempts = attempts + 1, refusals = refusals + ?, last_error = ?, hold = coalesce(?, hold) WHERE key = ? AND acked = 0',
          ...[refused ? 1 : 0, reason, hold ? 'person' : null, key],
        );
      }
    });
  }

  amend(key: string, changed: string | undefined): boolean {
    return this.#store.transaction(() => {
      const row = this.#store.get('SELECT key, sealed FROM outbox WHERE key = ? AND acked = 0', key);
      if (!row) return false;
      const sealed =
        changed === undefined ? null : this.#seal.closeAt(placeOf(key), merged(this.#person(row), changed));
      this.#store.run(
        'UPDATE outbox SET sealed = coalesce(?, sealed), hold = NULL, refusals = 0 WHERE key = ?',
        ...[sealed, key],
      );
      return true;
    });
  }

  tally(kind: UploadKind): Tally {
    const row = this.#store.get(
      `SELECT count(*) AS n, total(acked) AS acked, count(*) FILTER (WHERE acked = 0 AND hold = 'person') AS person,
        count(*) FILTER (WHERE acked = 0 AND hold = 'content') AS content FROM outbox WHERE kind = ?`,
      kind,
    );
    return {
      ...{ rows: Number(row?.['n']), acked: Number(row?.['acked']) },
      ...{ heldForPerson: Number(row?.['person']), heldForContent: Number(row?.['content']) },
    };
  }

  state(): readonly LaneState[] {
    const rows = this.#store.all(
      `SELECT lane, count(*) FILTER (WHERE hold IS NULL) AS waiting, count(*) FILTER (WHERE hold = 'person') AS person,
        count(*) FILTER (WHERE hold = 'content') AS content, min(made_ms) AS oldest
      FROM outbox WHERE acked = 0 GROUP BY lane`,
    );
    return lanes.map((lane) => {
      const row = rows.find((one) => one['lane'] === lane);
      return {
        lane,
        waiting: Number(row?.['waiting'] ?? 0),
        heldForPerson: Number(row?.['person'] ?? 0),
        heldForContent: Number(row?.['content'] ?? 0),
        oldestMs: optional(row?.['oldest']),
      };
    });
  }

  waiting(limit: number): readonly RowView[] {
    return this.#store.all(`SELECT ${VIEW} FROM outbox WHERE acked = 0 ORDER BY id LIMIT ?`, limit).map(viewOf);
  }

  row(key: string): (RowView & { readonly body: string; readonly acked: boolean }) | undefined {
    const row = this.#store.get(`SELECT ${VIEW}, body, acked FROM outbox WHERE key = ?`, key);
    return row && { ...viewOf(row), body: String(row['body']), acked: row['acked'] === 1 };
  }

  latest(kind: UploadKind, limit: number): readonly { readonly key: string; readonly body: string }[] {
    return this.#store
      .all('SELECT key, body FROM outbox WHERE kind = ? ORDER BY id DESC LIMIT ?', kind, limit)
      .map((row) => ({ key: String(row['key']), body: String(row['body']) }));
  }

  head(): number {
    return Number(this.#store.get('SELECT max(id) AS head FROM outbox')?.['head'] ?? 0);
  }

  span(lane: Lane, fromId: number, toId: number): Span {
    const rows = this.#store.all(
      'SELECT key, acked, hold, made_ms, acked_ms FROM outbox WHERE id BETWEEN ? AND ? AND lane = ? ORDER BY id',
      ...[fromId, toId, lane],
    );
    const acked = rows.filter((row) => row['acked'] === 1);
    const held = rows.filter((row) => row['acked'] === 0 && row['hold'] !== null).length;
    const ackedMs = acked.map((row) => Number(row['acked_ms']));
    const keys = createHash('sha256');
    for (const row of acked) keys.update(`${String(row['key'])}\n`);
    return {
      ...{ rows: rows.length, acked: acked.length, held, waiting: rows.length - acked.length - held },
      firstMadeMs: optional(rows[0]?.['made_ms']),
      firstAckedMs: ackedMs.length === 0 ? undefined : ackedMs.reduce((one, other) => Math.min(one, other)),
      lastAckedMs: ackedMs.length === 0 ? undefined : ackedMs.reduce((one, other) => Math.max(one, other)),
      keysDigest: keys.digest('hex'),
    };
  }

  tidy({ sealedBeforeMs, rowsBeforeMs }: Retention): { readonly shredded: number; readonly deleted: number } {
    const old = 'acked = 1 AND sealed IS NOT NULL AND acked_ms < ?';
    const due = `SELECT 1 AS due FROM outbox WHERE (${old}) OR (acked = 1 AND acked_ms < ?) LIMIT 1`;
    // No flush of the disk for nothing.
    if (!this.#store.get(due, sealedBeforeMs, rowsBeforeMs)) return { shredded: 0, deleted: 0 };
    return this.#store.transaction(() => {
      // Overwritten first: a page that is only given back keeps its bytes.
      this.#store.run(`UPDATE outbox SET sealed = zeroblob(length(sealed)) WHERE ${old}`, sealedBeforeMs);
      const { changes: shredded } = this.#store.run(`UPDATE outbox SET sealed = NULL WHERE ${old}`, sealedBeforeMs);
      const { changes: deleted } = this.#store.run(
        'DELETE FROM outbox WHERE acked = 1 AND sealed IS NULL AND acked_ms < ?',
        rowsBeforeMs,
      );
      return { shredded, deleted };
    });
  }

  #person(row: SqlRow): string | undefined {
    const sealed = row['sealed'];
    if (!(sealed instanceof Uint8Array)) return undefined;
    const text = this.#seal.open(placeOf(String(row['key'])), sealed);
    if (text === undefined) throw new JournalDamagedError(0, 'a sealed upload does not open');
    return text;
  }
}

/** @throws SyntaxError for what is no JSON object: nothing is changed then. */
export function merged(before: string | undefined, changed: string): string {
  return JSON.stringify({ ...(JSON.parse(before ?? '{}') as object), ...(JSON.parse(changed) as object) });
}

/** No row opens in another's place. */
function placeOf(key: string): string {
  return `outbox ${key}`;
}

function viewOf(row: SqlRow): RowView {
  const hold = row['hold'];
  return {
    id: Number(row['id']),
    kind: String(row['kind']) as UploadKind,
    lane: String(row['lane']) as Lane,
    key: String(row['key']),
    madeMs: Number(row['made_ms']),
    attempts: Number(row['attempts']),
    refusals: Number(row['refusals']),
    hold: hold === null ? undefined : (String(hold) as Hold),
    lastError: row['last_error'] === null ? undefined : String(row['last_error']),
  };
}

function optional(value: SqlRow[string] | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
