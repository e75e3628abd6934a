/** This machine, as `drivers/machine-needs.ts` asks after it. */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import type { MachineLook } from '../drivers/machine-needs.ts';

export const thisMachine: MachineLook = {
  find(pattern) {
    const path = pattern.startsWith('/') ? pattern : join(import.meta.dirname, '..', pattern);
    const [before, after] = basename(path).split('*');
    if (after === undefined) return existsSync(path) ? [path] : [];
    const folder = dirname(path);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.startsWith(before ?? '') && name.endsWith(after))
      .map((name) => join(folder, name));
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
