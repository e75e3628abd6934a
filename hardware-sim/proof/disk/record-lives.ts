/**
 * Runs the lives of one kiosk, each in a process of its own under the write recorder, on one folder.
 *
 * One promise: the operations that come back are all changes below the folder, over all lives, in their order.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRecorder } from './build-recorder.ts';
import { type RecordedLife, readMark } from './marks.ts';
import { type DiskOp, readWriteLog } from './write-log.ts';

export type LifePlan = Omit<RecordedLife, 'folder' | 'startMs'>;

/** @param folder made and removed here; on tmpfs this is quick. */
export async function recordLives(folder: string, lives: readonly LifePlan[]): Promise<readonly DiskOp[]> {
  const library = buildRecorder();
  const data = join(folder, 'data');
  const log = join(folder, 'write-log');
  mkdirSync(data, { recursive: true });
  const ops: DiskOp[] = [];
  try {
    for (const life of lives) {
      const told: RecordedLife = { ...life, folder: data, startMs: lastTime(ops) };
      const ended = await runChild(told, { LD_PRELOAD: library, YIZHAN_DISK_ROOT: data, YIZHAN_DISK_LOG: log });
      if (ended !== (life.killAfter === undefined ? 'ok' : 'SIGKILL'))
        throw new Error(`A recorded life ended: ${ended}`);
      ops.push(...readWriteLog(readFileSync(log)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (!ops.some((op) => op.do === 'sync'))
    throw new Error('The recorder saw no flush: it is not in the way of the engine.');
  return ops;
}

function lastTime(ops: readonly DiskOp[]): number {
  const times = ops.flatMap((op) => {
    const mark = op.do === 'mark' ? readMark(op.text) : undefined;
    return mark?.mark === 'time' ? [mark.ms] : [];
  });
  return times.at(-1) ?? 0;
}

function runChild(life: RecordedLife, env: Readonly<Record<string, string>>): Promise<string> {
  const program = fileURLToPath(new URL('./recorded-child.ts', import.meta.url));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(life)], {
      env: { ...process.env, ...env, UV_USE_IO_URING: '0' },
      stdio: ['ignore', 2, 'pipe'],
    });
    let errors = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      errors += bytes.toString('utf8');
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? (code === 0 ? 'ok' : `code ${code}: ${errors.slice(-800)}`)));
  });
}
