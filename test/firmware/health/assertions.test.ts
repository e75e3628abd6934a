/** The specification's list as a table: no rule that applies to us is without a test that names it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applicable, notOurs } from './applicable-assertions.ts';

const folders = [import.meta.dirname, join(import.meta.dirname, '../../wire/health')];
const ours: ReadonlySet<string> = new Set(Object.values(applicable).flat());

/** Ids that stand in the titles of tests: in `covers(…)` or in braces. */
function namedInTitles(): ReadonlySet<string> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  const titles = files.flatMap((text) => text.match(/\bcovers\([^)]*\)|\{tck-id-[^}]*\}/g) ?? []);
  return new Set(titles.flatMap((title) => title.match(/tck-id-[\w-]+/g) ?? []));
}

test('all 200 rows of the specification that bind an edge node are ours or have a reason, and the nine it receives', () => {
  const others = notOurs.reduce((sum, { rows }) => sum + rows, 0);
  const advisory = { should: 7, may: 5 };
  expect(ours.size).toBe(Object.values(applicable).flat().length);
  expect(ours.size + others + advisory.should + advisory.may).toBe(209);
  expect(notOurs.filter(({ reason }) => reason.length < 20)).toEqual([]);
});

test.each([...ours])('%s stands in the title of a test', (id) => {
  expect(namedInTitles().has(id)).toBe(true);
});

test('a title names no rule that the list does not have', () => {
  const advised = new Set([
    'tck-id-principles-rbe-recommended',
    'tck-id-case-sensitivity-sparkplug-ids',
    'tck-id-case-sensitivity-metric-names',
    'tck-id-operational-behavior-edge-node-intentional-disconnect-packet',
    'tck-id-operational-behavior-data-publish-nbirth-change',
    'tck-id-operational-behavior-data-publish-dbirth-change',
    'tck-id-payloads-metric-datatype-not-req',
    'tck-id-payloads-ndeath-will-message-publisher',
  ]);
  expect([...namedInTitles()].filter((id) => !ours.has(id) && !advised.has(id))).toEqual([]);
});
