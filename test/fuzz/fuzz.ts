/** `npm run test:fuzz`: every target for so many seconds, two at once. What breaks a promise is written into the corpus, and the run fails. */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { keep } from './corpus.ts';
import type { FuzzTarget } from './target.ts';
import { allTargets, targetNamed } from './targets/all-targets.ts';

interface Told {
  readonly runs: number;
  readonly reached: number;
  readonly counters: number;
  readonly kept: readonly string[];
  readonly found: readonly { readonly what: string; readonly bytes: string }[];
}

const AT_ONCE = 2;
const HELP = `npm run test:fuzz [-- --seconds N] [--target NAME] [--seed N] [--keep N] [--json]

Attacks every parser of untrusted bytes, led by which ways of its code are taken, two parsers at once.

  --seconds N    for each parser (default 20)
  --target NAME  one parser only: ${allTargets.map(({ name }) => name).join(', ')}
  --seed N       another run (default 1)
  --keep N       writes the N shortest inputs that took a new way into test/fuzz/corpus, too
  --json         {"targets":[{"target","runs","found"}],"broken"}

What breaks a promise is written into the corpus. Exit 0 when nothing did, 1 when something did,
2 when the words are not understood.`;

const { values, targets } = asked();
const results: { readonly target: string; readonly runs: number; readonly found: number }[] = [];
let next = 0;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let target = targets[next++]; target; target = targets[next++]) await one(target);
  }),
);
const broken = results.reduce((sum, { found }) => sum + found, 0);
process.stderr.write(`${results.length} targets, ${broken} broken promises\n`);
if (values.json === true) process.stdout.write(`${JSON.stringify({ targets: results, broken })}\n`);
process.exitCode = broken === 0 && results.length === targets.length ? 0 : 1;

function asked() {
  try {
    const { values: given } = parseArgs({
      options: {
        seconds: { type: 'string', default: '20' },
        target: { type: 'string' },
        seed: { type: 'string', default: '1' },
        keep: { type: 'string', default: '0' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (given.help === true) {
      process.stdout.write(`${HELP}\n`);
      process.exit(0);
    }
    for (const name of ['seconds', 'seed', 'keep'] as const) {
      if (!/^\d+$/.test(given[name])) throw new Error(`--${name} is a number, not "${given[name]}".`);
    }
    return { values: given, targets: given.target === undefined ? [...allTargets] : [targetNamed(given.target)] };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}\n`);
    process.exit(2);
  }
}

async function one(target: FuzzTarget): Promise<void> {
  const { runs, reached, counters, kept, found } = await ask(target);
  for (const { what, bytes } of found) {
    const name = keep(target.name, Buffer.from(bytes, 'hex'));
    process.stderr.write(`${target.name}: ${what}\n    ${bytes.slice(0, 200)} (kept as ${name})\n`);
  }
  const shortest = [...kept].sort((a, b) => a.length - b.length).slice(0, Number(values.keep));
  for (const bytes of shortest) keep(target.name, Buffer.from(bytes, 'hex'));
  const share = counters === 0 ? 'nothing to cover' : `${reached} of ${counters} ways`;
  process.stderr.write(`${target.name}: ${runs} runs, ${share}, ${kept.length} kept, ${found.length} broken\n`);
  // A target that covers nothing is led by nothing: its row is wrong.
  results.push({ target: target.name, runs, found: found.length + (counters === 0 ? 1 : 0) });
}

function ask(target: FuzzTarget): Promise<Told> {
  const hook = new URL('./instrument.ts', import.meta.url).href;
  const child = fork(
    new URL('./run-target.ts', import.meta.url),
    [target.name, String(values.seconds), String(values.seed)],
    {
      execArgv: ['--disable-warning=ExperimentalWarning', `--import=${hook}`],
      env: { ...process.env, YIZHAN_FUZZ_COVERS: target.covers.join(',') },
      stdio: ['ignore', 2, 2, 'ipc'],
    },
  );
  return new Promise((resolve, reject) => {
    child.once('message', (told) => resolve(told as Told));
    child.once('exit', (code) => reject(new Error(`The process of ${target.name} ended (${code}).`)));
  });
}
