/**
 * What a walk's ledger writes to: arrays, or the production store on a database in memory. A cut may fall before and
 * after a transaction; on the store also before every single write.
 */
import type { RandomSource, Store } from '../../../../firmware/ports.ts';
import { openLedger, openLedgerOn } from '../../../../firmware/settlement/ledger.ts';
import type { Ledger } from '../../../../firmware/settlement/settlement-ledger.ts';
import { openSqliteStore } from '../../../../firmware/world/sqlite-store.ts';
import { MemoryJournal } from '../../memory-journal.ts';
import type { HasIntent } from './trip.ts';

export interface WalkClock {
  readonly monotonicMs: () => number;
  readonly wallMs: () => number;
  readonly timer: () => () => void;
}

export interface Disk {
  /** @throws when the power goes meanwhile. */
  open(clock: WalkClock, random: RandomSource): Ledger;
  readonly hasIntent: HasIntent;
  /** Keys of all rows that ever waited to be sent. */
  readonly outboxKeys: () => readonly string[];
  /** Turns one bit of the oldest upload that waits. Its key, or nothing where there is none. */
  turnBit(): string | undefined;
  close(): void;
}

const sealingKey = new Uint8Array(32).fill(7);

/** @param mayCut throws when the power goes at this place. */
export function arrays(mayCut: () => void): Disk {
  const journal = new MemoryJournal(mayCut);
  return {
    open: (clock, random) => openLedgerOn(() => journal, { random, clock }),
    hasIntent: (number, { step, attempt, key }) =>
      journal.rows.some(
        ({ saga, entry: { fact } }) =>
          saga === number &&
          fact.phase === 'intent' &&
          fact.step === step &&
          fact.attempt === attempt &&
          fact.key === key,
      ),
    outboxKeys: () => journal.outbox.map(({ key }) => key),
    turnBit: () => undefined,
    close: () => undefined,
  };
}

export function database(mayCut: () => void): Disk {
  const store = openSqliteStore(':memory:');
  let isReady = false;
  const cut = (): void => {
    if (isReady) mayCut();
  };
  const cuttable: Store = {
    exec: (sql) => store.exec(sql),
    run: (sql, ...parameters) => {
      cut();
      return store.run(sql, ...parameters);
    },
    get: (sql, ...parameters) => store.get(sql, ...parameters),
    all: (sql, ...parameters) => store.all(sql, ...parameters),
    transaction: (work) => {
      const result = store.transaction(work);
      cut();
      return result;
    },
    close: () => undefined,
  };
  return {
    open: (clock, random) => {
      // Making the tables is not what is walked here.
      isReady = store.get('PRAGMA user_version')?.['user_version'] !== 0;
      const ledger = openLedger({ store: cuttable, sealingKey, random, clock });
      isReady = true;
      return ledger;
    },
    hasIntent: (number, { step, attempt, key }) =>
      store.get(
        "SELECT 1 AS n FROM journal WHERE phase = 'intent' AND saga = ? AND step = ? AND n = ? AND key = ?",
        ...[number, step, attempt, key],
      ) !== undefined,
    outboxKeys: () => store.all('SELECT key FROM outbox').map((row) => String(row['key'])),
    turnBit: () => {
      const row = store.get('SELECT id, key FROM outbox WHERE acked = 0 ORDER BY id LIMIT 1');
      if (!row) return undefined;
      // "ownFen":4000 becomes 5000.
      store.run(`UPDATE outbox SET body = replace(body, '"ownFen":4', '"ownFen":5') WHERE id = ?`, row['id'] ?? 0);
      return String(row['key']);
    },
    close: () => store.close(),
  };
}
