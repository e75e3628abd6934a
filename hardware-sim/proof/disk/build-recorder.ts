/**
 * The write recorder as a library that can be preloaded, compiled on demand.
 *
 * One promise: a machine without a C compiler is told so in one sentence.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** This machine can't record writes; the sentence says what to install. */
export class NoRecorderError extends Error {
  override readonly name = 'NoRecorderError';
}

/** Path of the library, built once for each edition of its source. @throws NoRecorderError */
export function buildRecorder(): string {
  if (process.platform !== 'linux') throw new NoRecorderError('The write recorder needs Linux (LD_PRELOAD).');
  const source = new URL('./write-recorder.c', import.meta.url);
  const edition = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `yizhan-recorder-${process.getuid?.() ?? 0}`);
  const library = join(folder, `write-recorder-${edition}.so`);
  if (existsSync(library)) return library;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fresh = `${library}.${process.pid}`;
  const built = spawnSync('cc', ['-O2', '-shared', '-fPIC', '-o', fresh, source.pathname, '-ldl', '-lpthread'], {
    encoding: 'utf8',
  });
  if (built.error) {
    throw new NoRecorderError('There is no C compiler, and the write recorder is a C library: apt-get install gcc.');
  }
  if (built.status !== 0) {
    throw new NoRecorderError(`The write recorder does not build (apt-get install gcc): ${built.stderr.slice(0, 400)}`);
  }
  renameSync(fresh, library);
  return library;
}
