/**
 * The device key: 32 random bytes that seal what is stored about a patient.
 *
 * Made once, kept in `identity/` readable by this user alone, never sent anywhere.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const KEY_BYTES = 32;

/** The key is there but is not one: money that it sealed can't be read without the right one. */
export class DeviceKeyError extends Error {
  override readonly name = 'DeviceKeyError';
}

/** @throws DeviceKeyError when the file is damaged: it is never replaced silently. */
export function loadDeviceKey(dataFolder: string): Uint8Array {
  const folder = join(dataFolder, 'identity');
  const path = join(folder, 'device.key');
  if (!existsSync(path)) makeKey(folder, path);
  const key = readFileSync(path);
  if (key.length !== KEY_BYTES) {
    throw new DeviceKeyError('identity/device.key is damaged. Restore it from the sealed backup; do not delete it.');
  }
  return key;
}

/** Whole or not at all: written aside, flushed, renamed, and the folders flushed too. */
function makeKey(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const aside = `${path}.new`;
  const file = openSync(aside, 'w', 0o600);
  writeSync(file, randomBytes(KEY_BYTES));
  fsyncSync(file);
  closeSync(file);
  renameSync(aside, path);
  // The folder's own entry, too: a key that vanishes in a power cut leaves a journal that nobody can open.
  for (const parent of [folder, dirname(folder)]) {
    const directory = openSync(parent, 'r');
    fsyncSync(directory);
    closeSync(directory);
  }
}
