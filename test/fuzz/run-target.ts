/** One target in a process of its own, with counters in its files: `run-target.ts NAME SECONDS|NNNruns SEED`. */
import { readCorpus } from './corpus.ts';
import type { Counters } from './coverage.ts';
import { fuzz } from './loop.ts';
import { targetNamed } from './targets/all-targets.ts';

const [name = '', budget = '20', seed = '1'] = process.argv.slice(2);
const target = targetNamed(name);
const endsAt = performance.now() + Number(budget.replace(/runs$/, '')) * 1_000;
const mostRuns = budget.endsWith('runs') ? Number.parseInt(budget, 10) : undefined;
const counters = (globalThis as { __coverage__?: Counters }).__coverage__ ?? {};
const { kept, found, ...figures } = fuzz({
  target,
  corpus: readCorpus(name),
  counters,
  seed: Number(seed),
  isOver: (runs) => (mostRuns === undefined ? performance.now() >= endsAt : runs >= mostRuns),
});
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
process.send?.({
  ...figures,
  kept: kept.map(hex),
  found: found.map(({ bytes, what }) => ({ what, bytes: hex(bytes) })),
});
