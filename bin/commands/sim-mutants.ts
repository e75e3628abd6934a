/** `yizhan sim mutants`: production code with one mistake in it at a time; every one must be noticed. */
import { printJson, readWords, say, UsageError } from '../command.ts';

export const help = `yizhan sim mutants [--only WORDS] [--json]

Loads the production core and store with one mistake at a time (the list is in
hardware-sim/proof/mutants) and lets the machine that is meant to notice it run
until a promise is broken: scripts through every flow, or the disk-state
explorer. The code as it is goes through the same machines first. Needs a C
compiler.

  --only WORDS  mutants whose names contain this; the code as it is is left out
  --json        the last line is {"total","killed","survivors","mutants",…}

Exit 0 when every mutant was killed, by the promise that its row names, and
nothing else was; 1 when not, 2 for wrong use.`;

export async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = readWords(words, { only: { type: 'string' }, json: { type: 'boolean' } });
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is too much.`);
  const { mutants } = await import('../../hardware-sim/proof/mutants/mutant-list.ts');
  const { only } = values;
  const meant = only === undefined ? mutants : mutants.filter(({ name }) => name.includes(only));
  if (meant.length === 0) throw new UsageError(`No mutant's name contains "${only}".`);
  const { runMutants, isSound } = await import('../../hardware-sim/proof/mutants/run-mutants.ts');
  const begun = performance.now();
  const result = await runMutants({ mutants: meant, control: only === undefined, shards: 2, onProgress: say });
  const wallMs = Math.round(performance.now() - begun);
  for (const name of result.survivors) say(`SURVIVED ${name}`);
  for (const text of result.otherwise) say(`KILLED BY ANOTHER PROMISE ${text}`);
  for (const text of result.falseAlarms) say(`FALSE ALARM ${text}`);
  say(`${result.killed} of ${result.total} mutants killed, ${wallMs} ms`);
  if (values.json === true) printJson({ ...result, wallMs });
  return isSound(result) ? 0 : 1;
}
