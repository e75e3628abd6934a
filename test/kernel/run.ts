/**
 * `npm run test:kernel`: the unmodified native libraries and our transports on a real kernel's buses.
 *
 * One promise: it says passed only for cases that ran and held; a kernel, a door
 * or a program that is missing is named, and the run ends in bounded time.
 * Words: names of cases; `--arch arm64` for the other guest; `--write` keeps the
 * result in `docs/kernel-guest.md`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CASES } from './cases.ts';
import { buildFirstFiles } from './guest-image.ts';
import { runGuest } from './guest-run.ts';
import { guestWord } from './guest-words.ts';
import { guestFor } from './guests.ts';
import { type CaseWord, keepResult } from './kept-result.ts';
import { cacheFolder, GuestMissing } from './unpacked-package.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { arch: { type: 'string', default: 'amd64' }, verbose: { type: 'boolean' }, write: { type: 'boolean' } },
});
const architecture = values.arch === 'arm64' ? 'arm64' : 'amd64';
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Twenty times what it takes on two idle cores. */
const BOOT_MS = 120_000;

function show(end: CaseWord): void {
  const mark = { passed: 'passed', failed: 'FAILED', gap: 'gap   ' }[end.state];
  say(`${mark}  ${end.name} (${end.seconds} s)${end.why ? `: ${end.why}` : ''}`);
  if (values.verbose || end.state !== 'passed')
    for (const { claim, ms } of end.steps) say(`          ${claim}: ${ms} ms`);
}

const wanted =
  positionals.length > 0
    ? positionals
    : Object.keys(CASES).filter((name) => CASES[name]?.architectures.includes(architecture));
const work = mkdtempSync(join(tmpdir(), 'yizhan-kernel-guest-'));
const begin = performance.now();
const ends: CaseWord[] = [];
let engine = 'unknown';
try {
  const guest = guestFor(architecture);
  const logFile = join(cacheFolder(), `console-${architecture}.log`);
  const firstFiles = buildFirstFiles(work, { ...guest, command: guest.command(wanted) });
  say(`kernel ${guest.kernel.release}, emulated; built in ${Math.round(performance.now() - begin)} ms`);
  const boot = performance.now();
  const limit = BOOT_MS + wanted.reduce((sum, name) => sum + (CASES[name]?.limitMs ?? 0), 0);
  const end = await runGuest({
    ...guest,
    firstFiles,
    deadlineMs: limit,
    logFile,
    onLine: (line) => {
      const word = guestWord(line);
      if (word?.word === 'started') engine = word.engine;
      if (word?.word === 'started') say(`engine ${word.engine} after ${Math.round(performance.now() - boot)} ms`);
      if (word?.word !== 'case') return;
      ends.push(word);
      show(word);
    },
  });
  for (const name of wanted.filter((one) => !ends.some((end) => end.name === one))) {
    const why =
      end.how === 'deadline' ? 'the guest was ended at its deadline' : `the guest ended before it (${end.detail})`;
    const missed: CaseWord = { word: 'case', name, seconds: 0, state: 'failed', why, steps: [] };
    ends.push(missed);
    show(missed);
  }
  const seconds = (performance.now() - begin) / 1000;
  if (values.write) keepResult({ architecture, kernel: guest.kernel.release, engine, seconds, cases: ends });
  const count = (state: string): number => ends.filter((one) => one.state === state).length;
  say(`${count('passed')} passed, ${count('failed')} failed, ${count('gap')} without a door, ${seconds.toFixed(1)} s`);
  if (count('failed') > 0) say(`the guest's console: ${logFile}`);
  process.exitCode = count('failed') > 0 || count('passed') === 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof GuestMissing)) throw error;
  say(`not run: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
