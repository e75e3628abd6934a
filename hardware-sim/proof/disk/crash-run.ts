/**
 * `yizhan sim crash`: records, explores on two processes, and adds up what was found.
 *
 * One promise: the same seed and recordings give the same disks and the same findings, however the shards were dealt.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compiledOnce } from '../compiled-once.ts';
import { buildRecorder } from './build-recorder.ts';
import type { Explored, Violation } from './explore.ts';
import type { ShardTask } from './explore-child.ts';
import { fastFolder } from './fast-folder.ts';
import type { Recording } from './recordings.ts';

export interface CrashOptions {
  readonly seed: number;
  readonly recordings: readonly Recording[];
  /** Processes that work side by side. */
  readonly shards: number;
  readonly onProgress?: (text: string) => void;
}

export interface CrashResult {
  /** Distinct disks that were opened. */
  readonly states: number;
  /** Settlements that were found open on them, were taken up again and came to their end. */
  readonly resumed: number;
  /** The same by flow. */
  readonly flows: Readonly<Record<string, number>>;
  readonly violations: number;
  /** Recorded operations after which cuts fell. */
  readonly operations: number;
  readonly recordings: number;
  readonly seed: number;
  readonly findings: readonly Violation[];
}

/** @throws NoRecorderError, Error when a shard fails. */
export async function runCrash(options: CrashOptions): Promise<CrashResult> {
  const { seed, recordings: tasks, shards, onProgress } = options;
  // Said now, once, rather than by every shard.
  buildRecorder();
  const results = new Array<Explored | undefined>(tasks.length);
  const folder = mkdtempSync(join(fastFolder(), 'yizhan-crash-'));
  let next = 0;
  let done = 0;
  try {
    const shard = async (number: number): Promise<void> => {
      const child = fork(new URL('./explore-child.ts', import.meta.url), [], {
        execArgv: ['--disable-warning=ExperimentalWarning'],
        env: { ...process.env, ...compiledOnce() },
        stdio: ['ignore', 2, 2, 'ipc'],
      });
      try {
        for (let at = next++; at < tasks.length; at = next++) {
          const recording = tasks[at] as Recording;
          results[at] = await ask(child, { recording, folder: join(folder, `shard-${number}`), seed: seed + at });
          done += 1;
          onProgress?.(progress(recording, results[at], done, tasks.length));
        }
      } finally {
        child.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: Math.min(shards, tasks.length) }, (_, number) => shard(number)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return summed(
    results.filter((result) => result !== undefined),
    seed,
  );
}

function ask(child: ChildProcess, task: ShardTask): Promise<Explored> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`A shard of the explorer ended (${code}).`));
    child.once('exit', ended);
    child.once('message', (answer: { explored: Explored } | { failed: string }) => {
      child.off('exit', ended);
      if ('explored' in answer) resolve(answer.explored);
      else reject(new Error(answer.failed));
    });
    child.send(task);
  });
}

function progress({ name }: Recording, result: Explored | undefined, done: number, of: number): string {
  const found = result?.violations.reduce((sum, { times }) => sum + times, 0) ?? 0;
  return `${done}/${of} ${name}: ${result?.ops} operations, ${result?.hashes.length} disks, ${found} violations`;
}

function summed(results: readonly Explored[], seed: number): CrashResult {
  const findings = new Map<string, Violation>();
  for (const violation of results.flatMap(({ violations }) => violations)) {
    const known = findings.get(violation.what);
    findings.set(violation.what, known ? { ...known, times: known.times + violation.times } : violation);
  }
  const flows: Record<string, number> = {};
  for (const [flow, times] of results.flatMap(({ resumed }) => Object.entries(resumed))) {
    flows[flow] = (flows[flow] ?? 0) + times;
  }
  const sum = (of: (result: Explored) => number): number => results.reduce((total, result) => total + of(result), 0);
  return {
    states: new Set(results.flatMap(({ hashes }) => hashes)).size,
    resumed: Object.values(flows).reduce((total, times) => total + times, 0),
    flows,
    violations: [...findings.values()].reduce((total, { times }) => total + times, 0),
    operations: sum(({ ops }) => ops),
    recordings: results.length,
    seed,
    findings: [...findings.values()].sort((one, other) => other.times - one.times),
  };
}
