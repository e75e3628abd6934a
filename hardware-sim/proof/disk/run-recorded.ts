/**
 * A program under the write recorder, run to its end.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** → 'ok', the signal that ended it, or what went wrong. */
export function runRecorded(file: string, told: unknown, env: Readonly<Record<string, string>>): Promise<string> {
  const program = fileURLToPath(new URL(file, import.meta.url));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(told)], {
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
