/**
 * The worker thread that holds the core and the store together: a flush of the
 * disk never stops a device or a screen. It links no native module.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openSqliteStore } from '../world/sqlite-store.ts';
import type { WorkerStart } from './ledger-messages.ts';
import { serveLedger } from './ledger-service.ts';

if (!parentPort) throw new Error('This file runs as a worker only.');
serveLedger(parentPort, workerData as WorkerStart, openSqliteStore);
