/** What became of the rows of one lane within a span of ids: the proof that a fault lost nothing (SZ-284b). */
import { createHash } from 'node:crypto';
import type { SqlRow, Store } from '../ports.ts';
import type { Lane, Span } from './outbox-rows.ts';

export function spanOf(store: Store, lane: Lane, fromId: number, toId: number): Span {
  const rows = store.all(
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

function optional(value: SqlRow[string] | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
