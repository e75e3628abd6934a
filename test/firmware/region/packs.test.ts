import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PackRefusedError, parseTrust, type Trust } from '../../../firmware/region/pack-signatures.ts';
import { loadProfile, verifyPack } from '../../../firmware/region/packs.ts';
import {
  createTestAuthority,
  createTestSigner,
  encodeSignatures,
  seedPack,
  signPack,
  type TestSigner,
} from '../../../provisioning/test-authority.ts';
import { profileBytes } from '../kiosk-fixture.ts';

const SIGNED_AT = '2026-11-22T09:00:00+08:00';
const authority = createTestAuthority();
const { author, releaser, trust } = authority;
const profile = profileBytes('zhejiang');

const signedBy = (...signers: readonly TestSigner[]) =>
  encodeSignatures(signers.map((signer) => signPack(profile, signer, SIGNED_AT)));

function refusal(bytes: Uint8Array, signatures: Uint8Array | undefined, roots: Trust = trust): string {
  try {
    verifyPack(bytes, signatures, roots);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof PackRefusedError)) throw error;
    return error.refusal;
  }
}

describe('a region pack', () => {
  test('signed by two people of different duties is read', () => {
    expect(verifyPack(profile, signedBy(author, releaser), trust).id).toBe('zhejiang');
  });

  test('without signatures is refused', () => {
    expect(refusal(profile, undefined)).toBe('unsigned');
    expect(refusal(profile, encodeSignatures([]))).toBe('unsigned');
  });

  test('signed by one person is refused, also when that person signs twice', () => {
    expect(refusal(profile, signedBy(author))).toBe('onePerson');
    expect(refusal(profile, signedBy(author, author))).toBe('onePerson');
  });

  test('signed twice with one key under two names is refused', () => {
    const twin: TestSigner = { ...author, personId: 'test-twin', duty: 'releaser' };
    const roots = { signers: [author, twin] };
    expect(refusal(profile, signedBy(author, twin), roots)).toBe('onePerson');
  });

  test('signed by two people of the same duty is refused', () => {
    const colleague = createTestSigner('test-colleague', 'author');
    expect(refusal(profile, signedBy(author, colleague), { signers: [author, colleague] })).toBe('oneDuty');
  });

  test('with one byte changed is refused, wherever the byte is', () => {
    for (const place of [0, Math.floor(profile.length / 2), profile.length - 1]) {
      const changed = Uint8Array.from(profile);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(refusal(changed, signedBy(author, releaser))).toBe('changed');
    }
  });

  test('with a signer whom this machine does not know is refused', () => {
    const stranger = createTestSigner('stranger', 'releaser');
    expect(refusal(profile, signedBy(author, stranger))).toBe('unknownSigner');
    expect(refusal(profile, signedBy(author, releaser), createTestAuthority().trust)).toBe('changed');
  });

  test('with a signature for another duty or another time than was signed is refused', () => {
    expect(refusal(profile, signedBy(author, { ...releaser, duty: 'author' }))).toBe('otherDuty');
    const moved = { ...signPack(profile, releaser, SIGNED_AT), signedAt: '2027-01-01T00:00:00+08:00' };
    expect(refusal(profile, encodeSignatures([signPack(profile, author, SIGNED_AT), moved]))).toBe('changed');
  });

  test('with a third signature that does not hold is refused, although two do', () => {
    const forged = { ...signPack(profile, author, SIGNED_AT), signature: `${'A'.repeat(86)}==` };
    const file = [signPack(profile, author, SIGNED_AT), signPack(profile, releaser, SIGNED_AT), forged];
    expect(refusal(profile, encodeSignatures(file))).toBe('changed');
  });

  test('with signatures that are no such file is refused', () => {
    for (const text of ['', '{}', '{"format":"x","signatures":[]}', '[]', '{"format":"yizhan-pack-signatures/1"}']) {
      expect(refusal(profile, new TextEncoder().encode(text))).toBe('brokenSignatures');
    }
  });

  test('that is signed but breaks its form is refused with the path of the field', () => {
    const bytes = new TextEncoder().encode(new TextDecoder().decode(profile).replace('20000', '"20000"'));
    const signatures = encodeSignatures([author, releaser].map((signer) => signPack(bytes, signer, SIGNED_AT)));
    expect(() => verifyPack(bytes, signatures, trust)).toThrow(/consent\.(unitPriceFen|sumFen)/);
  });
});

describe('a pack folder', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pack-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is seeded by the test authority and loaded with its root list from a file', () => {
    const pack = join(folder, 'shenzhen');
    seedPack(pack, profileBytes('shenzhen'), authority, SIGNED_AT);
    const roots = parseTrust(new TextEncoder().encode(JSON.stringify(trust)));
    expect(loadProfile(pack, roots).consent.signature).toBe('required');
    expect(readFileSync(join(pack, 'signatures.json'), 'utf8')).not.toContain('PRIVATE');
    writeFileSync(join(pack, 'profile.json'), profileBytes('zhejiang'));
    expect(() => loadProfile(pack, roots)).toThrow('The pack is not what was signed');
    expect(() => loadProfile(join(folder, 'nothing'), roots)).toThrow('no readable file of its kind');
  });
});
