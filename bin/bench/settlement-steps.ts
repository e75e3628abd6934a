/**
 * One durable step of a settlement beside one raw append with its flush, in turns; and what a settlement costs
 * in commits and in processor time.
 */
import { join } from 'node:path';
import { systemClock } from '../../drivers/system-clock.ts';
import type { Store } from '../../firmware/ports.ts';
import { openLedger } from '../../firmware/settlement/ledger.ts';
import type { Ledger, Step } from '../../firmware/settlement/settlement-ledger.ts';
import { openSqliteStore } from '../../firmware/world/sqlite-store.ts';
import { quantile } from '../../hardware-sim/bench/quantile.ts';
import { answerTo, benchOrder, EFFECTS, kiosk, random, sealingKey } from './bench-bill.ts';
import { type BenchResult, type BenchRow, ratioRow, roundsOf } from './bench-row.ts';
import { inMemory, RawLog, removeFolder } from './flush-folder.ts';
import { walContent } from './wal-commits.ts';

/** design.md section 14 */
const TARGET_STEP = 1.3;
/** A kiosk year has 730,000 commits and is to pass in 60 s of processor time. */
const TARGET_CPU_MICROSECONDS = 82;
/** Until the write-ahead log has been filled once and has its size. */
const WARM_UPS = 80;

/** One bill to its end; `step` runs around each thing that is journaled. */
function settle(ledger: Ledger, bill: number, step: (work: () => Step) => Step): void {
  let { action, status } = step(() => ledger.begin(benchOrder(bill)));
  while (action.do === 'call') {
    const found = answerTo(action.call);
    ({ action, status } = step(() => ledger.report(status.number, found)));
  }
  if (status.view.state !== 'settled') throw new Error(`The settlement is ${status.view.state}.`);
}

const plain = (work: () => Step): Step => work();

function openOn(store: Store): Ledger {
  const ledger = openLedger({ store, sealingKey, random, clock: systemClock });
  ledger.resume(kiosk);
  return ledger;
}

/** Bytes of the entries of one commit with their codes, as the raw append writes them. */
function payloadBytes(store: Store, commits: number): number {
  const bytes = store.get('SELECT sum(length(CAST(body AS BLOB)) + length(prev) + length(mac)) AS n FROM journal')?.[
    'n'
  ];
  return Math.round(Number(bytes) / commits);
}

export function durableStep(folder: string, share: number): readonly BenchResult[] {
  const file = join(folder, 'steps.db');
  const store = openSqliteStore(file);
  const ledger = openOn(store);
  const commits = commitRow(file, ledger);
  for (let bill = 1; bill < WARM_UPS; bill += 1) settle(ledger, bill, plain);
  const bytes = payloadBytes(store, WARM_UPS * (EFFECTS + 1));
  const logs = (['fdatasync', 'fsync'] as const).map((flush) => ({
    log: new RawLog(folder, flush, bytes),
    floors: [] as number[],
  }));
  const values: number[] = [];
  const timed = <Result>(into: number[], work: () => Result): Result => {
    const startedMs = performance.now();
    const result = work();
    into.push((performance.now() - startedMs) * 1_000);
    return result;
  };
  const rounds = roundsOf(300, share, 3);
  for (let round = 0; round < rounds; round += 1) {
    settle(ledger, WARM_UPS + round, (work) => {
      // Each comes first as often as last: a flush after a busy one is not the same.
      const floors = round % 2 === 0 ? logs : [...logs].reverse();
      if (round % 4 < 2) for (const { log, floors: into } of floors) timed(into, () => log.append());
      const step = timed(values, work);
      if (round % 4 >= 2) for (const { log, floors: into } of floors) timed(into, () => log.append());
      return step;
    });
  }
  ledger.close();
  for (const { log } of logs) log.close();
  const [data, whole] = logs;
  const row = (name: string, floors: readonly number[], targetRatio: number | null, note: string): BenchRow =>
    ratioRow({ name, unit: 'µs', values, floors, targetRatio, note });
  return [
    row('settlement.step', data?.floors ?? [], TARGET_STEP, `${bytes} bytes appended, fdatasync`),
    row(
      'settlement.step.fsync',
      whole?.floors ?? [],
      null,
      'beside append + fsync, which is what the engine’s SQLite calls',
    ),
    commits,
  ];
}

/** The first settlement of a new file: no checkpoint falls into it. */
function commitRow(file: string, ledger: Ledger): BenchRow {
  const before = walContent(`${file}-wal`);
  settle(ledger, 0, plain);
  const after = walContent(`${file}-wal`);
  const value = after.commits - before.commits;
  const floor = EFFECTS + 1;
  return {
    ...{ name: 'settlement.commits', value, unit: 'commits', floor, ratio: value / floor, target: 1 },
    ...{ targetOf: 'ratio', ok: value <= floor },
    note: `${EFFECTS} effects; ${after.frames - before.frames} pages written`,
  };
}

/** Processor time of one commit, all in, on storage that flushes nothing; beside a one-row transaction of the engine. */
export function processorTime(share: number): BenchResult {
  const folder = inMemory();
  if (folder === undefined) return { name: 'settlement.cpu', skipped: 'no memory-backed storage (/dev/shm)' };
  const store = openSqliteStore(join(folder, 'cpu.db'));
  const ledger = openOn(store);
  const bare = openSqliteStore(join(folder, 'bare.db'));
  bare.exec('CREATE TABLE entry(seq INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
  const values: number[] = [];
  const floors: number[] = [];
  const each = (into: number[], count: number, work: () => void): void => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    into.push((user + system) / count);
  };
  const BILLS = 400;
  const chunk = BILLS * (EFFECTS + 1);
  let bill = 0;
  const settleMany = (): void => {
    for (const last = bill + BILLS; bill < last; bill += 1) settle(ledger, bill, plain);
  };
  settleMany();
  const payload = new Uint8Array(payloadBytes(store, chunk));
  for (let round = roundsOf(15, share, 2); round > 0; round -= 1) {
    each(values, chunk, settleMany);
    each(floors, chunk, () => {
      for (let row = 0; row < chunk; row += 1) {
        bare.transaction(() => bare.run('INSERT INTO entry(body) VALUES(?)', payload));
      }
    });
  }
  ledger.close();
  bare.close();
  removeFolder(folder);
  const value = quantile(values, 0.5);
  const floor = quantile(floors, 0.5);
  return {
    ...{ name: 'settlement.cpu', value, unit: 'µs', floor, ratio: value / floor, target: TARGET_CPU_MICROSECONDS },
    ...{ targetOf: 'value', ok: value <= TARGET_CPU_MICROSECONDS },
    note: 'processor time of a commit on memory-backed storage, beside a one-row transaction',
  };
}
