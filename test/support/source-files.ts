/** The project's own source files, as text, for tests that look at the whole house. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface SourceFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export function sourceFiles(folders: readonly string[], endings = ['.ts', '.tsx', '.mjs']): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') })),
  );
}

export interface ImportLine {
  readonly from: string;
  /** The imported file relative to the root, or a package name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\w*{][^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+\.ts)['"]/g;

/** Static and dynamic imports, and workers started by URL. */
export function importsOf(file: SourceFile): readonly ImportLine[] {
  return [...file.text.matchAll(IMPORT)].flatMap((match) => {
    const target = match[3] ?? match[4] ?? match[5];
    if (target === undefined) return [];
    const braces = /\{([^}]*)\}/.exec(match[0])?.[1];
    const names = (braces ?? '').split(',').filter((name) => name.trim() !== '');
    const everyNameIsType = names.length > 0 && names.every((name) => name.trim().startsWith('type '));
    return [
      {
        from: file.path,
        to: target.startsWith('.')
          ? relative(root, resolve(root, dirname(file.path), target)).replaceAll('\\', '/')
          : target,
        typeOnly: match[2] !== undefined || everyNameIsType,
      },
    ];
  });
}
