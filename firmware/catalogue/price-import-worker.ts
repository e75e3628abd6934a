/** The worker thread that takes one price list into catalogue.db and ends. It alone loads `pinyin-pro` in production. */
import { readFileSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { readIfThere } from '../region/pack-signatures.ts';
import type { PriceWorkerStart } from '../world/price-folder.ts';
import { openSqliteStore } from '../world/sqlite-store.ts';
import { type ImportOutcome, importPriceList } from './import-price-list.ts';
import { MAX_LIST_BYTES } from './price-list-file.ts';
import { loadRomanizer } from './romanizer.ts';

const asked = parentPort;
if (!asked) throw new Error('This file runs as a worker only.');
taken(workerData as PriceWorkerStart).then(
  (outcome) => asked.postMessage(outcome),
  (error: unknown) => {
    // Out of the promise, so that the thread ends with it.
    setImmediate(() => {
      throw error;
    });
  },
);

async function taken(start: PriceWorkerStart): Promise<ImportOutcome> {
  if (statSync(start.list).size > MAX_LIST_BYTES) {
    return { outcome: 'refused', reason: 'notTheForm', detail: `The list is longer than ${MAX_LIST_BYTES} bytes.` };
  }
  const romanize = await loadRomanizer();
  const store = openSqliteStore(start.database, 'rebuildable');
  try {
    const { trust, institution, nowMs } = start;
    const offered = { list: readFileSync(start.list), signatures: readIfThere(start.signatures) };
    return importPriceList(offered, { store, trust, institution, nowMs, romanize });
  } finally {
    store.close();
  }
}
