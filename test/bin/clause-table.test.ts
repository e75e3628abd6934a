/** The clause table is joined honestly: a skip, a failure or a forgotten id meets nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claimedIds, joinClauses, readClauses } from '../../bin/clause-table.ts';
import { root, sourceFiles } from '../support/source-files.ts';

const clauses = readClauses(readFileSync(join(root, 'docs/clauses.tsv'), 'utf8'));
const state = (id: string, tests: Parameters<typeof joinClauses>[0]['tests'], notOurs = ''): string | undefined =>
  joinClauses({ clauses, notOurs, tests }).find((row) => row.clause.id === id)?.state;

describe('the clause table', () => {
  test('has all 302 rows of the standards', () => {
    expect(clauses).toHaveLength(302);
    expect(new Set(clauses.map((clause) => clause.id)).size).toBe(302);
  });

  test('a passing test that names a clause meets it; a skipped or failed one does not', () => {
    const named = (result: 'passed' | 'failed' | 'skipped') => ({ file: 'a', title: 'x [Z-6.2.4] y', state: result });
    expect(state('Z-6.2.4', [named('passed')])).toBe('met');
    expect(state('Z-6.2.4', [named('skipped')])).toBe('open');
    expect(state('Z-6.2.4', [named('passed'), named('failed')])).toBe('open');
    expect(state('Z-6.2.4', [])).toBe('open');
  });

  test('a test that shows a part leaves the clause open, and is named beside it', () => {
    const part = { file: 'a', title: '[part of Z-6.2.4] the outpatient half', state: 'passed' as const };
    const row = joinClauses({ clauses, notOurs: '', tests: [part] }).find(({ clause }) => clause.id === 'Z-6.2.4');
    expect(row).toMatchObject({ state: 'open', by: ['[part of Z-6.2.4] the outpatient half'] });
  });

  test('a row that is not ours needs its reason', () => {
    expect(state('Z-7.3', [], 'Z-7.3\tan organisation must do it')).toBe('notOurs');
    expect(state('Z-7.3', [], 'Z-7.3')).toBe('open');
  });

  test('titles claim at most three clauses, in brackets', () => {
    expect(claimedIds('group [Z-6.2.4, N-38(5)] a claim')).toEqual(['Z-6.2.4', 'N-38(5)']);
    expect(claimedIds('[A-1, A-2, A-3, A-4] too many')).toEqual([]);
  });

  test('every clause id in a test title is a clause of the table', () => {
    const known = new Set(clauses.map((clause) => clause.id));
    const wrong = sourceFiles(['test'], ['.test.ts']).flatMap((file) =>
      [...file.text.matchAll(/(?:test|it|describe)(?:\.each\([^)]*\))?\(\s*[`'"]((?:[^`'"\\]|\\.)*)/g)]
        .flatMap((match) => claimedIds(match[1] ?? ''))
        .filter((id) => !known.has(id))
        .map((id) => `${file.path}: ${id}`),
    );
    expect(wrong.filter((one) => !one.startsWith('test/bin/clause-table'))).toEqual([]);
  });
});
