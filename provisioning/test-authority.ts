/**
 * An authority for tests and the simulator: two invented people of different duties who sign region packs.
 *
 * One promise: its keys are made at run time and live in memory only, so no pack of it can be trusted by a machine
 * that was not told to in the same run.
 */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Duty,
  type PackKind,
  type PackSignature,
  SIGNATURES_FILE,
  SIGNATURES_FORMAT,
  type SignerRecord,
  signedBytes,
  type Trust,
} from '../firmware/region/pack-signatures.ts';
import { PRICES_FILE, PROFILE_FILE } from '../firmware/region/packs.ts';
import { RULES_FILE } from '../firmware/region/signed-rules.ts';

const FILES: Readonly<Record<PackKind, string>> = { region: PROFILE_FILE, rules: RULES_FILE, prices: PRICES_FILE };

export interface TestSigner extends SignerRecord {
  readonly privateKey: KeyObject;
}

export interface TestAuthority {
  readonly author: TestSigner;
  readonly releaser: TestSigner;
  readonly trust: Trust;
}

export function createTestAuthority(): TestAuthority {
  const author = createTestSigner('test-author', 'author');
  const releaser = createTestSigner('test-releaser', 'releaser');
  const trust = { signers: [author, releaser].map(({ personId, duty, publicKey }) => ({ personId, duty, publicKey })) };
  return { author, releaser, trust };
}

export function createTestSigner(personId: string, duty: Duty): TestSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { personId, duty, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKey };
}

/** One person's signature. @param signedAt ISO 8601 with offset. */
export function signPack(
  file: Uint8Array,
  signer: TestSigner,
  signedAt: string,
  kind: PackKind = 'region',
): PackSignature {
  const { personId, duty, privateKey } = signer;
  const bytes = signedBytes(kind, file, { personId, duty, signedAt });
  const signature = sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64');
  return { personId, duty, signedAt, signature };
}

/** Content of signatures.json. */
export function encodeSignatures(signatures: readonly PackSignature[]): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ format: SIGNATURES_FORMAT, signatures }, undefined, 2)}\n`);
}

/** Content of signatures.json with both people's signatures. */
export function signByBoth(file: Uint8Array, authority: TestAuthority, signedAt: string, kind: PackKind): Uint8Array {
  const signers = [authority.author, authority.releaser];
  return encodeSignatures(signers.map((signer) => signPack(file, signer, signedAt, kind)));
}

/** Writes a pack signed by both people. The signatures come last, so a half-written pack never passes. */
export function seedPack(
  packFolder: string,
  file: Uint8Array,
  authority: TestAuthority,
  signedAt: string,
  kind: PackKind = 'region',
): void {
  const signatures = signByBoth(file, authority, signedAt, kind);
  mkdirSync(packFolder, { recursive: true });
  writeWhole(join(packFolder, FILES[kind]), file);
  writeWhole(join(packFolder, SIGNATURES_FILE), signatures);
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const unfinished = `${path}.unfinished`;
  writeFileSync(unfinished, bytes, { mode: 0o600, flush: true });
  renameSync(unfinished, path);
}
