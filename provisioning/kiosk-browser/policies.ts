/**
 * The managed policies of a kiosk's Chromium: made from the table for one screen address, installed, compared.
 *
 * One promise: what is allowed is one host and port on loopback, so no site file can open a way out.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { POLICY_ROWS, type PolicyValue } from './policy-table.ts';

/** Where Debian's Chromium looks; only root writes there. */
export const MANAGED_FOLDER = '/etc/chromium/policies/managed';
export const POLICY_FILE = 'yizhan-kiosk.json';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export class NotOurScreenError extends Error {
  override readonly name = 'NotOurScreenError';
}

/** The screen's address, taken apart. @throws NotOurScreenError unless it is plain HTTP on this machine's loopback. */
export function readScreenUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || !LOOPBACK.has(url.hostname) || url.username !== '' || url.password !== '') {
    throw new NotOurScreenError(`A kiosk's browser shows http://127.0.0.1:PORT/ and nothing else, not "${text}".`);
  }
  return url;
}

/** Every policy by its name. @throws NotOurScreenError */
export function policiesFor(screenUrl: string): Readonly<Record<string, PolicyValue>> {
  const { host, origin } = readScreenUrl(screenUrl);
  return {
    ...Object.fromEntries(POLICY_ROWS.map(({ name, value }) => [name, value])),
    // `data:` is the keeper's waiting page; no page can lead there by itself (Chromium refuses it at the top).
    URLAllowlist: [`http://${host}`, 'data:*'],
    // Voice prompts speak before the first touch.
    AutoplayAllowed: false,
    AutoplayAllowlist: [origin],
  };
}

export function policyText(screenUrl: string): string {
  return `${JSON.stringify(policiesFor(screenUrl), null, 2)}\n`;
}

/** Whole or not at all. @throws Error of the file system, for want of rights for instance. @returns the file's path. */
export function installPolicies(screenUrl: string, folder = MANAGED_FOLDER): string {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const path = join(folder, POLICY_FILE);
  writeFileSync(`${path}.new`, policyText(screenUrl), { mode: 0o644 });
  renameSync(`${path}.new`, path);
  return path;
}

/** Whether the policies in force there are these. */
export function policiesStand(screenUrl: string, folder = MANAGED_FOLDER): boolean {
  try {
    return readFileSync(join(folder, POLICY_FILE), 'utf8') === policyText(screenUrl);
  } catch {
    return false;
  }
}
