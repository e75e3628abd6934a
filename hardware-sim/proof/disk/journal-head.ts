/** The end of a journal as it stands, for whoever writes down what was acknowledged. */
import type { SqlRow, Store } from '../../../firmware/ports.ts';

export interface JournalHead {
  readonly seq: number;
  /** Chain code of the last entry, hex. */
  readonly mac: string;
  /** Rows of the outbox. */
  readonly outbox: number;
}

export const HEAD_SQL = `SELECT seq, lower(hex(mac)) AS mac, (SELECT count(*) FROM outbox) AS outbox
  FROM journal ORDER BY seq DESC LIMIT 1`;

export function journalHead(store: Pick<Store, 'get'>): JournalHead {
  return asHead(store.get(HEAD_SQL));
}

export function asHead(row: SqlRow | undefined): JournalHead {
  return { seq: Number(row?.['seq'] ?? 0), mac: String(row?.['mac'] ?? ''), outbox: Number(row?.['outbox'] ?? 0) };
}
