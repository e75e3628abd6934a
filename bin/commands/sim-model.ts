/** `yizhan sim model`: every schedule of bounded windows, for every kind of settlement. */
import { printJson, readWords, say, UsageError, wholeNumber } from '../command.ts';

export const help = `yizhan sim model [--budget N] [--threads N] [--only TEXT] [--json]

Runs the production ledger through every schedule of a bounded window, for every
flow, both orders of money and each way of collecting: which call meets which
trouble, where the power goes, when the patient pays or leaves, while a window
takes the bill as soon as nobody holds it. Every rule is checked at every step.

  --budget N   how many things may go wrong in one schedule, 0 to 4 (default 3: up
               to two troubles, up to two power cuts, up to one change of the
               patient's mind)
  --threads N  how many scenarios at once (default 2); the counts do not change
  --only TEXT  only scenarios whose name holds this text
  --json       the last line is {"schedules","states","violations","flows",…}:
               states are the moments that were walked, schedules the different
               ways through them from begin to rest

Exit 0 when no rule was broken, 1 when one was (its shortest schedule is told),
2 for wrong use.`;

export async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = readWords(words, {
    budget: { type: 'string' },
    threads: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is too much: sim model takes options only.`);
  const { modelInThreads, WHOLE_BUDGET } = await import('../../hardware-sim/proof/model/check-model.ts');
  const all = wholeNumber('budget', values.budget, WHOLE_BUDGET.all, [0, 4]);
  const threads = wholeNumber('threads', values.threads, 2, [1, 64]);
  const begun = performance.now();
  const { found, ...result } = await modelInThreads({
    budget: { ...WHOLE_BUDGET, all },
    threads,
    ...(values.only !== undefined && { only: values.only }),
    onScenario: ({ scenario, schedules, states, violation }, done, of) => {
      say(`  ${done} of ${of}: ${scenario}, ${schedules} schedules, ${states} states${violation ? ', BROKEN' : ''}`);
    },
  });
  const wallMs = Math.round(performance.now() - begun);
  for (const { scenario, rule, detail, script } of found) {
    say(`VIOLATION ${rule}: ${detail}\n  in "${scenario}":\n    ${script.join('\n    ')}`);
  }
  const { schedules, states, violations } = result;
  if (schedules === 0) throw new UsageError(`No scenario's name holds "${values.only}".`);
  say(`${schedules} schedules, ${states} states, ${violations} violations, ${wallMs} ms`);
  if (values.json === true) printJson({ ...result, found, wallMs });
  return violations === 0 ? 0 : 1;
}
