/** Inputs that once took a new way or broke something: `corpus/<target>/<digest>.bin`, replayed by every test run. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folderOf = (target: string): string => join(import.meta.dirname, 'corpus', target);

export function readCorpus(target: string): readonly Uint8Array[] {
  const folder = folderOf(target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(folder, name))));
}

/** @returns the file's name. */
export function keep(target: string, bytes: Uint8Array): string {
  const name = `${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.bin`;
  mkdirSync(folderOf(target), { recursive: true });
  writeFileSync(join(folderOf(target), name), bytes);
  return name;
}
