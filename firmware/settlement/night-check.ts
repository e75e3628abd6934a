/**
 * The whole journal and the outbox read once more, from the first entry: what was flipped, cut or taken out deep in the
 * past is found in the night after it happened and not in the dispute that needs it.
 *
 * One promise: it reads a piece at a time and lets everybody else go first; it changes nothing.
 */
import type { SqlRow, Store } from '../ports.ts';
import { ChainReader, GENESIS } from './journal-chain.ts';
import { CODED, codedRow } from './journal-row.ts';
import { JournalDamagedError } from './ledger-errors.ts';
import { placeOf } from './outbox.ts';
import { hasItsCode } from './outbox-code.ts';
import { uploadLanes } from './outbox-rows.ts';
import type { Seal } from './seal.ts';

export type NightVerdict =
  | { readonly ok: true; readonly entries: number; readonly uploads: number }
  | { readonly ok: false; readonly where: 'journal' | 'outbox'; readonly at: number; readonly reason: string };

/** Rows between two pauses. */
const AT_ONCE = 512;

export async function checkBooks(store: Store, seal: Seal, pause: () => Promise<void>): Promise<NightVerdict> {
  let where: 'journal' | 'outbox' = 'journal';
  try {
    const entries = await walkJournal(store, seal, pause);
    where = 'outbox';
    return { ok: true, entries, uploads: await walkOutbox(store, seal, pause) };
  } catch (error) {
    if (!(error instanceof JournalDamagedError)) throw error;
    return { ok: false, where, at: error.seq, reason: error.reason };
  }
}

/** Up to where it ended when the walk began: what is written meanwhile is the next night's. */
async function walkJournal(store: Store, seal: Seal, pause: () => Promise<void>): Promise<number> {
  const ends = store.get('SELECT (SELECT max(seq) FROM journal) AS seq, (SELECT max(last) FROM saga) AS written');
  const head = Number(ends?.['seq'] ?? 0);
  if (Number(ends?.['written'] ?? 0) > head) throw new JournalDamagedError(head + 1, 'entries at the end are missing');
  const chain = new ChainReader(seal, GENESIS);
  const newest = new Map<string, number>();
  let seq = 0;
  while (seq < head) {
    const rows = store.all(`SELECT ${CODED} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?`, seq, AT_ONCE);
    if (rows.length === 0) throw new JournalDamagedError(seq + 1, 'an entry is missing');
    for (const row of rows) {
      const coded = codedRow(row);
      if (coded.seq > head) break;
      seq += 1;
      if (coded.seq !== seq) throw new JournalDamagedError(seq, 'an entry is missing');
      chain.follow(coded);
      newest.set(String(row['saga']), seq);
    }
    await pause();
  }
  chain.end();
  for (const [saga, last] of newest) {
    // It may have gone on since.
    const known = Number(store.get('SELECT last FROM saga WHERE id = ?', saga)?.['last'] ?? 0);
    if (known < last) throw new JournalDamagedError(last, 'its settlement does not know it');
  }
  return head;
}

async function walkOutbox(store: Store, seal: Seal, pause: () => Promise<void>): Promise<number> {
  let id = 0;
  let count = 0;
  for (;;) {
    const rows = store.all('SELECT * FROM outbox WHERE id > ? ORDER BY id LIMIT ?', id, AT_ONCE);
    if (rows.length === 0) return count;
    for (const row of rows) {
      id = Number(row['id']);
      const wrong = wrongRow(row, seal);
      if (wrong) throw new JournalDamagedError(id, wrong);
      count += 1;
    }
    await pause();
  }
}

/** What its receiver has acknowledged is not opened again: its sealed part may be shredded. */
function wrongRow(row: SqlRow, seal: Seal): string | undefined {
  const lane = (uploadLanes as Readonly<Record<string, string>>)[String(row['kind'])];
  if (lane === undefined || lane !== row['lane']) return 'a row of no kind that we write';
  if (!isObject(String(row['body']))) return 'a row whose content cannot be read';
  const sealed = row['sealed'] as Uint8Array | null;
  if (row['acked'] === 1) return undefined;
  if (!hasItsCode(seal, row)) return 'a row that is not as it was written';
  if (sealed === null) return undefined;
  const text = seal.open(placeOf(String(row['key'])), sealed);
  return text === undefined || !isObject(text) ? 'a sealed row does not open' : undefined;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
