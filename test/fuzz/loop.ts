/**
 * The coverage-guided loop: an input that takes a new way is kept and changed again.
 *
 * Three oracles for every target: what its `run` promises, work that grows no faster than the input, and a language
 * whose own prototypes stay as they were.
 */
import { type Counters, Coverage } from './coverage.ts';
import { type Draw, draw, LONGEST, mutated } from './mutations.ts';
import { bytesOf, type FuzzTarget } from './target.ts';

export interface Fuzzed {
  readonly runs: number;
  /** Inputs that were kept because they took a new way. */
  readonly kept: readonly Uint8Array[];
  readonly reached: number;
  readonly counters: number;
  readonly found: readonly { readonly bytes: Uint8Array; readonly what: string }[];
}

/** Executed statements a byte; a short input may cost what a table costs. */
const STEPS_A_BYTE = 600;
const STEPS_BEFORE = 60_000;
const MOST_FOUND = 5;

export interface LoopWish {
  readonly target: FuzzTarget;
  readonly corpus: readonly Uint8Array[];
  readonly counters: Counters;
  readonly seed: number;
  readonly isOver: (runs: number) => boolean;
}

export function fuzz({ target, corpus, counters, seed, isOver }: LoopWish): Fuzzed {
  const next: Draw = draw(seed);
  const coverage = new Coverage(counters);
  const words = (target.words ?? []).map((word) => (typeof word === 'string' ? bytesOf(word) : word));
  const kept: Uint8Array[] = [];
  const found: { bytes: Uint8Array; what: string }[] = [];
  let runs = 0;
  const attempt = (bytes: Uint8Array): void => {
    runs += 1;
    const what = broken(target, bytes, coverage);
    if (what.text !== undefined && found.length < MOST_FOUND && !found.some((one) => one.what === what.text)) {
      found.push({ bytes: bytes.slice(), what: what.text });
    }
    if (what.isNew) kept.push(bytes.slice());
  };
  coverage.clear();
  for (const bytes of [new Uint8Array(), ...target.seeds, ...corpus]) attempt(bytes);
  if (kept.length === 0) kept.push(new Uint8Array());
  while (!isOver(runs) && found.length < MOST_FOUND) {
    for (let times = 0; times < 200; times += 1) {
      // Half of the time what came last: it has been changed the least.
      const young = next(2) === 0;
      const from = kept[young ? kept.length - 1 - next(Math.min(16, kept.length)) : next(kept.length)];
      const bytes = mutated(from ?? new Uint8Array(), kept, words, next);
      attempt(target.mend && next(4) > 0 ? target.mend(bytes).subarray(0, LONGEST) : bytes);
    }
  }
  return { runs, kept, reached: coverage.reached, counters: coverage.size, found };
}

function broken(target: FuzzTarget, bytes: Uint8Array, coverage: Coverage): { isNew: boolean; text?: string } {
  let text: string | undefined;
  try {
    target.run(bytes);
  } catch (error) {
    text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const { isNew, steps } = coverage.look();
  const mostSteps = STEPS_BEFORE + STEPS_A_BYTE * bytes.length;
  if (steps > mostSteps) text ??= `work: ${steps} steps for ${bytes.length} bytes`;
  for (const name in {}) text ??= `a prototype was given "${name}"`;
  return text === undefined ? { isNew } : { isNew, text };
}
