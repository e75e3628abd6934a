#!/usr/bin/env node
/** `npm run test:fuzz`: the coverage-guided loop over every parser of untrusted bytes, on the pinned engine. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enginePath, setUp } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (!(await setUp(root, { native: 'ifPossible' }))) process.exit(1);
const engine = enginePath(root) ?? process.execPath;
const loop = join(root, 'test', 'fuzz', 'fuzz.ts');
const options = ['--disable-warning=ExperimentalWarning', loop, ...process.argv.slice(2)];
process.exit(spawnSync(engine, options, { cwd: root, stdio: 'inherit' }).status ?? 1);
