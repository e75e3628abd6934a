/**
 * The outbox on the disk: rows that wait for their receiver's word.
 *
 * One promise: a row is never lost and never deleted before it was acknowledged and kept for its time; whatever fails
 * is repeated under the same key.
 */
import type { SqlRow, Store } from '../ports.ts';
import { hasItsCode, rowCode } from './outbox-code.ts';
import { OutboxKeys } from './outbox-keys.ts';
import { FROM_MARK, OutboxMarks } from './outbox-marks.ts';
import type { OutboxStore, Retention, Tally } from './outbox-port.ts';
import {
  type Failure,
  type Lane,
  type LaneState,
  lanes,
  type NewRow,
  type RowView,
  type Span,
  type UploadKind,
  uploadLanes,
  viewOf,
  type WaitingRow,
} from './outbox-rows.ts';
import { spanOf } from './outbox-span.ts';
import type { Seal } from './seal.ts';

const VIEW = 'id, kind, lane, key, made_ms, attempts, refusals, hold, last_error';
/** What is sent and what it is held against. */
const WAITING = `${VIEW}, body, sealed, code`;
const NEXT = `SELECT ${WAITING} FROM outbox
  WHERE id >= ${FROM_MARK} AND lane = ? AND acked = 0 AND hold IS NULL ORDER BY id LIMIT ?`;
const DAMAGED = Symbol('a sealed part that does not open');
/** What is not acknowledged: rows from the lowest mark on, and what is held before it. */
const OPEN = `(SELECT * FROM outbox WHERE id >= ?1 AND acked = 0 UNION ALL
  SELECT * FROM outbox INDEXED BY outbox_held WHERE id < ?1 AND acked = 0 AND hold IS NOT NULL)`;

/** The first and the last row of one batch. */
export interface Told {
  readonly first: number;
  readonly last: number;
}

export class SqlOutbox implements OutboxStore {
  readonly #store: Store;
  readonly #seal: Seal;
  readonly #marks: OutboxMarks;
  readonly #keys: OutboxKeys;

  constructor(store: Store, seal: Seal) {
    this.#store = store;
    this.#seal = seal;
    this.#marks = new OutboxMarks(store);
    this.#keys = new OutboxKeys(store);
  }

  /** Within the transaction of their cause. @throws Error for a key of this settlement that is there already */
  write(rows: readonly NewRow[], nowMs: number, settlement?: string): Told | undefined {
    let first: number | undefined;
    let last = 0;
    for (const row of rows) {
      if (settlement !== undefined && this.#keys.ofSettlement(settlement, row.key) !== undefined) {
        throw new Error('A row of the outbox would be there twice.');
      }
      last = this.#insert(row, Math.floor(nowMs), settlement === undefined);
      first ??= last;
    }
    return first === undefined ? undefined : { first, last };
  }

