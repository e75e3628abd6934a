/**
 * Detached signatures of two people of different duties over one file of a pack.
 *
 *     { "format": "yizhan-pack-signatures/1",
 *       "signatures": [ { "personId", "duty", "signedAt", "signature" }, … ] }
 *
 * `signature` is base64 of ECDSA P-256 with SHA-256 (r‖s, 64 bytes) over the UTF-8 lines
 * `yizhan region pack 1` (or another of `packKinds`), personId, duty, signedAt and the lower-case hex SHA-256 of the file,
 * each ended by a line feed: what was signed as one kind of pack is never read as another. One promise: `mustBeSigned`
 * returns only when every signature holds and two people of different duties, both in the root list, signed these bytes.
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { JsonError, parseJsonBytes } from '../json.ts';
import { FieldError, Fields } from '../json-fields.ts';

/** Writing the rules and releasing them are never one person's work. */
export const duties = ['author', 'releaser'] as const;
export type Duty = (typeof duties)[number];

export interface SignerRecord {
  readonly personId: string;
  readonly duty: Duty;
  /** P-256, SPKI, PEM. */
  readonly publicKey: string;
}

/** The root list: whose signatures count on this machine. */
export interface Trust {
  readonly signers: readonly SignerRecord[];
}

export interface PackSignature {
  readonly personId: string;
  readonly duty: Duty;
  /** ISO 8601 with offset. */
  readonly signedAt: string;
  /** base64 */
  readonly signature: string;
}

/** What a signature is for: it stands in the signed bytes. */
export const packKinds = {
  region: 'yizhan region pack 1',
  rules: 'yizhan rule pack 1',
  prices: 'yizhan price list 1',
} as const;
export type PackKind = keyof typeof packKinds;

export const SIGNATURES_FILE = 'signatures.json';
export const SIGNATURES_FORMAT = 'yizhan-pack-signatures/1';

const refusals = {
  unreadable: 'The pack has no readable file of its kind.',
  unsigned: 'The pack is not signed.',
  brokenSignatures: 'The file signatures.json is not in its form.',
  unknownSigner: 'A signer of the pack is not in the root list of this machine.',
  otherDuty: 'A signer of the pack signs with a duty that the root list does not give.',
  changed: 'The pack is not what was signed, or a signature is not its signer’s.',
  onePerson: 'The pack needs the signatures of two people, and has only one.',
  oneDuty: 'The pack needs two different duties, and all its signers have the same.',
  badForm: 'The pack is signed but does not fit its form.',
} as const;

export type PackRefusal = keyof typeof refusals;

export class PackRefusedError extends Error {
  override readonly name = 'PackRefusedError';
  readonly refusal: PackRefusal;

  constructor(refusal: PackRefusal, detail = '') {
    super(detail === '' ? refusals[refusal] : `${refusals[refusal]} ${detail}`);
    this.refusal = refusal;
  }
}

/** The bytes that a person signs. */
export function signedBytes(kind: PackKind, file: Uint8Array, signer: Omit<PackSignature, 'signature'>): Uint8Array {
  const digest = createHash('sha256').update(file).digest('hex');
  const lines = [packKinds[kind], signer.personId, signer.duty, signer.signedAt, digest];
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
}

/**
 * @param signatures Content of signatures.json; `undefined` when there is none.
 * @returns who signed, all of them verified
 * @throws PackRefusedError
 */
export function mustBeSigned(
  kind: PackKind,
  file: Uint8Array,
  signatures: Uint8Array | undefined,
  trust: Trust,
): readonly PackSignature[] {
  if (signatures === undefined) throw new PackRefusedError('unsigned');
  const signed = readSignatures(signatures);
  if (signed.length === 0) throw new PackRefusedError('unsigned');
  const signers = signed.map((signature) => verifiedSigner(kind, file, signature, trust));
  // A person is a person by key as well as by name, or one could be entered twice.
  const people = new Set(signers.map((signer) => signer.personId));
  const keys = new Set(signers.map((signer) => keyOf(signer).export({ type: 'spki', format: 'der' }).toString('hex')));
  if (people.size < 2 || keys.size < 2) throw new PackRefusedError('onePerson');
  if (new Set(signers.map((signer) => signer.duty)).size < 2) throw new PackRefusedError('oneDuty');
  return signed;
}

/**
 * The root list as a file: `{ "signers": [ { "personId", "duty", "publicKey" }, … ] }`.
 * @throws FieldError or JsonError
 */
export function parseTrust(bytes: Uint8Array): Trust {
  const signers = Fields.of(parseJsonBytes(bytes), 'trust')
    .list('signers')
    .map((signer) => ({
      personId: signer.text('personId'),
      duty: signer.oneOf('duty', duties),
      publicKey: signer.text('publicKey'),
    }));
  for (const signer of signers) keyOf(signer);
  return { signers };
}

function verifiedSigner(kind: PackKind, file: Uint8Array, signature: PackSignature, trust: Trust): SignerRecord {
  const records = trust.signers.filter((signer) => signer.personId === signature.personId);
  if (records.length === 0) throw new PackRefusedError('unknownSigner');
  const record = records.find((signer) => signer.duty === signature.duty);
  if (!record) throw new PackRefusedError('otherDuty');
  const holds = verify(
    'sha256',
    signedBytes(kind, file, signature),
    { key: keyOf(record), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature.signature, 'base64'),
  );
  if (!holds) throw new PackRefusedError('changed');
  return record;
}

function keyOf(signer: SignerRecord): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey(signer.publicKey);
  } catch {
    throw new FieldError(`trust: the key of ${signer.personId} is not readable`);
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new FieldError(`trust: the key of ${signer.personId} is not P-256`);
  }
  return key;
}

function readSignatures(bytes: Uint8Array): readonly PackSignature[] {
  try {
    const file = Fields.of(parseJsonBytes(bytes), 'signatures').root();
    file.oneOf('format', [SIGNATURES_FORMAT]);
    return file.list('signatures').map((signature) => ({
      personId: inForm(signature, 'personId', /^[\w.-]{1,40}$/),
      duty: signature.oneOf('duty', duties),
      signedAt: inForm(signature, 'signedAt', /^\d{4}-\d\d-\d\dT[\d:.]{8,15}(Z|[+-]\d\d:\d\d)$/),
      signature: inForm(signature, 'signature', /^[A-Za-z0-9+/]{86}==$/),
    }));
  } catch (error) {
    if (error instanceof JsonError || error instanceof FieldError) throw new PackRefusedError('brokenSignatures');
    throw error;
  }
}

function inForm(fields: Fields, name: string, form: RegExp): string {
  const text = fields.text(name);
  if (!form.test(text)) throw new FieldError(`${name} is not in its form`);
  return text;
}

/** `undefined` when there is no such file. */
export function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
