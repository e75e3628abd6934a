#!/usr/bin/env node
/** `npm run test:screens`: every screen in every look in a real Chromium, on the pinned engine. `--help` says more. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enginePath, installTestPackages, setUp } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);
if (!words.includes('--help')) {
  installTestPackages();
  if (!(await setUp(root, { native: 'ifPossible' }))) process.exit(1);
}
const engine = enginePath(root) ?? process.execPath;
const matrix = join(root, 'test', 'browser', 'screens', 'matrix.ts');
const options = ['--disable-warning=ExperimentalWarning', matrix, ...words];
process.exit(spawnSync(engine, options, { cwd: root, stdio: 'inherit' }).status ?? 1);
