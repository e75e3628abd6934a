/**
 * The soak: virtual years of one hall, cut into shards of a few days that any number of threads may share.
 *
 * One promise (I10): the same seed and days give the same hash, whatever the number of threads and how busy they are.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Reached } from './chance.ts';
import { compiledOnce } from './compiled-once.ts';
import { FLOWS } from './flow-table.ts';
import type { Violation } from './invariants.ts';
import { addCounts, addReached, missingCells, missingFlows } from './reached.ts';
import type { ShardResult, ShardWish } from './soak-shard.ts';

export interface SoakWish {
  readonly days: number;
  readonly seed: number;
  readonly threads: number;
  /** Fewer than usual, for a short form. */
  readonly patientsADay?: number;
  readonly onShard?: (done: number, all: number, result: ShardResult) => void;
}

export interface SoakResult {
  readonly days: number;
  readonly settlements: number;
  readonly faults: number;
  readonly crashes: number;
  /** Broken invariants, and cells and flows that a whole year must reach and did not. */
  readonly violations: number;
  readonly journalHash: string;
  readonly flows: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
  readonly slow: Readonly<Record<string, number>>;
  readonly reached: Reached;
  readonly calls: Readonly<Record<string, number>>;
  readonly missing: readonly string[];
  readonly found: readonly Violation[];
}

/** Days of one shard, noon to noon: a midnight, a night and a six-hour outage fit, and the databases stay small. */
export const SHARD_DAYS = 1;
export const PATIENTS_A_DAY = 187;
/** New objects die young here: fewer collections with more room for them, MB. */
const YOUNG_MB = 64;
/** From here on the reached table is part of the verdict. */
const WHOLE_YEAR = 365;
/** A smaller memory file system is left to others, bytes. */
const ROOM = 400_000_000;

/** Where databases live that no power cut will ever meet. */
export function memoryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    if (bavail * bsize > ROOM) return '/dev/shm';
  } catch {
    // No such place on this machine.
  }
  return tmpdir();
}

export function shardsOf(
  days: number,
  seed: number,
  folder: string,
  patientsADay = PATIENTS_A_DAY,
): readonly ShardWish[] {
  return Array.from({ length: Math.ceil(days / SHARD_DAYS) }, (_, shard) => ({
    seed,
    shard,
    days: Math.min(SHARD_DAYS, days - shard * SHARD_DAYS),
    firstDay: shard * SHARD_DAYS,
    patientsADay,
    folder,
  }));
}

export async function soak({ days, seed, threads, patientsADay, onShard }: SoakWish): Promise<SoakResult> {
  const folder = mkdtempSync(join(memoryFolder(), 'yizhan-soak-'));
  try {
    const wishes = shardsOf(days, seed, folder, patientsADay);
    let done = 0;
    const results = await inThreads(wishes, threads, (result) => {
      done += 1;
      onShard?.(done, wishes.length, result);
    });
    return combined(days, results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whoever is free takes the next shard; results come back in the order of the shards. */
async function inThreads(
  wishes: readonly ShardWish[],
  threads: number,
  onResult: (result: ShardResult) => void,
): Promise<readonly ShardResult[]> {
  const results: ShardResult[] = [];
  let next = 0;
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./soak-thread.ts', import.meta.url), {
        env: { ...process.env, ...compiledOnce() },
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      });
      const give = (): void => {
        const wish = wishes[next];
        next += 1;
        worker.postMessage(wish ?? 'enough');
      };
      worker.on('message', (result: ShardResult) => {
        results[result.shard] = result;
        onResult(result);
        give();
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
      give();
    });
  await Promise.all(Array.from({ length: Math.min(threads, wishes.length) }, work));
  return results;
}

export function combined(days: number, results: readonly ShardResult[]): SoakResult {
  const hash = createHash('sha256');
  const [flows, ends, slow, calls]: Record<string, number>[] = [{}, {}, {}, {}];
  const reached: Reached = {};
  let [settlements, faults, crashes, broken] = [0, 0, 0, 0];
  for (const result of results) {
    hash.update(result.hash);
    settlements += result.settlements;
    faults += result.faults;
    crashes += result.crashes;
    broken += result.violationCount;
    addCounts(flows as Record<string, number>, result.flows);
    addCounts(ends as Record<string, number>, result.ends);
    addCounts(slow as Record<string, number>, result.slow);
    addCounts(calls as Record<string, number>, result.calls);
    addReached(reached, result.reached);
  }
  const kinds = FLOWS.map(({ kind }) => kind);
  const missing =
    days < WHOLE_YEAR ? [] : [...missingCells(reached), ...missingFlows(kinds, flows as Record<string, number>)];
  return {
    days,
    settlements,
    faults,
    crashes,
    violations: broken + missing.length,
    journalHash: hash.digest('hex'),
    flows: flows ?? {},
    ends: ends ?? {},
    slow: slow ?? {},
    reached,
    calls: calls ?? {},
    missing,
    found: results.flatMap(({ violations }) => violations).slice(0, 20),
  };
}
