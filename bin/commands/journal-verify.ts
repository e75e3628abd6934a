/** `yizhan journal verify`: walks the whole chain of codes of a data folder's journal, from its first entry. */
import { Journal } from '../../firmware/settlement/journal.ts';
import { JournalDamagedError, JournalTooNewError } from '../../firmware/settlement/ledger-errors.ts';
import { Seal } from '../../firmware/settlement/seal.ts';
import { loadDeviceKey } from '../../firmware/world/device-key.ts';
import { openSqliteStore } from '../../firmware/world/sqlite-store.ts';

export interface JournalVerdict {
  readonly ok: boolean;
  readonly entries: number;
  /** Hex of the last code: two journals with the same one are the same to the byte. */
  readonly headCode: string;
  readonly firstBad: { readonly seq: number; readonly reason: string } | undefined;
}

/** A database that cannot be read at all is a bad journal too, with the engine's own word for it. */
export function verifyJournal(folder: string, file: string): JournalVerdict {
  const bad = (seq: number, reason: string): JournalVerdict => ({
    ...{ ok: false, entries: 0, headCode: '', firstBad: { seq, reason } },
  });
  let store: ReturnType<typeof openSqliteStore> | undefined;
  try {
    store = openSqliteStore(file);
    const journal = new Journal(store, new Seal(loadDeviceKey(folder)));
    journal.verify();
    return { ok: true, entries: journal.length, headCode: journal.headCode, firstBad: undefined };
  } catch (error) {
    if (error instanceof JournalDamagedError) return bad(error.seq, error.reason);
    if (error instanceof JournalTooNewError) throw error;
    return bad(0, error instanceof Error ? error.message : 'the database cannot be read');
  } finally {
    store?.close();
  }
}
