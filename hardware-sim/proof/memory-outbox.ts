/**
 * The outbox of the journal of arrays: the same answers as the one on the disk, nothing sealed.
 */
import { merged } from '../../firmware/settlement/outbox.ts';
import type { OutboxStore, Retention, Tally } from '../../firmware/settlement/outbox-port.ts';
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
} from '../../firmware/settlement/outbox-rows.ts';

type Kept = RowView & { readonly row: NewRow; readonly acked: boolean; readonly ackedMs: number | undefined };

export class MemoryOutbox implements OutboxStore {
  #rows: Kept[] = [];

  copy(): MemoryOutbox {
    const copy = new MemoryOutbox();
    copy.#rows = [...this.#rows];
    return copy;
  }

  /** With their cause. @throws when a key is there already, as the table's index does. */
  write(rows: readonly NewRow[], nowMs: number): void {
    for (const row of rows) {
      const { kind, key, hold } = row;
      if (this.#rows.some((one) => one.key === key)) throw new Error('an outbox key twice');
      const fresh = { attempts: 0, refusals: 0, lastError: undefined, acked: false, ackedMs: undefined };
      const place = { id: this.#rows.length + 1, kind, key, lane: uploadLanes[kind], madeMs: nowMs };
      this.#rows.push({ ...place, ...fresh, hold: hold as Hold | undefined, row });
    }
  }

  add(rows: readonly NewRow[], nowMs: number): void {
    this.write(
      rows.filter(({ key }) => !this.#rows.some((one) => one.key === key)),
      nowMs,
    );
  }

  next(lane: Lane, limit: number): readonly WaitingRow[] {
    return this.#open()
      .filter((one) => one.lane === lane && one.hold === undefined)
      .slice(0, limit)
      .map(({ id, kind, key, madeMs, attempts, refusals, row }) => {
        return { id, kind, key, madeMs, attempts, refusals, body: row.body, person: row.person };
      });
  }

  ack(keys: readonly string[], nowMs: number): void {
    const done = { acked: true, ackedMs: nowMs, hold: undefined, lastError: undefined };
    for (const key of keys) this.#change(key, (one) => ({ ...done, attempts: one.attempts + 1 }));
  }

  failed(failures: readonly Failure[]): void {
    for (const { key, reason, refused, hold } of failures) {
      this.#change(key, (one) => ({
        attempts: one.attempts + 1,
        refusals: one.refusals + (refused ? 1 : 0),
        lastError: reason,
        hold: hold ? 'person' : one.hold,
      }));
    }
  }

  amend(key: string, changed: string | undefined): boolean {
    return this.#change(key, ({ row }) => ({
      hold: undefined,
      refusals: 0,
      row: changed === undefined ? row : { ...row, person: merged(row.person, changed) },
    }));
  }

  tally(kind: UploadKind): Tally {
    const rows = this.#rows.filter((one) => one.kind === kind);
    const held = (hold: Hold): number => rows.filter((one) => !one.acked && one.hold === hold).length;
    const acked = rows.filter((one) => one.acked).length;
    return { rows: rows.length, acked, heldForPerson: held('person'), heldForContent: held('content') };
  }

  state(): readonly LaneState[] {
    return lanes.map((lane) => {
      const open = this.#open().filter((one) => one.lane === lane);
      const count = (hold: Hold | undefined): number => open.filter((one) => one.hold === hold).length;
      const holds = { waiting: count(undefined), heldForPerson: count('person'), heldForContent: count('content') };
      return { lane, ...holds, oldestMs: least(open.map(({ madeMs }) => madeMs)) };
    });
  }

  waiting(limit: number): readonly RowView[] {
    return this.#open().slice(0, limit);
  }

  row(key: string): (RowView & { readonly body: string; readonly acked: boolean }) | undefined {
    const found = this.#rows.find((one) => one.key === key);
    return found && { ...found, body: found.row.body };
  }

  latest(kind: UploadKind, limit: number): readonly { readonly key: string; readonly body: string }[] {
    const newest = this.#rows.filter((one) => one.kind === kind).reverse();
    return newest.slice(0, limit).map(({ key, row }) => ({ key, body: row.body }));
  }

  head(): number {
    return this.#rows.length;
  }

  span(lane: Lane, fromId: number, toId: number): Span {
    const rows = this.#rows.filter((one) => one.lane === lane && one.id >= fromId && one.id <= toId);
    const acked = rows.filter((one) => one.acked);
    const held = rows.filter((one) => !one.acked && one.hold !== undefined).length;
    const ackedMs = acked.flatMap((one) => one.ackedMs ?? []);
    return {
      ...{ rows: rows.length, acked: acked.length, held, waiting: rows.length - acked.length - held },
      firstMadeMs: rows[0]?.madeMs,
      firstAckedMs: least(ackedMs),
      lastAckedMs: ackedMs.length === 0 ? undefined : ackedMs.reduce((one, other) => Math.max(one, other)),
      keysDigest: acked.map(({ key }) => key).join(' '),
    };
  }

  /** What was acknowledged stays for the proof to look at. */
  tidy(_retention: Retention): { readonly shredded: number; readonly deleted: number } {
    return { shredded: 0, deleted: 0 };
  }

  #open(): readonly Kept[] {
    return this.#rows.filter((one) => !one.acked);
  }

  #change(key: string, change: (one: Kept) => Partial<Kept>): boolean {
    const place = this.#rows.findIndex((one) => one.key === key && !one.acked);
    const found = this.#rows[place];
    if (!found) return false;
    this.#rows[place] = { ...found, ...change(found) };
    return true;
  }
}

function least(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((one, other) => Math.min(one, other));
}
