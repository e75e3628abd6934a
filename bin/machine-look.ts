/** This machine, as `drivers/machine-needs.ts` asks after it. */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { MachineLook } from '../drivers/machine-needs.ts';

const HOME = join(import.meta.dirname, '..');

export const thisMachine: MachineLook = {
  find(pattern) {
    const [first = '', ...names] = (pattern.startsWith('/') ? pattern : join(HOME, pattern)).split('/');
    return names.reduce<readonly string[]>(
      (folders, name) => folders.flatMap((folder) => named(folder, name)),
      [first],
    );
  },

  mayOpen(path) {
    try {
      accessSync(path, constants.R_OK | constants.W_OK);
      return true;
    } catch {
      return false;
    }
  },

  hasProgram(name) {
    const folders = (process.env['PATH'] ?? '').split(delimiter);
    // Daemons' folders are not on an ordinary user's path.
    return [...folders, '/usr/sbin', '/sbin'].some((folder) => folder !== '' && existsSync(join(folder, name)));
  },
};

/** The entries of a folder that a name with at most two `*` stands for. */
function named(folder: string, name: string): readonly string[] {
  if (!name.includes('*')) return existsSync(`${folder}/${name}`) ? [`${folder}/${name}`] : [];
  try {
    const parts = name.split('*');
    return readdirSync(`${folder}/`)
      .filter((entry) => fits(entry, parts))
      .sort()
      .map((entry) => `${folder}/${entry}`);
  } catch {
    // No folder, or one that this user may not look into.
    return [];
  }
}

function fits(entry: string, [before = '', ...rest]: readonly string[]): boolean {
  const after = rest.pop() ?? '';
  if (!entry.startsWith(before) || !entry.endsWith(after) || entry.length < before.length + after.length) return false;
  let from = before.length;
  return rest.every((part) => {
    const at = entry.indexOf(part, from);
    from = at + part.length;
    return at >= 0 && from <= entry.length - after.length;
  });
}
