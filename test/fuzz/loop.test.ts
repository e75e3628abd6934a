/** The coverage-guided loop itself: it finds what is hidden, and the same seed finds it in the same way. */
import { fork } from 'node:child_process';
import { expect, test } from 'vitest';
import { planted } from './targets/planted.ts';

interface Told {
  readonly runs: number;
  readonly found: readonly { readonly what: string }[];
}

/** So many changes of the input, in a process whose files are counted. */
function loop(runs: number, seed: number): Promise<Told> {
  const child = fork(new URL('./run-target.ts', import.meta.url), [planted.name, `${runs}runs`, String(seed)], {
    execArgv: ['--disable-warning=ExperimentalWarning', `--import=${new URL('./instrument.ts', import.meta.url).href}`],
    env: { ...process.env, YIZHAN_FUZZ_COVERS: planted.covers.join(',') },
    stdio: ['ignore', 'ignore', 2, 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (told) => resolve(told as Told));
    child.once('exit', (code) => reject(new Error(`the loop ended (${code})`)));
  });
}

test('a fault behind header, length, checksum and three bytes is found, led by coverage alone', async () => {
  const first = await loop(150_000, 1);
  expect(first.found.map(({ what }) => what)).toEqual(['Error: the planted fault']);
});

test('the same seed makes the same inputs: what was found can be found again', async () => {
  const [one, other] = await Promise.all([loop(5_000, 7), loop(5_000, 7)]);
  expect(one).toEqual(other);
});
