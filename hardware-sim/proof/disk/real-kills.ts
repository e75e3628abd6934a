/**
 * Real `SIGKILL`s, to keep the model honest: a life is killed at another instant each time, on the same folder, and
 * the next one must find all that the dead one had acknowledged.
 *
 * The instant is a number of acknowledgements and then some microseconds of whatever it was doing.
 */
import { fork } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SeededStream } from '../../parties/seeded-stream.ts';
import { SeededRandom } from '../../world/seeded-random.ts';
import { compiledOnce } from '../compiled-once.ts';
import { fastFolder } from './fast-folder.ts';
import { type FoundJournal, openDisk, Promised } from './journal-checks.ts';
import type { KilledLife, KilledWord } from './killed-child.ts';
import { StepClock, sealingKey } from './recorded-order.ts';

export interface KillOptions {
  readonly seed: number;
  readonly points: number;
  /** Kills before these, by somebody else: a multiple of ten. */
  readonly from?: number;
  readonly onProgress?: (text: string) => void;
}

export interface KillResult {
  readonly points: number;
  readonly findings: readonly { readonly what: string; readonly how: string }[];
}

/** Lives on one folder before a fresh one is begun. */
export const LIVES = 10;

export async function killForReal({ seed, points, from = 0, onProgress }: KillOptions): Promise<KillResult> {
  const findings: { what: string; how: string }[] = [];
  for (let point = from; point < from + points; ) {
    const chance = new SeededStream(seed, `kills ${point}`);
    const folder = mkdtempSync(join(fastFolder(), 'yizhan-kill-'));
    const promised = new Promised();
    try {
      for (let life = 0; life < LIVES && point < from + points; life += 1, point += 1) {
        const told: KilledLife = { folder, seed: seed + point, firstBill: point * 1_000 + 1 };
        const words = await killedAfter(told, 3 + chance.below(25));
        for (const word of words) promised.acknowledged(word.seq, word.mac, word.outbox);
        const found = look(folder, seed);
        const broken = typeof found === 'string' ? [found] : promised.broken(found);
        for (const what of broken) findings.push({ what, how: `kill ${point}` });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    onProgress?.(`${point} kills, ${findings.length} findings`);
  }
  return { points, findings };
}

/** What the life had written down as acknowledged when it was killed. */
function killedAfter(life: KilledLife, acknowledgements: number): Promise<readonly KilledWord[]> {
  const words = join(life.folder, `words-${life.firstBill}`);
  const child = fork(new URL('./killed-child.ts', import.meta.url), [JSON.stringify({ ...life, words })], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...compiledOnce() },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let heard = 0;
    child.on('message', () => {
      heard += 1;
      // Somewhere within what it does after this word.
      if (heard === acknowledgements) child.kill('SIGKILL');
    });
    child.once('exit', (code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`A life ended by itself (${code ?? signal}).`));
      else resolve(wordsOf(readFileSync(words, 'utf8')));
    });
  });
}

function wordsOf(text: string): readonly KilledWord[] {
  return text
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as KilledWord);
}

/** Looked at without being worked on: the next life finds it as the dead one left it, log and all. */
function look(folder: string, seed: number): FoundJournal | string {
  const copy = join(folder, 'look');
  cpSync(join(folder, 'kiosk.db'), `${copy}.db`);
  if (existsSync(join(folder, 'kiosk.db-wal'))) cpSync(join(folder, 'kiosk.db-wal'), `${copy}.db-wal`);
  try {
    const random = new SeededRandom(seed, 'look');
    const { ledger, found } = openDisk({ path: `${copy}.db`, sealingKey, random, clock: new StepClock() });
    ledger.close();
    return found;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'something was thrown';
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${copy}.db${end}`, { force: true });
  }
}
