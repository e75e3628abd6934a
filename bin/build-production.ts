/**
 * Builds production: one bundle per process and the patient page, in a folder named after what went in.
 *
 * CommonJS, because it starts faster than ES modules (docs/performance.md). Native
 * modules stay packages. One promise: a bundle that contains a file of the
 * simulator, of provisioning or of the tests is never left behind.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { buildKioskPage } from '../kiosk-ui/build.ts';

export interface Production {
  readonly folder: string;
  /** What the engine is started with; takes `--config FILE --data DIR --page DIR`. */
  readonly startFile: string;
  readonly pageFolder: string;
  /** Every source file in one of the bundles, relative to the root, and packages by their path. */
  readonly inputs: readonly string[];
  /** False when the folder was there already. */
  readonly built: boolean;
}

/** A production bundle reaches a file that it must not contain. */
export class NotForProductionError extends Error {
  override readonly name = 'NotForProductionError';
}

const root = join(import.meta.dirname, '..');
/** One process each; the names are those that `new Worker` and `spawn` look for beside the bundle. */
const PROCESSES: Readonly<Record<string, string>> = {
  kiosk: 'bin/production-entry.ts',
  'ledger-worker': 'firmware/settlement/ledger-worker.ts',
  'device-host-child': 'drivers/device-host/device-host-child.ts',
  'price-import-worker': 'firmware/catalogue/price-import-worker.ts',
  'face-engine-child': 'drivers/face/face-engine-child.ts',
};
/** Packages that no patient waits for: a file of their own beside the bundle, so that the start does not read them. */
const LATER: Readonly<Record<string, string>> = {
  mqtt: 'bin/production-mqtt.ts',
  'pinyin-pro': 'bin/production-pinyin.ts',
};
const NATIVE_PACKAGES = [
  'pcsclite',
  'serialport',
  '@serialport/bindings-cpp',
  'usb',
  'node-hid',
  'onnxruntime-node',
  'sharp',
];

/** Loads nothing but the code cache first, so that the bundle itself comes out of it; children inherit it. */
const START = `'use strict';
process.env.NODE_COMPILE_CACHE ??= require('node:path').join(__dirname, 'code-cache');
require('node:module').enableCompileCache(process.env.NODE_COMPILE_CACHE);
require('./kiosk.js');
`;

/** `cacheFolder`: where builds are kept; `.cache/production` in a checkout. Needs the development packages. */
export async function buildProduction(cacheFolder = join(root, '.cache', 'production')): Promise<Production> {
  const page = await buildKioskPage();
  const folder = join(cacheFolder, hashOfSources(page.folder));
  const built = !existsSync(join(folder, 'manifest.json'));
  if (built) await buildInto(folder, page.folder);
  const { inputs } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { inputs: readonly string[] };
  return { folder, startFile: join(folder, 'start.js'), pageFolder: join(folder, 'page'), inputs, built };
}

async function buildInto(folder: string, pageFolder: string): Promise<void> {
  const { build } = await import('esbuild');
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    const shared: BuildOptions = {
      absWorkingDir: root,
      outdir: unfinished,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node24',
      minifySyntax: true,
      minifyWhitespace: true,
      external: NATIVE_PACKAGES,
      define: { 'import.meta.url': 'bundleUrl' },
      banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
      metafile: true,
      logLevel: 'silent',
    };
    const processes = await build({ ...shared, entryPoints: PROCESSES, plugins: [besideTheBundle] });
    const later = await build({ ...shared, entryPoints: LATER });
    const inputs = [processes, later].flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})).sort();
    checkInputs(inputs);
    cpSync(pageFolder, join(unfinished, 'page'), { recursive: true });
    writeFileSync(join(unfinished, 'start.js'), START);
    writeFileSync(join(unfinished, 'package.json'), '{"type":"commonjs","private":true}\n');
    writeFileSync(join(unfinished, 'manifest.json'), `${JSON.stringify({ inputs }, undefined, 1)}\n`);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Two builds at once: the other one was first and built the same.
    if (!existsSync(join(folder, 'manifest.json'))) throw error;
  }
}

const besideTheBundle: Plugin = {
  name: 'beside-the-bundle',
  setup: ({ onResolve }) => {
    onResolve({ filter: new RegExp(`^(${Object.keys(LATER).join('|')})$`) }, ({ path }) => ({
      path: `./${path}.js`,
      external: true,
    }));
  },
};

/** @throws NotForProductionError naming the files. */
export function checkInputs(inputs: readonly string[]): void {
  const foreign = inputs.filter((path) => /^(hardware-sim|provisioning|test|kiosk-ui)\//.test(path));
  if (foreign.length > 0) throw new NotForProductionError(`Not for production: ${foreign.join(', ')}.`);
}

function hashOfSources(pageFolder: string): string {
  const hash = createHash('sha256').update(pageFolder);
  const rooms = ['firmware', 'drivers'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const own = [
    'bin/build-production.ts',
    'bin/production-entry.ts',
    'bin/production-rooms.ts',
    'bin/production-mqtt.ts',
    'bin/production-pinyin.ts',
    'package-lock.json',
  ];
  for (const file of [...rooms.sort(), ...own.map((path) => join(root, path))]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
