/**
 * A world is run once and its kiosk's ledger taped; then the tape is played by production's ledger under the write
 * recorder, each life in a process of its own.
 *
 * One promise: what was recorded answered every question as the world heard it, or nothing comes back.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { packArgs, packValue } from '../../../firmware/settlement/ledger-messages.ts';
import type { FlowKind } from '../flow-table.ts';
import { SqliteDisk } from '../sqlite-disk.ts';
import { buildRecorder } from './build-recorder.ts';
import { CrashWorld } from './crash-world.ts';
import { sealingKey } from './recorded-order.ts';
import { runRecorded } from './run-recorded.ts';
import type { Sabotage } from './sabotage.ts';
import { CallRandom, type Tape, type TapeEntry, taping } from './tape.ts';
import { type DiskOp, readWriteLog } from './write-log.ts';

/** One recorded world. */
export interface MoneyPlan {
  readonly seed: number;
  /** What the first patients come with; more follows from it. */
  readonly flows: readonly FlowKind[];
  readonly ledger: 'thisThread' | 'worker';
  readonly sabotage?: Sabotage;
  readonly checkpointPages?: number;
}

/** What the recorded program is told. */
export interface TapedLife extends Omit<MoneyPlan, 'flows'> {
  readonly folder: string;
  /** File with the whole tape; this life is entries `from` … `to − 1`. */
  readonly tape: string;
  readonly from: number;
  readonly to: number;
}

export interface RecordedTape {
  readonly tape: Tape;
  readonly ops: readonly DiskOp[];
}

/** @param folder made and removed here. */
export async function recordTape(folder: string, plan: MoneyPlan): Promise<RecordedTape> {
  const library = buildRecorder();
  const data = join(folder, 'data');
  const [log, file] = [join(folder, 'write-log'), join(folder, 'tape')];
  mkdirSync(data, { recursive: true });
  try {
    const tape = tapeOf(folder, plan);
    writeFileSync(file, serialize(tape.map(sent)));
    const { flows: _, ...told } = plan;
    const ops: DiskOp[] = [];
    for (const [from, to] of livesOf(tape)) {
      const life: TapedLife = { ...told, folder: data, tape: file, from, to };
      const env = { LD_PRELOAD: library, YIZHAN_DISK_ROOT: data, YIZHAN_DISK_LOG: log };
      const ended = await runRecorded('./taped-child.ts', life, env);
      const expected = tape[to - 1]?.call === 'close' ? 'ok' : 'SIGKILL';
      if (ended !== expected) throw new Error(`A taped life ended: ${ended}`);
      ops.push(...readWriteLog(readFileSync(log)));
    }
    if (!ops.some((op) => op.do === 'sync')) {
      throw new Error('The recorder saw no flush: it is not in the way of the engine.');
    }
    return { tape, ops };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error when the world was not sound without any cut. */
function tapeOf(folder: string, { seed, flows }: MoneyPlan): TapeEntry[] {
  const disk = new SqliteDisk(folder, 'world', sealingKey);
  const random = new CallRandom(seed);
  const tape: TapeEntry[] = [];
  const openLedger = taping(tape, random, disk.intents);
  const world = new CrashWorld({ seed, flows, disk, random, openLedger });
  world.toTheEnd();
  disk.remove();
  const [first] = world.site.violations;
  if (first) throw new Error(`The world of seed ${seed} is broken without a cut: ${first.invariant} ${first.detail}`);
  return tape;
}

function livesOf(tape: Tape): readonly (readonly [from: number, to: number])[] {
  const begins = tape.flatMap(({ call }, place) => (call === 'openDisk' ? [place] : []));
  return begins.map((from, life) => [from, begins[life + 1] ?? tape.length]);
}

function sent(entry: TapeEntry): TapeEntry {
  if (entry.call === 'openDisk') return entry;
  return {
    ...entry,
    args: packArgs(entry.call, entry.args),
    reply: packValue(entry.call, entry.reply ?? NOTHING[entry.call]),
  };
}

/** What a call that threw would have answered, for the packing. */
const NOTHING: Partial<Readonly<Record<string, unknown>>> = { resume: [] };
