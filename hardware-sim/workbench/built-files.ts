/**
 * The built page's files by request path. A path is looked up here and never
 * joined to a folder, so none leads out of it.
 */
import { readdirSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export interface BuiltFile {
  readonly path: string;
  readonly type: string;
  readonly bytes: number;
  /** Named after its content: may be kept for ever. */
  readonly lasting: boolean;
}

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.otf', 'font/otf'],
]);

/** @throws Error when the page was not built. */
export function builtFiles(folder: string): ReadonlyMap<string, BuiltFile> {
  const files = new Map<string, BuiltFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const type = TYPES.get(extname(entry.name));
    if (type === undefined || !entry.isFile()) continue;
    const requested = `/${relative(folder, path).replaceAll(sep, '/')}`;
    files.set(requested, { path, type, bytes: statSync(path).size, lasting: requested.startsWith('/assets/') });
  }
  const index = files.get('/index.html');
  if (!index) throw new Error(`The workbench page is not in ${folder}.`);
  return files.set('/', index);
}
