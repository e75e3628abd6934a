/**
 * Every mutant against the machine that is meant to kill it, each in a process of its own; and the code as it is under
 * the same machines, because a machine that always screams kills everything.
 */
import { fork } from 'node:child_process';
import { compiledOnce } from '../compiled-once.ts';
import type { Found } from './killing-child.ts';
import { type Killer, type Mutant, MutantTextError } from './mutant.ts';
import { mutants as all } from './mutant-list.ts';

export interface MutantRow {
  readonly name: string;
  /** The promise that was broken first. */
  readonly invariant: string | undefined;
  readonly killedBy: Killer | undefined;
  readonly runs: number;
  readonly ms: number;
  /** What broke it. */
  readonly how: string;
}

export interface MutantsResult {
  readonly total: number;
  readonly killed: number;
  readonly survivors: readonly string[];
  /** Killed, but by another promise than its row says. */
  readonly otherwise: readonly string[];
  /** Violations of the code as it is. */
  readonly falseAlarms: readonly string[];
  readonly mutants: readonly MutantRow[];
}

export interface MutantsOptions {
  readonly mutants?: readonly Mutant[];
  /** Also the code as it is. */
  readonly control: boolean;
  /** Processes side by side. */
  readonly shards: number;
  readonly onProgress?: (text: string) => void;
}

/** A machine that has found nothing after so long is stuck: that kills nobody. */
const LONGEST_MS = 240_000;

interface Job {
  readonly mutant: Mutant | undefined;
  readonly killer: Killer;
}

/** @throws MutantTextError, Error when a machine fails. */
export async function runMutants({
  mutants = all,
  control,
  shards,
  onProgress,
}: MutantsOptions): Promise<MutantsResult> {
  const controls: Job[] = control ? (['walk', 'disk'] as const).map((killer) => ({ mutant: undefined, killer })) : [];
  const jobs: readonly Job[] = [...controls, ...mutants.map((mutant) => ({ mutant, killer: mutant.killer }))];
  const rows: (MutantRow | undefined)[] = jobs.map(() => undefined);
  let next = 0;
  const shard = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      const job = jobs[at] as Job;
      const row = await judged(job);
      rows[at] = row;
      onProgress?.(
        `${row.name}: ${row.invariant ?? 'nothing found'} after ${row.runs} runs, ${row.ms} ms (${row.how})`,
      );
    }
  };
  await Promise.all(Array.from({ length: shards }, shard));
  return summed(rows.slice(controls.length), rows.slice(0, controls.length), mutants);
}

/** Every mutant killed by the promise that its row names, and the code as it is by none. */
export function isSound({ survivors, otherwise, falseAlarms }: MutantsResult): boolean {
  return survivors.length === 0 && otherwise.length === 0 && falseAlarms.length === 0;
}

async function judged({ mutant, killer }: Job): Promise<MutantRow> {
  const begun = performance.now();
  const { runs, broken } = await kill(mutant?.name ?? '', killer, mutant?.where ?? '');
  const ms = Math.round(performance.now() - begun);
  const name = mutant?.name ?? `the code as it is, ${killer}`;
  const how = broken ? `${broken.detail} <- ${broken.how}` : '';
  return { name, invariant: broken?.invariant, killedBy: broken && killer, runs, ms, how };
}

function kill(name: string, killer: Killer, where: string): Promise<Found> {
  const hook = new URL('./mutant-hook.ts', import.meta.url).href;
  const options = `--disable-warning=ExperimentalWarning --import=${hook}`;
  const child = fork(new URL('./killing-child.ts', import.meta.url), [killer, where], {
    env: { ...process.env, ...compiledOnce(), NODE_OPTIONS: options, YIZHAN_MUTANT: name },
    execArgv: [],
    stdio: ['ignore', 2, 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    errors += bytes.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    const stuck = setTimeout(() => {
      child.kill('SIGKILL');
      resolve({ runs: 0, broken: undefined });
    }, LONGEST_MS);
    child.once('message', (found: Found) => {
      clearTimeout(stuck);
      resolve(found);
      child.kill();
    });
    // After an answer this comes too late to say anything.
    child.once('exit', (code, signal) => {
      clearTimeout(stuck);
      reject(new MutantTextError(`The machine against "${name}" ended (${code ?? signal}): ${errors.slice(-800)}`));
    });
  });
}

function summed(
  rows: readonly (MutantRow | undefined)[],
  controls: readonly (MutantRow | undefined)[],
  mutants: readonly Mutant[],
): MutantsResult {
  const done = rows.filter((row) => row !== undefined);
  const survivors = done.filter(({ killedBy }) => killedBy === undefined).map(({ name }) => name);
  const declared = new Map(mutants.map(({ name, invariant }) => [name, invariant]));
  return {
    total: done.length,
    killed: done.length - survivors.length,
    survivors,
    otherwise: done
      .filter(({ name, invariant }) => invariant !== undefined && invariant !== declared.get(name))
      .map(({ name, invariant }) => `${name}: ${invariant}`),
    falseAlarms: controls.flatMap((row) => (row?.killedBy ? [`${row.name}: ${row.how}`] : [])),
    mutants: done,
  };
}
