/**
 * Price lists in a folder of the data folder, taken by a worker thread.
 *
 * One promise: neither the list, nor pinyin, nor a long transaction is ever on the thread that serves patients.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ImportOutcome } from '../catalogue/import-price-list.ts';
import type { PriceDoor } from '../catalogue/price-door.ts';
import { SIGNATURES_FILE, type Trust } from '../region/pack-signatures.ts';
import { PRICES_FILE } from '../region/packs.ts';

export interface PriceFolderOptions {
  /** Holds prices.jsonl and signatures.json; may not exist. */
  readonly folder: string;
  /** The file of catalogue.db. */
  readonly database: string;
  readonly trust: Trust;
  readonly institution: string;
  /** Unix ms. */
  readonly nowMs: () => number;
}

/** What the worker is started with. */
export interface PriceWorkerStart {
  readonly list: string;
  readonly signatures: string;
  readonly database: string;
  readonly trust: Trust;
  readonly institution: string;
  readonly nowMs: number;
}

export function priceFolder(options: PriceFolderOptions): PriceDoor {
  const list = join(options.folder, PRICES_FILE);
  const signatures = join(options.folder, SIGNATURES_FILE);
  let worker: Worker | undefined;
  return {
    // Without its signatures a list is still being put down.
    stamp: () => {
      const marks = [list, signatures].map(stampOf);
      return marks.includes(undefined) ? undefined : marks.join(' ');
    },
    take: () =>
      new Promise<ImportOutcome>((resolve, reject) => {
        const { database, trust, institution, nowMs } = options;
        const workerData: PriceWorkerStart = { list, signatures, database, trust, institution, nowMs: nowMs() };
        // The same form of source as this very file: .ts from a checkout, .js in a bundle.
        const beside = import.meta.url.endsWith('.ts')
          ? '../catalogue/price-import-worker.ts'
          : './price-import-worker.js';
        worker = new Worker(new URL(beside, import.meta.url), { workerData });
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', () => {
          worker = undefined;
          reject(new Error('The price import ended without an answer.'));
        });
      }),
    close: () => {
      // What it has written so far is not shown, and is cleared by the next one.
      worker?.terminate().catch(() => undefined);
    },
  };
}

function stampOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat && `${stat.size} ${stat.mtimeMs} ${stat.ino}`;
}