  #insert({ kind, key, body, person, hold }: NewRow, madeMs: number, isAdded: boolean): number {
    const lane = uploadLanes[kind];
    const sealed = person === undefined ? null : this.#seal.closeAt(placeOf(key), person);
    const code = rowCode(this.#seal, { kind, key, lane, body, madeMs, isSealed: sealed !== null });
    const { lastId } = this.#store.run(
      'INSERT INTO outbox(kind, key, lane, body, sealed, hold, made_ms, code, added) VALUES(?,?,?,?,?,?,?,?,?)',
      ...[kind, key, lane, body, sealed, hold ?? null, madeMs, code, isAdded ? 1 : 0],
    );
    return lastId;
  }

  add(rows: readonly NewRow[], nowMs: number): void {
    this.#store.transaction(() => {
      this.write(
        rows.filter(({ key }) => this.#keys.idOf(key) === undefined),
        nowMs,
      );
    });
  }

  next(lane: Lane, limit: number, nowMs: number): readonly WaitingRow[] {
    const waiting: WaitingRow[] = [];
    const damaged: number[] = [];
    for (const row of this.#store.all(NEXT, lane, lane, limit)) {
      const { id, kind, key, madeMs, attempts, refusals } = viewOf(row);
      const person = this.#person(row);
      if (person === DAMAGED || !hasItsCode(this.#seal, row)) damaged.push(id);
      else waiting.push({ id, kind, key, madeMs, attempts, refusals, body: String(row['body']), person });
      this.#keys.remember(key, id);
    }
    if (damaged.length > 0) this.#handToPerson(damaged, nowMs);
    return waiting;
  }

  /** What is not as it was written is sent to nobody; staff are told its number, for nothing else of it can be believed. */
  #handToPerson(damaged: readonly number[], nowMs: number): void {
    this.#store.transaction(() => {
      for (const id of damaged) {
        const held = "UPDATE outbox SET hold = 'person', last_error = 'damaged on the disk' WHERE id = ?";
        this.#store.run(held, id);
        const number = `tsk_damaged-upload-${id}`;
        const task = { number, task: 'damagedUpload', row: id };
        if (this.#keys.idOf(number) === undefined) {
          this.write([{ kind: 'staffTask', key: number, body: JSON.stringify(task) }], nowMs);
        }
      }
    });
  }

  ack(keys: readonly string[], nowMs: number): void {
    this.#store.transaction(() => {
      for (const key of keys) {
        this.#store.run(
          'UPDATE outbox SET acked = 1, acked_ms = ?, attempts = attempts + 1, hold = NULL, last_error = NULL WHERE id = ? AND key = ? AND acked = 0',
          ...[Math.floor(nowMs), this.#keys.idOf(key) ?? 0, key],
        );
      }
      this.#marks.forward();
    });
    for (const key of keys) this.#keys.forget(key);
  }

  failed(failures: readonly Failure[]): void {
    this.#store.transaction(() => {
      for (const { key, reason, refused, hold } of failures) {
        this.#store.run(
          'UPDATE outbox SET attempts = attempts + 1, refusals = refusals + ?, last_error = ?, hold = coalesce(?, hold) WHERE id = ? AND key = ? AND acked = 0',
          ...[refused ? 1 : 0, reason, hold ? 'person' : null, this.#keys.idOf(key) ?? 0, key],
        );
      }
    });
  }

  amend(key: string, changed: string | undefined): boolean {
    return this.#store.transaction(() => {
      const row = this.#store.get('SELECT * FROM outbox WHERE id = ? AND acked = 0', this.#keys.idOf(key) ?? 0);
      const before = row && this.#person(row);
      // Nobody lets go what is not as it was written.
      if (!row || before === DAMAGED || !hasItsCode(this.#seal, row)) return false;
      const sealed = changed === undefined ? null : this.#seal.closeAt(placeOf(key), merged(before, changed));
      const { id, kind, lane, madeMs } = viewOf(row);
      const coded = { kind, key, lane, body: String(row['body']), madeMs };
      const code = rowCode(this.#seal, { ...coded, isSealed: sealed !== null || row['sealed'] !== null });
      this.#store.run(
        'UPDATE outbox SET sealed = coalesce(?, sealed), hold = NULL, refusals = 0, code = ? WHERE id = ?',
        ...[sealed, code, id],
      );
      this.#marks.back(lane, id);
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
      FROM ${OPEN} GROUP BY lane`,
      this.#marks.lowest(),
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
    return this.#store.all(`SELECT ${VIEW} FROM ${OPEN} ORDER BY id LIMIT ?2`, this.#marks.lowest(), limit).map(viewOf);
  }

  row(key: string): (RowView & { readonly body: string; readonly acked: boolean }) | undefined {
    const row = this.#store.get(`SELECT ${VIEW}, body, acked FROM outbox WHERE id = ?`, this.#keys.idOf(key) ?? 0);
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
    return spanOf(this.#store, lane, fromId, toId);
  }

  tidy({ sealedBeforeMs, rowsBeforeMs }: Retention, nowMs: number) {
    const astray = this.#marks.mend();
    if (astray.length > 0) this.#handToPerson(astray, nowMs);
    const old = 'acked = 1 AND sealed IS NOT NULL AND acked_ms < ?';
    const due = `SELECT 1 AS due FROM outbox WHERE (${old}) OR (acked = 1 AND acked_ms < ?) LIMIT 1`;
    // No flush of the disk for nothing.
    if (!this.#store.get(due, sealedBeforeMs, rowsBeforeMs)) return { shredded: 0, deleted: 0 };
    return this.#store.transaction(() => {
      // Overwritten first: a page that is only given back keeps its bytes.
      this.#store.run(`UPDATE outbox SET sealed = zeroblob(length(sealed)) WHERE ${old}`, sealedBeforeMs);
      const { changes: shredded } = this.#store.run(`UPDATE outbox SET sealed = NULL WHERE ${old}`, sealedBeforeMs);
      const { changes: deleted } = this.#store.run(
        // Never the newest: ids must not begin again below a mark.
        'DELETE FROM outbox WHERE acked = 1 AND sealed IS NULL AND acked_ms < ? AND id < (SELECT max(id) FROM outbox)',
        rowsBeforeMs,
      );
      return { shredded, deleted };
    });
  }

  #person(row: SqlRow): string | undefined | typeof DAMAGED {
    const sealed = row['sealed'];
    if (!(sealed instanceof Uint8Array)) return undefined;
    return this.#seal.open(placeOf(String(row['key'])), sealed) ?? DAMAGED;
  }
}

/** @throws SyntaxError for what is no JSON object: nothing is changed then. */
export function merged(before: string | undefined, changed: string): string {
  return JSON.stringify({ ...(JSON.parse(before ?? '{}') as object), ...(JSON.parse(changed) as object) });
}

/** No row opens in another's place. */
export function placeOf(key: string): string {
  return `outbox ${key}`;
}

function optional(value: SqlRow[string] | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
