/**
 * The guest's side of the run: loads each case's kernel modules and runs it in a process of its own.
 *
 * One promise: every case that was asked for is answered on the console by a
 * marked line, also the one that hangs or takes its process with it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { release } from 'node:os';
import type { CaseEnd } from './case-run.ts';
import { CASES } from './cases.ts';
import { GUEST_MARK, type GuestWord } from './guest-words.ts';

function say(word: GuestWord): void {
  process.stdout.write(`\n${GUEST_MARK}${JSON.stringify(word)}\n`);
}

function runOne(name: string): Promise<CaseEnd> {
  const known = CASES[name];
  if (!known) return Promise.resolve({ state: 'failed', why: `no case is called ${name}`, steps: [] });
  for (const [module, ...parameters] of known.modules) {
    if (!module) continue;
    const loaded = spawnSync('kernel-module', [module, ...parameters], { encoding: 'utf8' });
    if (loaded.status !== 0) {
      const why = `Debian's kernel ${release()} has no module ${module} (${loaded.stderr.trim()})`;
      return Promise.resolve({ state: 'gap', why, steps: [] });
    }
  }
  return new Promise((resolve) => {
    const file = new URL(`cases/${name}.ts`, import.meta.url).pathname;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
      stdio: ['ignore', 'pipe', 2],
      detached: true,
    });
    let said = '';
    let why = '';
    const end = (): void => {
      clearTimeout(deadline);
      const line = said.trim().split('\n').at(-1) ?? '';
      try {
        resolve(JSON.parse(line) as CaseEnd);
      } catch {
        resolve({ state: 'failed', why: why || `its process ended without a word`, steps: [] });
      }
    };
    const deadline = setTimeout(() => {
      why = `not over within ${known.limitMs} ms`;
      // A process that waits in the kernel for ever can't be ended: nobody waits for it.
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
      end();
    }, known.limitMs);
    child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
    });
    child.on('exit', (status, signal) => {
      if (status !== 0) why = `its process ended with ${signal ?? status}`;
    });
    child.on('close', end);
  });
}

say({ word: 'started', kernel: release(), engine: process.version, architecture: process.arch });
for (const name of process.argv.slice(2)) {
  const begin = performance.now();
  const end = await runOne(name);
  say({ word: 'case', name, seconds: Math.round((performance.now() - begin) / 100) / 10, ...end });
}
say({ word: 'over' });
process.exit(0);
