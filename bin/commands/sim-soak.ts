/** `yizhan sim soak`: virtual years of settlements on real SQLite, with faults at every boundary. */
import { availableParallelism } from 'node:os';
import { printJson, readWords, say, UsageError, wholeNumber } from '../command.ts';

export const help = `yizhan sim soak [--days N] [--seed N] [--threads N] [--json]

Runs the production ledger on real SQLite through virtual days of two kiosks and
a window: calls lost, late and doubled, partners away, crashes, full disks,
wrong clocks. Every invariant is checked after every event.

A year is about 72,000 settlements of some two ms of processor time each: about
100 s on two quiet cores, less on more, for days share nothing and the databases
lie in memory (/dev/shm). The nightly form, --days 3650, takes ten times as long.

  --days N     virtual days (default 30); from 365 on every kind of fault must
               have happened at every step at least 30 times, or the run fails
  --seed N     the one source of chance (default 1); same seed, same journalHash
  --threads N  how many shards at once (default: the processor's cores, at most 8)
  --json       the last line is one JSON object`;

export async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = readWords(words, {
    days: { type: 'string' },
    seed: { type: 'string' },
    threads: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is too much.`);
  const days = wholeNumber('days', values.days, 30, [1, 36_500]);
  const seed = wholeNumber('seed', values.seed, 1, [0, 2_147_483_647]);
  const threads = wholeNumber('threads', values.threads, Math.min(8, availableParallelism()), [1, 64]);
  const { soak } = await import('../../hardware-sim/proof/soak.ts');
  const { fsyncSample } = await import('../../hardware-sim/proof/fsync-sample.ts');
  const began = performance.now();
  let told = began;
  const { found, ...result } = await soak({
    days,
    seed,
    threads,
    onShard: (done, all, { violationCount, shard }) => {
      if (violationCount === 0 && done < all && performance.now() - told < 2_000) return;
      told = performance.now();
      const left = `about ${Math.ceil((((told - began) / done) * (all - done)) / 1_000)} s left`;
      say(
        `  ${done} of ${all} days, ${left}${violationCount > 0 ? `, ${violationCount} violations on day ${shard}` : ''}`,
      );
    },
  });
  const wallMs = Math.round(performance.now() - began);
  const sampleBegan = performance.now();
  const sample = fsyncSample(seed);
  const synced = { ...sample, wallMs: Math.round(performance.now() - sampleBegan) };
  for (const { invariant, says, detail, visitId, number, atMs } of found) {
    say(`${invariant}: ${detail} (${visitId || number}, at ${atMs} ms)\n    ${says}`);
  }
  for (const cell of result.missing) say(`reached too rarely: ${cell}`);
  const { settlements, faults, crashes, violations } = result;
  say(`${settlements} settlements, ${faults} faults, ${crashes} crashes, ${violations} violations, ${wallMs} ms`);
  if (values.json === true) printJson({ ...result, wallMs, synced });
  return violations + synced.violations === 0 ? 0 : 1;
}
