/**
 * The ledger in its worker thread, seen from this one. Production's form.
 *
 * One promise: a worker that ends by itself stops the ledger for good; every
 * question that was open is refused, none is asked again.
 */
import { Worker } from 'node:worker_threads';
import type { Clock, RandomSource } from '../ports.ts';
import { LedgerStoppedError } from './ledger-errors.ts';
import {
  type LedgerQuestion,
  type LedgerReply,
  packArgs,
  RANDOM_BYTES,
  unpackError,
  unpackValue,
  type WorkerStart,
} from './ledger-messages.ts';
import { type Ledger, ledgerThrough, type SettlementLedger } from './settlement-ledger.ts';

export interface WorkerLedgerOptions {
  /** The database file; its folder must exist. */
  readonly path: string;
  /** 32 bytes that never leave the device. */
  readonly sealingKey: Uint8Array;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** The worker's program; a bundle gives its own. */
  readonly program?: URL;
  /** The worker ended without being closed, perhaps while nobody asked it anything: the process must start again. */
  readonly onEnded?: (error: Error) => void;
}

interface Open {
  readonly name: keyof Ledger;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export function openWorkerLedger(options: WorkerLedgerOptions): SettlementLedger {
  const { path, sealingKey, random, clock } = options;
  const now = () => ({ monoMs: clock.monotonicMs(), wallMs: clock.wallMs() });
  const bell = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const asked = new Int32Array(bell);
  const workerData: WorkerStart = { path, sealingKey, bell, ...now() };
  // The same form of source as this very file: .ts from a checkout, .js in a bundle.
  const beside = import.meta.url.endsWith('.ts') ? './ledger-worker.ts' : './ledger-worker.js';
  const worker = new Worker(options.program ?? new URL(beside, import.meta.url), { workerData });
  const open = new Map<number, Open>();
  let lastId = 0;
  let stopped: Error | undefined;

  let closing = false;

  const stop = (reason: string): void => {
    const first = stopped === undefined;
    stopped ??= new LedgerStoppedError(reason);
    for (const { reject } of open.values()) reject(stopped);
    open.clear();
    if (first && !closing) options.onEnded?.(stopped);
  };
  worker.on('error', (error: Error) => stop(`its worker failed with ${error.name}`));
  worker.on('exit', () => stop('its worker ended'));
  worker.on('message', (reply: LedgerReply) => {
    const question = open.get(reply.id);
    open.delete(reply.id);
    if (!question) return;
    if (reply.ok) question.resolve(unpackValue(question.name, reply.value));
    else question.reject(unpackError(reply.error));
  });

  const ask = (name: keyof Ledger, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (stopped) {
        reject(stopped);
        return;
      }
      lastId += 1;
      open.set(lastId, { name, resolve, reject });
      const question: LedgerQuestion = {
        id: lastId,
        name,
        args: packArgs(name, args),
        ...now(),
        ...(name === 'begin' && { random: random.bytes(RANDOM_BYTES) }),
      };
      worker.postMessage(question);
      Atomics.add(asked, 0, 1);
      Atomics.notify(asked, 0);
    });

  return ledgerThrough(async (name, args) => {
    if (name !== 'close') return ask(name, args);
    if (stopped) return undefined;
    closing = true;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    await ask(name, args);
    await ended;
    return undefined;
  });
}
