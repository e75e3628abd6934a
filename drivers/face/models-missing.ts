/**
 * What this machine lacks for the on-device face engine, before any process is started for it.
 *
 * One promise: it looks for files and loads nothing; whether a file is the pinned one, the engine's child says.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { MODEL_PACKAGE, MODELS } from './model-table.ts';

const PACKAGES = ['onnxruntime-node', 'sharp'] as const;

/** In words, with the remedy; `undefined` when nothing is missing. */
export function modelsMissing(modelFolder?: string): string | undefined {
  const { resolve } = createRequire(import.meta.url);
  const has = (name: string): boolean => {
    try {
      return resolve(name) !== '';
    } catch {
      return false;
    }
  };
  const packages = PACKAGES.filter((name) => !has(name));
  if (packages.length > 0) return `${packages.join(' and ')} not installed: npm ci with the optional packages`;
  if (modelFolder === undefined) {
    return has(`${MODEL_PACKAGE}/package.json`)
      ? undefined
      : `no model files: npm ci, optional package ${MODEL_PACKAGE}`;
  }
  const missing = Object.values(MODELS).find(({ file }) => !existsSync(join(modelFolder, file)));
  return missing && `no ${missing.file} in the modelFolder of the device map: copy the files of ${MODEL_PACKAGE} there`;
}
