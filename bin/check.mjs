#!/usr/bin/env node
/** `npm run check`: types, lint and format, house rules. Exit 1 when one of them complains. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enginePath, setUp } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (!(await setUp(root, { native: 'ifPossible' }))) process.exit(1);
const engine = enginePath(root) ?? process.execPath;

const steps = [
  ['types', [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', root]],
  [
    'lint and format',
    [join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', root],
  ],
  ['house rules', [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'test/house-rules']],
];
let good = true;
for (const [name, args] of steps) {
  const result = spawnSync(engine, args, { cwd: root, stdio: 'inherit' });
  process.stdout.write(`${name}: ${result.status === 0 ? 'clean' : 'trouble'}\n`);
  good &&= result.status === 0;
}
process.exit(good ? 0 : 1);
