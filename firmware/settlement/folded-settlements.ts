/**
 * Settlements as folded from the journal, kept while they are open and a little longer.
 */
import { foldAll, type Saga } from './core.ts';
import type { CallStep } from './facts.ts';
import type { Batch, JournalPort } from './journal-port.ts';
import { Pacing } from './pacing.ts';
import type { OwedUpload } from './settlements.ts';

export interface Live {
  saga: Saga;
  readonly pacing: Pacing;
  /** A call was handed out and is not yet reported. */
  running: CallStep | undefined;
  /** Folded and not yet written: it goes with the next batch, or is lost in a power cut. See `mayWait`. */
  held: Batch['entries'];
  /** What its end will owe; of one that has ended, nothing more. */
  owed: readonly OwedUpload[];
}

/** Settlements that are kept folded although they have ended. */
const KEPT = 32;

export function newLive(saga: Saga, owed: readonly OwedUpload[] = []): Live {
  return { saga, pacing: new Pacing(), running: undefined, held: [], owed };
}

export class FoldedSettlements {
  readonly #journal: JournalPort;
  readonly #live = new Map<string, Live>();

  constructor(journal: JournalPort) {
    this.#journal = journal;
  }

  /** @throws JournalDamagedError */
  of(number: string): Live | undefined {
    const kept = this.#live.get(number);
    if (kept) return kept;
    const entries = this.#journal.entries(number);
    if (entries.length === 0) return undefined;
    return this.keep(newLive(foldAll(number, entries)));
  }

  keep(live: Live): Live {
    this.#live.set(live.saga.number, live);
    return live;
  }

  forgetOldest(): void {
    for (const [number, live] of this.#live) {
      if (this.#live.size <= KEPT) return;
      if (live.saga.end && !live.running) this.#live.delete(number);
    }
  }
}
