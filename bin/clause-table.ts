/**
 * Joins the clause table with test results.
 *
 * A clause is met when a passing test's title starts with its id in brackets,
 * e.g. `[Z-6.2.4] …`, and no failing one names it; a skipped test meets nothing.
 * `[part of Z-6.2.4] …` shows a part of the acceptance: the clause stays open.
 */

export interface Clause {
  readonly id: string;
  readonly standard: string;
  readonly clause: string;
  /** e.g. `SF, UI` */
  readonly component: string;
  readonly acceptance: string;
  readonly priority: '0' | '1' | '2';
}

export interface TestResult {
  readonly file: string;
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
}

export interface ClauseRow {
  readonly clause: Clause;
  readonly state: 'met' | 'open' | 'notOurs';
  /** Titles of the tests that meet it (or, while it is open, a part of it), or the reason why it is not ours. */
  readonly by: readonly string[];
}

/** @throws Error when the table is not in its form. */
export function readClauses(tsv: string): readonly Clause[] {
  const [head, ...lines] = tsv.trimEnd().split('\n');
  if (head !== 'id\tstandard\tclause\tcomponent\tacceptance\tpriority')
    throw new Error('docs/clauses.tsv has another head.');
  return lines.map((line, index) => {
    const [id = '', standard = '', clause = '', component = '', acceptance = '', priority = ''] = line.split('\t');
    if (id === '' || !/^[012]$/.test(priority)) throw new Error(`docs/clauses.tsv line ${index + 2} is not a clause.`);
    return { id, standard, clause, component, acceptance, priority: priority as Clause['priority'] };
  });
}

/** The ids that a test title claims: at most three, in brackets at its start (after the names of its groups). */
export function claimedIds(title: string): readonly string[] {
  return [...title.matchAll(/\[([A-Z][A-Za-z0-9.()-]*(?:, [A-Z][A-Za-z0-9.()-]*){0,2})\]/g)].flatMap(
    (match) => match[1]?.split(', ') ?? [],
  );
}

/** The ids of which a title says that it shows a part. */
export function partIds(title: string): readonly string[] {
  return [...title.matchAll(/\[part of ([A-Z][A-Za-z0-9.()-]*(?:, [A-Z][A-Za-z0-9.()-]*)*)\]/g)].flatMap(
    (match) => match[1]?.split(', ') ?? [],
  );
}

export function joinClauses(given: {
  readonly clauses: readonly Clause[];
  /** `id<TAB>reason` a line. */
  readonly notOurs: string;
  readonly tests: readonly TestResult[];
}): readonly ClauseRow[] {
  const byId = new Map<string, TestResult[]>();
  for (const test of given.tests) {
    for (const id of claimedIds(test.title)) byId.set(id, [...(byId.get(id) ?? []), test]);
  }
  const reasons = new Map(
    given.notOurs
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]),
  );
  return given.clauses.map((clause): ClauseRow => {
    const tests = byId.get(clause.id) ?? [];
    const reason = reasons.get(clause.id);
    if (reason !== undefined) return { clause, state: 'notOurs', by: [reason] };
    const met = tests.some((test) => test.state === 'passed') && !tests.some((test) => test.state === 'failed');
    if (met) return { clause, state: 'met', by: tests.map((test) => test.title) };
    const parts = given.tests.filter((test) => test.state === 'passed' && partIds(test.title).includes(clause.id));
    return { clause, state: 'open', by: parts.map((test) => test.title) };
  });
}
