/** The ledger's worker on a disk whose every flush takes 20 ms more, as a memory card's does. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Store } from '../../firmware/ports.ts';
import type { WorkerStart } from '../../firmware/settlement/ledger-messages.ts';
import { serveLedger } from '../../firmware/settlement/ledger-service.ts';
import { openSqliteStore } from '../../firmware/world/sqlite-store.ts';

const FLUSH_MS = 20;
const never = new Int32Array(new SharedArrayBuffer(4));

function slowStore(path: string): Store {
  const store = openSqliteStore(path);
  return {
    exec: (sql) => store.exec(sql),
    run: (sql, ...parameters) => store.run(sql, ...parameters),
    get: (sql, ...parameters) => store.get(sql, ...parameters),
    all: (sql, ...parameters) => store.all(sql, ...parameters),
    close: () => store.close(),
    transaction: (work) => {
      const result = store.transaction(work);
      // As a flush does: the whole thread stands still.
      Atomics.wait(never, 0, 0, FLUSH_MS);
      return result;
    },
  };
}

if (!parentPort) throw new Error('This file runs as a worker only.');
serveLedger(parentPort, workerData as WorkerStart, slowStore);
