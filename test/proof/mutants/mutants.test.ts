/** Protocol mutants in the short form; the long form is `yizhan sim mutants`. */
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { MutantTextError, mutated } from '../../../hardware-sim/proof/mutants/mutant.ts';
import { mutants } from '../../../hardware-sim/proof/mutants/mutant-list.ts';
import { invariantSentences, mutantTable } from '../../../hardware-sim/proof/mutants/mutant-table.ts';
import { runMutants } from '../../../hardware-sim/proof/mutants/run-mutants.ts';
import { search } from '../../../hardware-sim/proof/mutants/walk/search.ts';

// Engines start: seconds, or a minute on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const root = new URL('../../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');

test('the text of every mutant is in the production sources exactly once, and changes them', () => {
  for (const mutant of mutants) {
    for (const file of new Set(mutant.changes.map((change) => change.file))) {
      const source = read(file);
      expect(mutated(mutant, file, source), mutant.name).not.toBe(source);
    }
  }
});

test('a mutant whose text is not there, or twice, is refused by name', () => {
  const mutant = {
    ...{ name: 'none', says: '', invariant: '', killer: 'walk' as const },
    changes: [{ file: 'a.ts', find: 'x', replace: 'y' }],
  };
  expect(() => mutated(mutant, 'a.ts', 'nothing')).toThrow(MutantTextError);
  expect(() => mutated(mutant, 'a.ts', 'x and x')).toThrow('"none": its text is 2 times in a.ts');
});

test('no two mutants have one name, and each breaks an invariant of the list', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  const known = invariantSentences();
  expect(mutants.filter(({ invariant }) => !known.has(invariant)).map(({ name }) => name)).toEqual([]);
});

test('the table in docs/settlement.md is the one that invariants and mutants make', () => {
  expect(read('docs/settlement.md')).toContain(mutantTable());
});

test('no flow breaks a promise when one thing goes wrong anywhere', () => {
  const { runs, broken } = search([1]);
  expect(broken).toBeUndefined();
  expect(runs).toBeGreaterThan(3_000);
});

test('mistakes are noticed, each as the broken promise that its row names', async () => {
  const names = [
    'new pay key on retry',
    'unanswered 2207 taken as refused',
    'bill let go before the money',
    'intent after its effect',
  ];
  const some = mutants.filter(({ name }) => names.includes(name));
  const result = await runMutants({ mutants: some, control: false, shards: 2 });
  expect(result).toMatchObject({ total: names.length, killed: names.length, survivors: [], otherwise: [] });
});
