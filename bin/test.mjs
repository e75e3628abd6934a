#!/usr/bin/env node
/**
 * `npm test`: does all its own set-up, runs every test on the pinned engine and
 * ends with `N passed, N failed`. Words given are passed on to the test runner.
 *
 * It also leaves the results, stamped with the tree's hash, for `yizhan clauses`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enginePath, installTestPackages, setUp } from './setup.mjs';
import { treeHash } from './tree-hash.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);

installTestPackages();
if (!(await setUp(root, { native: 'ifPossible' }))) process.exit(1);

const cache = join(root, '.cache');
const raw = join(cache, 'vitest.json');
mkdirSync(cache, { recursive: true });
rmSync(raw, { force: true });

const engine = enginePath(root) ?? process.execPath;
const runner = spawnSync(
  engine,
  [
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${raw}`,
    ...words,
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: `${dirname(engine)}:${process.env.PATH}` } },
);

let report;
try {
  report = JSON.parse(readFileSync(raw, 'utf8'));
} catch {
  process.stdout.write('The test runner left no results.\n0 passed, 1 failed\n');
  process.exit(1);
}

const tests = report.testResults.flatMap((file) =>
  file.assertionResults.map((test) => ({
    file: relative(root, file.name),
    title: test.fullName ?? test.title,
    state: test.status === 'passed' ? 'passed' : test.status === 'failed' ? 'failed' : 'skipped',
    why: test.meta?.skipReason,
  })),
);
// A file that could not even be loaded has no tests of its own and must still count.
const brokenFiles = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
const count = (state) => tests.filter((test) => test.state === state).length;
const failed = count('failed') + brokenFiles.length;

// Clauses are shown by the usual run, whole.
if (words.length === 0 && !process.env['YIZHAN_LONG']) {
  writeFileSync(
    join(cache, 'test-results.json'),
    JSON.stringify({ tree: treeHash(root), tests: tests.map(({ file, title, state }) => ({ file, title, state })) }),
  );
}

for (const test of tests.filter((one) => one.state === 'skipped')) {
  process.stdout.write(`skipped: ${test.file}: ${test.title}${test.why ? ` (${test.why})` : ''}\n`);
}
for (const file of brokenFiles) process.stdout.write(`failed to load: ${relative(root, file.name)}\n`);
process.stdout.write(
  `${count('passed')} passed, ${failed} failed${count('skipped') ? `, ${count('skipped')} skipped` : ''}\n`,
);
process.exit(failed > 0 || runner.status !== 0 ? 1 : 0);
