/**
 * Plays one short day again and again, each time with another call of the engine that fails; run under the recorder.
 *
 * After each: the ledger must have stopped by name or nothing must have gone wrong, and every disk that a cut at that
 * instant could leave must hold all that was acknowledged. A flush that failed counts as never made.
 */
import { closeSync, mkdirSync, openSync, readFileSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../../firmware/ports.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { inProcess, type Ledger } from '../../../firmware/settlement/settlement-ledger.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { SeededStream } from '../../parties/seeded-stream.ts';
import { SeededRandom } from '../../world/seeded-random.ts';
import { DiskModel } from './disk-model.ts';
import { diskStates } from './disk-states.ts';
import { errorNumbers, type FailingCall, type IoError } from './io-error-table.ts';
import { Promised } from './journal-checks.ts';
import { journalHead } from './journal-head.ts';
import { openedAfterCut } from './opened-after-cut.ts';
import { StepClock, sealingKey } from './recorded-order.ts';
import { runScripted } from './scripted-run.ts';
import { readWriteLog } from './write-log.ts';

export interface IoErrorTask {
  /** The recorder's root. */
  readonly root: string;
  readonly log: string;
  /** Where disks are opened; not recorded. */
  readonly disks: string;
  readonly seed: number;
  readonly bills: number;
  readonly errors: readonly IoError[];
  /** Every how many calls one fails; 1 = each. */
  readonly stride: number;
}

export interface IoErrorResult {
  readonly runs: number;
  readonly disks: number;
  /** How runs ended, by the name of the error; `nothing` = the engine coped. */
  readonly ends: Readonly<Record<string, number>>;
  readonly findings: readonly { readonly what: string; readonly how: string }[];
}

/** Ends of a process that are named; the desk lets the process end at each of them. */
const NAMED = ['LedgerStoppedError', 'StoreUnsoundError', 'JournalDamagedError'];

const task = JSON.parse(process.argv[2] ?? '') as IoErrorTask;
const door = openSync(join(task.root, 'crash-marks'), 'a');
const log = openSync(task.log, 'r');
const ends: Record<string, number> = {};
const findings: { what: string; how: string }[] = [];
let read = 0;
let runs = 0;
let disks = 0;

function arm(line: string): void {
  writeSync(door, line);
}

/** What was recorded since this was last asked. */
function recorded() {
  const size = statSync(task.log).size;
  const bytes = new Uint8Array(size - read);
  readSync(log, bytes, 0, bytes.length, read);
  read = size;
  return readWriteLog(bytes);
}

interface Day {
  readonly promised: Promised;
  readonly error: unknown;
  readonly store: Store | undefined;
  readonly ledger: Ledger | undefined;
}

async function day(path: string): Promise<Day> {
  const promised = new Promised();
  const clock = new StepClock();
  const random = new SeededRandom(task.seed, 'day');
  let store: Store | undefined;
  let ledger: Ledger | undefined;
  try {
    store = openSqliteStore(path);
    const opened = store;
    store.exec('PRAGMA wal_autocheckpoint = 30');
    ledger = openLedger({ store, sealingKey, random, clock });
    await runScripted({
      ...{ ledger: inProcess(ledger), clock, seed: task.seed, bills: { first: 1, count: task.bills } },
      onAcknowledged: () => acknowledge(opened, promised),
      onEffect: (number, { step, attempt }) => promised.effect(number, step, attempt),
      onFollowed: () => undefined,
    });
    ledger.close();
    return { promised, error: undefined, store: undefined, ledger: undefined };
  } catch (error) {
    return { promised, error, store, ledger };
  }
}

/** A reading that fails here is the test's own, not the ledger's: it fails the day in the same way. */
function acknowledge(store: Store, promised: Promised): void {
  const { seq, mac, outbox } = journalHead(store);
  promised.acknowledged(seq, mac, outbox);
}

async function play(error: IoError, at: number): Promise<void> {
  const how = `${error.call} ${at} ${error.error} ${error.manner}`;
  const folder = join(task.root, 'day');
  mkdirSync(folder);
  recorded();
  arm(`!fail ${error.call} ${at} ${errorNumbers[error.error]} ${error.manner}`);
  const { promised, error: thrown, store, ledger } = await day(join(folder, 'kiosk.db'));
  arm('!clear');
  runs += 1;
  const name = thrown === undefined ? 'nothing' : thrown instanceof Error ? thrown.name : 'something';
  ends[name] = (ends[name] ?? 0) + 1;
  if (thrown !== undefined && !NAMED.includes(name)) {
    findings.push({ what: `ended with ${name}: ${thrown instanceof Error ? thrown.message : ''}`, how });
  }
  if (ledger && !refusesToGoOn(ledger)) findings.push({ what: 'the ledger went on after an error', how });
  lookAtDisks(promised, at, how);
  try {
    store?.close();
  } catch {
    // It was broken on purpose.
  }
  rmSync(folder, { recursive: true, force: true });
}

function refusesToGoOn(ledger: Ledger): boolean {
  try {
    ledger.open();
    return false;
  } catch (error) {
    return error instanceof Error;
  }
}

function lookAtDisks(promised: Promised, at: number, how: string): void {
  const disk = new DiskModel();
  for (const op of recorded()) {
    if (op.do === 'open' || op.do === 'unlink') disk.apply({ ...op, path: op.path.replace(/^day\/?/, '') });
    else disk.apply(op);
  }
  for (const state of diskStates(disk, new SeededStream(task.seed, `disks ${at}`), 2)) {
    disks += 1;
    const seen = openedAfterCut(state.content, task.disks, task.seed);
    const broken = 'error' in seen ? [seen.error] : promised.broken(seen.found);
    for (const what of broken) findings.push({ what, how: `${how}, ${state.how}` });
  }
}

async function calls(): Promise<Readonly<Record<FailingCall, number>>> {
  const folder = join(task.root, 'day');
  mkdirSync(folder);
  arm('!clear');
  const { error } = await day(join(folder, 'kiosk.db'));
  if (error) throw error;
  arm('!count');
  rmSync(folder, { recursive: true, force: true });
  return JSON.parse(readFileSync(join(task.root, 'crash-counts'), 'utf8')) as Readonly<Record<FailingCall, number>>;
}

mkdirSync(task.disks, { recursive: true });
const counted = await calls();
for (const error of task.errors) {
  for (let at = 1; at <= counted[error.call]; at += task.stride) await play(error, at);
  process.send?.({
    progress: `${error.call} ${error.error} ${error.manner}: ${runs} days, ${findings.length} findings`,
  });
}
closeSync(door);
process.send?.({ result: { runs, disks, ends, findings } satisfies IoErrorResult });
