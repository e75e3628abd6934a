/** The table of `docs/settlement.md`: every invariant in plain words, with the mutants that it kills. */
import { arrivalRules, endRules, saidRule, sendRules, visitRules } from '../invariant-table.ts';
import { mutants } from './mutant-list.ts';
import { diskPromises } from './short-crash.ts';
import { ownPromises } from './walk/promises.ts';

/** Name → sentence, of every promise that a mutant can break and of the others too. */
export function invariantSentences(): ReadonlyMap<string, string> {
  const rules = [...visitRules, ...sendRules, ...arrivalRules, saidRule, ...endRules];
  const named = rules.map(({ name, says }) => [name, says] as const);
  return new Map([...named, ...Object.entries(ownPromises), ...Object.entries(diskPromises)]);
}

export function mutantTable(): string {
  const rows = [...invariantSentences()]
    .sort(([one], [other]) => place(one) - place(other))
    .map(([name, says]) => {
      const [short] = name.split(' ');
      const killed = mutants.filter(({ invariant }) => invariant === name).map((mutant) => mutant.name);
      return `| ${short} | ${says} | ${killed.join(' · ') || '—'} |`;
    });
  return ['| | invariant | mutants that it kills first |', '|---|---|---|', ...rows].join('\n');
}

/** I before P before S before W, each by number. */
function place(name: string): number {
  const [short = ''] = name.split(' ');
  return short.charCodeAt(0) * 1_000 + Number(short.slice(1));
}
