/**
 * One hash over everything that can change what a test says: the rooms, the
 * tests, the launcher and the lock file. Results of another tree are stale.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const parts = [
  'bin',
  'drivers',
  'firmware',
  'hardware-sim',
  'kiosk-ui',
  'provisioning',
  'test',
  'docs/interfaces',
  'docs/clauses.tsv',
  'package-lock.json',
];

function* filesBelow(path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    yield path;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name !== 'node_modules') yield* filesBelow(join(path, entry.name));
  }
}

export function treeHash(root) {
  const hash = createHash('sha256');
  for (const part of parts) {
    for (const file of filesBelow(join(root, part))) {
      hash.update(file.slice(root.length));
      try {
        hash.update(readFileSync(file));
      } catch {
        hash.update('absent');
      }
    }
  }
  return hash.digest('hex');
}
