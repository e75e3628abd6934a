/**
 * One case in the guest: claims in order, each with its own time limit and its time.
 *
 * One promise: a case ends with one line of JSON on its output, passed, failed
 * with the claim that did not hold, or a gap with the door that is not there.
 */
import { setTimeout as pause } from 'node:timers/promises';

export interface Step {
  readonly claim: string;
  /** How long it took in the guest, ms: emulated time is for pass and fail, not for performance. */
  readonly ms: number;
}

export interface CaseEnd {
  readonly state: 'passed' | 'failed' | 'gap';
  /** Why not; empty when it passed. */
  readonly why: string;
  readonly steps: readonly Step[];
}

/** The kernel or this machine has no such door: named, never a pass. */
export class NoSuchDoor extends Error {
  override readonly name = 'NoSuchDoor';
}

/** Far more than a step takes on two idle cores: this machine may have other work. */
const STEP_LIMIT_MS = 150_000;

export class CaseRun {
  readonly steps: Step[] = [];
  readonly #lastWords: (() => unknown)[] = [];
  #now = 'the beginning';

  /** The claim under way, for the reason of a failure. */
  get now(): string {
    return this.#now;
  }

  async step<Value>(
    claim: string,
    work: (signal: AbortSignal) => Promise<Value>,
    limitMs = STEP_LIMIT_MS,
  ): Promise<Value> {
    this.#now = claim;
    const begin = performance.now();
    const limit = AbortSignal.timeout(limitMs);
    const over = new Promise<never>((_, reject) => {
      limit.addEventListener('abort', () => reject(new Error(`not within ${limitMs} ms`)), { once: true });
    });
    const value = await Promise.race([work(limit), over]);
    this.steps.push({ claim, ms: Math.round(performance.now() - begin) });
    return value;
  }

  /** Runs at the end of the case, however it ends, newest first. */
  atEnd(work: () => unknown): void {
    this.#lastWords.unshift(work);
  }

  async end(): Promise<void> {
    for (const work of this.#lastWords)
      await Promise.race([
        Promise.resolve()
          .then(work)
          .catch(() => undefined),
        pause(2_000),
      ]);
  }
}

/** Runs the case of this process and ends the process. */
export async function runCase(work: (run: CaseRun) => Promise<void>): Promise<never> {
  const run = new CaseRun();
  let state: CaseEnd['state'] = 'passed';
  let why = '';
  try {
    await work(run);
  } catch (error) {
    state = error instanceof NoSuchDoor ? 'gap' : 'failed';
    const said = error instanceof Error ? error.message : String(error);
    why = state === 'gap' ? said : `${run.now}: ${said}`;
    process.stderr.write(`${error instanceof Error ? error.stack : said}\n`);
  }
  await run.end();
  const end: CaseEnd = { state, why: why.replaceAll('\n', ' ').slice(0, 600), steps: run.steps };
  process.stdout.write(`${JSON.stringify(end)}\n`, () => process.exit(0));
  return new Promise(() => undefined);
}

/** Asks again until the answer is there; the step's own limit ends it. */
export async function until<Value>(
  signal: AbortSignal,
  ask: () => Promise<Value | undefined | false> | Value | undefined | false,
  everyMs = 10,
): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (value !== undefined && value !== false) return value;
    await pause(everyMs, undefined, { signal });
  }
}
