/**
 * The files of the built page, listed once at start.
 *
 * A request path is only ever looked up in this list and never joined to a
 * folder, so there is no path that leads out of it.
 */
import { readdirSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly bytes: number;
  /** The name carries a hash of the content: may be kept for ever. */
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.otf': 'font/otf',
  '.woff2': 'font/woff2',
  '.opus': 'audio/ogg',
};

/**
 * Keys are request paths (`/`, `/assets/main-1a2b.js`). Files of kinds that the page does not use are left out.
 *
 * @throws Error when the folder holds no `index.html`: the page was not built.
 */
export function listPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(name, { path, type, bytes: statSync(path).size, immutable: name.startsWith('/assets/') });
  }
  const index = files.get('/index.html');
  if (!index) throw new Error(`There is no index.html in ${folder}: build the patient screen first.`);
  files.set('/', index);
  const board = files.get('/queue-display/index.html');
  if (board) files.set('/queue-display/', board);
  return files;
}
