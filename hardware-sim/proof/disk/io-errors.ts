/**
 * I/O errors on the n-th call of the engine, for all n: starts the program that plays them under the recorder.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compiledOnce } from '../compiled-once.ts';
import { buildRecorder } from './build-recorder.ts';
import { fastFolder } from './fast-folder.ts';
import type { IoErrorResult, IoErrorTask } from './io-error-child.ts';
import type { IoError } from './io-error-table.ts';

export interface IoErrorOptions {
  readonly seed: number;
  /** Bills that the short day settles. */
  readonly bills: number;
  readonly errors: readonly IoError[];
  /** Every how many calls one fails; 1 = each. */
  readonly stride: number;
  readonly onProgress?: (text: string) => void;
}

/** @throws NoRecorderError, Error when the program ends without a result. */
export function playIoErrors({ seed, bills, errors, stride, onProgress }: IoErrorOptions): Promise<IoErrorResult> {
  const library = buildRecorder();
  const folder = mkdtempSync(join(fastFolder(), 'yizhan-io-'));
  const [root, log, disks] = [join(folder, 'root'), join(folder, 'log'), join(folder, 'disks')];
  mkdirSync(root);
  const task: IoErrorTask = { root, log, disks, seed, bills, errors, stride };
  const child = fork(new URL('./io-error-child.ts', import.meta.url), [JSON.stringify(task)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {
      ...process.env,
      ...compiledOnce(),
      LD_PRELOAD: library,
      YIZHAN_DISK_ROOT: root,
      YIZHAN_DISK_LOG: log,
      UV_USE_IO_URING: '0',
    },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  return new Promise<IoErrorResult>((resolve, reject) => {
    child.on('message', (said: { readonly progress: string } | { readonly result: IoErrorResult }) => {
      if ('result' in said) resolve(said.result);
      else onProgress?.(said.progress);
    });
    child.once('exit', (code) => reject(new Error(`The program with the I/O errors ended (${code}).`)));
  }).finally(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
}
