#!/usr/bin/env node
/**
 * The doorbell. Plain JavaScript that any Node ≥ 18 can run: it makes sure that
 * the set-up is done, then runs the command line on the pinned engine.
 *
 * One promise: whatever Node is on the PATH, the program itself always runs on
 * the engine that package.json pins.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enginePath, setUp, setUpIsDone } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (!setUpIsDone(root)) {
  const done = await setUp(root, { native: 'ifPossible' });
  if (!done) process.exit(1);
}

const engine = enginePath(root);
const isPinned = engine !== undefined && existsSync(engine);
const major = Number(process.versions.node.split('.')[0]);
if (!isPinned && major < 24) {
  process.stderr.write(
    `yizhan: no pinned engine for ${process.platform}-${process.arch}, and this Node is ${process.version}.\n` +
      'Install Node 24 and run the command again, or run: npm ci --ignore-scripts\n',
  );
  process.exit(1);
}

// The child owns the terminal: signals reach it through the process group, and we wait for its word.
const child = spawn(
  isPinned ? engine : process.execPath,
  ['--disable-warning=ExperimentalWarning', join(root, 'bin', 'cli.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit', env: process.env },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`yizhan: the engine did not start: ${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
