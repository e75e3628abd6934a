/**
 * The slip that was being printed when the kiosk lost its power.
 *
 * Its printing was journaled before the first byte and its end never was, so
 * part of it may hang at the printer's head: the next slip must not continue it.
 */
import type { Store } from '../ports.ts';

export interface UnfinishedCopy {
  /** Settlement number. */
  readonly number: string;
  readonly copy: number;
}

/** The newest copy whose end is not in the journal; `undefined` when every begun copy ended, or none ever began. */
export function unfinishedCopy(store: Store): UnfinishedCopy | undefined {
  const table = store.get("SELECT 1 AS there FROM sqlite_master WHERE type = 'table' AND name = 'journal'");
  if (!table) return undefined;
  const last = store.get(
    "SELECT saga, step, body FROM journal WHERE step IN ('copyBegun', 'copyEnded') ORDER BY seq DESC LIMIT 1",
  );
  if (last?.['step'] !== 'copyBegun') return undefined;
  const { copy } = JSON.parse(String(last['body'])) as { readonly copy: number };
  return { number: String(last['saga']), copy };
}
