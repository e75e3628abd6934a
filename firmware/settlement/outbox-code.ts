/**
 * The code of one row of the outbox: what leaves the kiosk is what its cause wrote, or it does not leave.
 *
 * An HMAC over the row's clear part and whether it has a sealed one, which has a code of its own. What changes while a
 * row waits (attempts, holds) is not under it.
 */
import type { SqlRow, Store } from '../ports.ts';
import type { Seal } from './seal.ts';

export interface CodedRow {
  readonly kind: string;
  readonly key: string;
  readonly lane: string;
  readonly body: string;
  readonly madeMs: number;
  readonly isSealed: boolean;
}

export function rowCode(seal: Seal, { kind, key, lane, body, madeMs, isSealed }: CodedRow): Uint8Array {
  // The lengths part what stands next to each other.
  return seal.row(`${kind} ${lane} ${madeMs} ${isSealed} ${key.length} ${key}${body}`);
}

export function hasItsCode(seal: Seal, row: SqlRow): boolean {
  const { code } = row;
  return code instanceof Uint8Array && Buffer.compare(rowCode(seal, codedOf(row)), code) === 0;
}

/** Of rows that an earlier edition wrote without one, within the caller's transaction. */
export function giveCodes(store: Store, seal: Seal): void {
  for (const row of store.all("SELECT * FROM outbox WHERE code = x'' AND acked = 0")) {
    store.run('UPDATE outbox SET code = ? WHERE id = ?', rowCode(seal, codedOf(row)), Number(row['id']));
  }
}

function codedOf(row: SqlRow): CodedRow {
  return {
    ...{ kind: String(row['kind']), key: String(row['key']), lane: String(row['lane']), body: String(row['body']) },
    ...{ madeMs: Number(row['made_ms']), isSealed: row['sealed'] !== null },
  };
}
