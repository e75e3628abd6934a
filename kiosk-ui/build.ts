/**
 * Builds the patient screen and the second screen's page with Vite into a folder named after what went in.
 *
 * One promise: the same sources and lock file give the same folder, and a folder
 * that is there is whole; so starting again costs nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface BuiltPage {
  readonly folder: string;
  /** False when the folder was there already. */
  readonly built: boolean;
}

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
/** Not part of the page. */
const NOT_SHIPPED = new Set(['gallery.ts']);

/** `cacheFolder`: where built pages are kept; `.cache/kiosk-ui` in a checkout. Rejects with Vite's own message. */
export async function buildKioskPage(cacheFolder = join(root, '.cache', 'kiosk-ui')): Promise<BuiltPage> {
  const folder = join(cacheFolder, hashOfSources());
  if (existsSync(join(folder, 'index.html'))) return { folder, built: false };
  const unfinished = `${folder}.${process.pid}`;
  const { build } = await import('vite');
  await build({
    root: here,
    configFile: false,
    logLevel: 'error',
    base: './',
    publicDir: false,
    resolve: { alias: { 'fonts-sc': fontFolder() } },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: unfinished,
      emptyOutDir: true,
      target: 'chrome120',
      // Data URLs would need a hole in the content-security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rollupOptions: { input: [join(here, 'index.html'), join(here, 'queue-display', 'index.html')] },
    },
  });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Two starts at once: the other one was first and built the same.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(join(folder, 'index.html'))) throw error;
  }
  return { folder, built: true };
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  const files = readdirSync(here, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_SHIPPED.has(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...files.sort(), join(root, 'package-lock.json')]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** The package exports no path to its fonts, so they are found beside its entry. */
function fontFolder(): string {
  const entry = createRequire(import.meta.url).resolve('@embedpdf/fonts-sc');
  return join(dirname(dirname(entry)), 'fonts');
}
