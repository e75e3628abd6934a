#!/usr/bin/env node
/**
 * `npm run test:kernel`: does its own set-up and runs the kernel guest on the pinned engine.
 *
 * Words given are passed on: names of cases, `--arch arm64`, `--verbose`, `--write`.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enginePath, installTestPackages, kernelGuestPackages, setUp } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
installTestPackages(kernelGuestPackages);
if (!(await setUp(root, { native: 'ifPossible' }))) process.exit(1);
const engine = enginePath(root) ?? process.execPath;
const runner = join(root, 'test', 'kernel', 'run.ts');
const run = spawnSync(engine, ['--disable-warning=ExperimentalWarning', runner, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
