/** `yizhan sim crash`: power cuts at every write of the money's journal. */
import type { IoErrorResult } from '../../hardware-sim/proof/disk/io-error-child.ts';
import type { KillResult } from '../../hardware-sim/proof/disk/real-kills.ts';
import { printJson, readWords, say, UsageError, wholeNumber } from '../command.ts';

export const help = `yizhan sim crash [--seed N] [--rounds N] [--sabotage NAME]
                 [--without-mutants] [--json]

Runs patients at a kiosk with all parties, records every write that its
production ledger makes, then builds every disk that a power cut could leave
behind after each of them (nothing unflushed, only the last write, torn at 512
bytes, names undone, random parts). The kiosk that was cut opens it with the
production store and ledger, takes up again what it finds open, with the parties
as they stood at that instant, and goes on until all is at rest; every invariant
is looked at after every event. Then lets every call of the engine fail, and
kills real processes, and at last lets every protocol mutant be noticed ("sim
mutants"). Needs a C compiler.

  --seed N         the one source of chance (default 1)
  --rounds N       how many times each kind of day is recorded anew (default 1)
  --sabotage NAME  normal, off (PRAGMA synchronous) or intentAfterEffect:
                   violations must be found then
  --without-mutants
                   the mutants have a run of their own
  --json           the last line is
                   {"states","resumed","violations","mutants",…,"wallMs"}

Exit 0 when no promise was broken, 1 when one was, 2 for wrong use.`;

/** Real kills of a whole run. */
const KILLS = 100;

export async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = readWords(words, {
    seed: { type: 'string' },
    rounds: { type: 'string' },
    sabotage: { type: 'string' },
    'without-mutants': { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is too much: sim crash takes options only.`);
  const { sabotages } = await import('../../hardware-sim/proof/disk/sabotage.ts');
  const sabotage = sabotages.find((name) => name === values.sabotage);
  if (values.sabotage !== undefined && !sabotage) {
    throw new UsageError(`"${values.sabotage}" is no sabotage. Known: ${sabotages.join(', ')}.`);
  }
  const seed = wholeNumber('seed', values.seed, 1, [0, 2_000_000]);
  const rounds = wholeNumber('rounds', values.rounds, 1, [1, 10_000]);
  const begun = performance.now();
  const { runCrash } = await import('../../hardware-sim/proof/disk/crash-run.ts');
  const { recordings } = await import('../../hardware-sim/proof/disk/recordings.ts');
  const explored = await runCrash({ seed, recordings: recordings(seed, rounds, sabotage), shards: 2, onProgress: say });
  const { ioErrors, kills } = sabotage ? NONE : await others(seed);
  const mutants = sabotage || values['without-mutants'] ? undefined : await allMutants();
  const wallMs = Math.round(performance.now() - begun);
  const { findings, ...figures } = explored;
  for (const { what, times, how } of findings) say(`VIOLATION ${times}× ${what} (${how})`);
  for (const { what, how } of [...ioErrors.findings, ...kills.findings]) say(`VIOLATION ${what} (${how})`);
  const violations = explored.violations + ioErrors.findings.length + kills.findings.length;
  say(`${figures.states} disks, ${figures.resumed} settlements resumed, ${violations} violations, ${wallMs} ms`);
  if (values.json === true) {
    const { findings: _, ...io } = ioErrors;
    const found = findings.slice(0, 20);
    printJson({ ...figures, violations, mutants: mutants?.figures, ioErrors: io, kills: kills.points, found, wallMs });
  }
  return violations === 0 && mutants?.sound !== false ? 0 : 1;
}

const NONE = {
  ioErrors: { runs: 0, disks: 0, ends: {}, findings: [] },
  kills: { points: 0, findings: [] },
} as const;

/** Two side by side, one processor each, until nothing is left. */
async function others(seed: number) {
  const { playIoErrors } = await import('../../hardware-sim/proof/disk/io-errors.ts');
  const { ioErrors: errors } = await import('../../hardware-sim/proof/disk/io-error-table.ts');
  const { killForReal, LIVES } = await import('../../hardware-sim/proof/disk/real-kills.ts');
  let ioErrors: IoErrorResult = NONE.ioErrors;
  let kills: KillResult = NONE.kills;
  const jobs = [0, 1].map((odd) => async () => {
    const some = errors.filter((_, place) => place % 2 === odd);
    const more = await playIoErrors({ seed, bills: 1, errors: some, stride: 1, onProgress: say });
    ioErrors = withMore(ioErrors, more);
  });
  for (let from = 0; from < KILLS; from += LIVES) {
    jobs.push(async () => {
      const more = await killForReal({ seed, from, points: LIVES, onProgress: say });
      kills = { points: kills.points + more.points, findings: [...kills.findings, ...more.findings] };
    });
  }
  const work = async (): Promise<void> => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  };
  await Promise.all([work(), work()]);
  return { ioErrors, kills };
}

function withMore(known: IoErrorResult, more: IoErrorResult): IoErrorResult {
  const ends: Record<string, number> = { ...known.ends };
  for (const [name, times] of Object.entries(more.ends)) ends[name] = (ends[name] ?? 0) + times;
  const findings = [...known.findings, ...more.findings];
  return { runs: known.runs + more.runs, disks: known.disks + more.disks, ends, findings };
}

async function allMutants() {
  const { isSound, runMutants } = await import('../../hardware-sim/proof/mutants/run-mutants.ts');
  const result = await runMutants({ control: true, shards: 2, onProgress: say });
  const { total, killed, survivors, otherwise, falseAlarms } = result;
  for (const text of [...survivors, ...otherwise, ...falseAlarms]) say(`MUTANT ${text}`);
  return { figures: { total, killed, survivors }, sound: isSound(result) };
}
