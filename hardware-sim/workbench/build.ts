/**
 * Builds the workbench page with Vite into a folder named after what went in.
 *
 * One promise: a folder that is there is whole and of these very sources, so
 * only a changed page is built again.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface BuiltWorkbench {
  readonly folder: string;
  /** False when it was there already. */
  readonly built: boolean;
}

const page = join(import.meta.dirname, 'page');
const root = dirname(dirname(import.meta.dirname));

/** `cacheFolder`: where built pages are kept. Rejects with Vite's own message. */
export async function buildWorkbenchPage(cacheFolder = join(root, '.cache', 'workbench')): Promise<BuiltWorkbench> {
  const folder = join(cacheFolder, hashOfSources());
  if (existsSync(join(folder, 'index.html'))) return { folder, built: false };
  const unfinished = `${folder}.${process.pid}`;
  const { build } = await import('vite');
  await build({
    root: page,
    configFile: false,
    logLevel: 'error',
    base: './',
    publicDir: false,
    // The package exports no path to its fonts: they lie beside its entry.
    resolve: {
      alias: {
        'fonts-sc': join(dirname(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc'))), 'fonts'),
      },
    },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: unfinished,
      emptyOutDir: true,
      target: 'chrome120',
      // The content policy allows no data URLs.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Somebody else finished the same build first.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(join(folder, 'index.html'))) throw error;
  }
  return { folder, built: true };
}

/** The page and what it is made with; the types that it imports leave nothing in it. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  const sources = globSync('**/*.*', { cwd: page }).sort();
  for (const file of [
    ...sources.map((name) => join(page, name)),
    join(root, 'package-lock.json'),
    import.meta.filename,
  ]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
