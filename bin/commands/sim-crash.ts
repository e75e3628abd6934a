/** `yizhan sim crash`: power cuts at every write of the money's journal. */
import { printJson, readWords, say, UsageError, wholeNumber } from '../command.ts';

export const crashHelp = `yizhan sim crash [--seed N] [--rounds N] [--sabotage NAME] [--json]

Records every write that the production ledger makes, then builds every disk that a power cut could leave behind after
each of them (nothing unflushed, only the last write, torn at 512 bytes, names undone, random parts), opens it with the
production store and ledger, and takes up again what it finds open. Needs a C compiler (gcc).

  --seed N         the one source of chance (default 1)
  --rounds N       how many times each kind of day is recorded anew (default 12)
  --sabotage NAME  normal, off (PRAGMA synchronous) or intentAfterEffect: violations must be found then
  --json           the last line is {"states","resumed","violations","mutants",…,"wallMs"}

Exit 0 when no promise was broken, 1 when one was, 2 for wrong use.`;

export async function crash(words: readonly string[]): Promise<number> {
  const { values, positionals } = readWords(words, {
    seed: { type: 'string' },
    rounds: { type: 'string' },
    sabotage: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is too much: sim crash takes options only.`);
  const { sabotages } = await import('../../hardware-sim/proof/disk/sabotage.ts');
  const sabotage = sabotages.find((name) => name === values.sabotage);
  if (values.sabotage !== undefined && !sabotage) {
    throw new UsageError(`"${values.sabotage}" is no sabotage. Known: ${sabotages.join(', ')}.`);
  }
  const seed = wholeNumber('seed', values.seed, 1, [0, 2_000_000]);
  const rounds = wholeNumber('rounds', values.rounds, sabotage ? 1 : 12, [1, 10_000]);
  const { runCrash } = await import('../../hardware-sim/proof/disk/crash-run.ts');
  const { recordings } = await import('../../hardware-sim/proof/disk/recordings.ts');
  const begun = performance.now();
  const result = await runCrash({ seed, recordings: recordings(seed, rounds, sabotage), shards: 2, onProgress: say });
  const wallMs = Math.round(performance.now() - begun);
  for (const { what, times, how } of result.findings) say(`VIOLATION ${times}× ${what} (${how})`);
  say(`${result.states} disks, ${result.resumed} settlements resumed, ${result.violations} violations, ${wallMs} ms`);
  if (values.json === true) printJson({ ...result, findings: result.findings.slice(0, 20), wallMs });
  return result.violations === 0 ? 0 : 1;
}
