/** `yizhan clauses`: the clause table, joined with the tests that were run on this very tree. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clause, joinClauses, readClauses, type TestResult } from '../clause-table.ts';
import { type Command, printJson, readWords, say } from '../command.ts';
import { treeHash } from '../tree-hash.mjs';

const root = join(import.meta.dirname, '..', '..');

export const command: Command = {
  help: `yizhan clauses [--component SF] [--open] [--json]

The clauses of the standards that this software carries (docs/clauses.tsv),
each met (●) by a passing test whose title names it, open (○, or ◐ where tests
show a part of it), or not ours (–) to meet by software (docs/clauses-not-ours.tsv says why).

  --component NAME   only SF, ID, PR, PT, QD, NI, PV, AU, UI, RC, CT or SM
  --open             only the open rows
  --json             {"met","open","notOurs","p0Open"} as the last line

Needs the results of "npm test" on exactly this tree; exit 1 when they are
absent or stale, or when a row of docs/clauses-met.txt is open again.`,

  async run(words) {
    const { values } = readWords(words, {
      component: { type: 'string' },
      open: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const results = resultsOfThisTree();
    const rows = joinClauses({
      clauses: readClauses(text('docs/clauses.tsv')),
      notOurs: text('docs/clauses-not-ours.tsv'),
      tests: results ?? [],
    });
    const wanted = (clause: Clause): boolean =>
      values.component === undefined || clause.component.split(',').some((one) => one.trim() === values.component);
    for (const { clause, state, by } of rows.filter((row) => wanted(row.clause))) {
      if (values.open === true && state !== 'open') continue;
      const mark = state === 'open' && by.length > 0 ? '◐' : { met: '●', open: '○', notOurs: '–' }[state];
      say(
        `${mark} P${clause.priority} ${clause.id.padEnd(12)} ${clause.component.padEnd(12)} ${clause.clause.slice(0, 70)}`,
      );
      for (const title of by) say(`        ${title}`);
    }
    const count = (state: string): number => rows.filter((row) => row.state === state).length;
    const p0Open = rows
      .filter((row) => row.state === 'open' && row.clause.priority === '0')
      .map((row) => row.clause.id);
    const met = new Set(rows.filter((row) => row.state === 'met').map((row) => row.clause.id));
    const lost = text('docs/clauses-met.txt')
      .split('\n')
      .filter((id) => id !== '' && !id.startsWith('#') && !met.has(id));
    say(`${count('met')} met, ${count('open')} open, ${count('notOurs')} not ours`);
    if (values.json === true) {
      const part = rows.filter((row) => row.state === 'open' && row.by.length > 0).map((row) => row.clause.id);
      printJson({ met: count('met'), open: count('open'), notOurs: count('notOurs'), p0Open, part, lost });
    }
    if (results === undefined) {
      say('There are no test results of this tree. Run "npm test" (without words) first.');
      return 1;
    }
    if (lost.length > 0) say(`Met before and open now: ${lost.join(', ')}`);
    return lost.length === 0 ? 0 : 1;
  },
};

function text(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** `undefined` when there are none, or when they were made on another tree. */
function resultsOfThisTree(): readonly TestResult[] | undefined {
  try {
    const { tree, tests } = JSON.parse(text('.cache/test-results.json')) as { tree: string; tests: TestResult[] };
    return tree === treeHash(root) ? tests : undefined;
  } catch {
    return undefined;
  }
}
