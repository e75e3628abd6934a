import { X509Certificate } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { encodeField } from '../../../drivers/person-token/ber-fields.ts';
import { certificateIn, PivDialogue } from '../../../drivers/person-token/piv-dialogue.ts';
import { isSignedBy } from '../../../drivers/person-token/token-signature.ts';
import { SpokenChip, toHex } from '../card-reader/spoken-chip.ts';
import {
  ASK_PIN,
  GET_9A,
  GET_DISCOVERY,
  GOLDEN_CHALLENGE,
  GOLDEN_PIV_CARD,
  GOLDEN_SIGNATURE,
  RSA_FIRST_PART,
  RSA_LAST_PART,
  SELECT_PIV,
  SIGN_P256,
  T1_ATR,
  VERIFY_471100,
} from './golden-piv-card.ts';
import { pinEntry } from './token-bench.ts';

const neverAborted = new AbortController().signal;
const squeeze = (hex: string): string => hex.replaceAll(' ', '').toUpperCase();

function spoken(changes: Readonly<Record<string, string>> = {}, atr = T1_ATR) {
  const chip = new SpokenChip({ ...GOLDEN_PIV_CARD, ...changes }, atr);
  return { chip, piv: new PivDialogue(chip, neverAborted) };
}

describe('byte for byte', () => {
  test('a card that OpenSSL made is read, unlocked and heard with the commands that OpenSC sends', async () => {
    const { chip, piv } = spoken();
    await piv.select();
    const certificate = await piv.certificate();
    expect(certificate.subject).toContain('CN=Golden');
    expect(await piv.pinState()).toEqual({ pin: 'notShown', triesLeft: 3 });
    expect(await piv.verifyPin(pinEntry())).toEqual({ verdict: 'accepted' });
    const signed = await piv.sign(GOLDEN_CHALLENGE, 'ecdsaSha256');
    expect(toHex(signed.signature)).toBe(GOLDEN_SIGNATURE.toUpperCase());
    expect(isSignedBy(certificate, GOLDEN_CHALLENGE, signed)).toBe(true);
    const rest = '00C00000D9';
    expect(chip.heard).toEqual(
      [SELECT_PIV, GET_9A, rest, GET_DISCOVERY, ASK_PIN, GET_DISCOVERY, VERIFY_471100, SIGN_P256].map(squeeze),
    );
  });

  test('an RSA challenge is padded and cut into two commands as OpenSC does it', async () => {
    const { chip, piv } = spoken({
      [RSA_FIRST_PART]: '9000',
      [RSA_LAST_PART]: `7C820104 82820100 ${'5A'.repeat(248)} 6108`,
      '00C0000008': `${'5A'.repeat(8)} 9000`,
    });
    const { signature } = await piv.sign(GOLDEN_CHALLENGE, 'rsaPkcs1Sha256');
    expect(chip.heard).toEqual([RSA_FIRST_PART, RSA_LAST_PART, '00C0000008'].map(squeeze));
    expect(signature).toEqual(new Uint8Array(256).fill(0x5a));
  });

  test('a T=0 card is asked without Le, and its announced answers are fetched', async () => {
    const { chip, piv } = spoken(
      {
        [SELECT_PIV.slice(0, -3)]: '6113',
        '00C0000013': GOLDEN_PIV_CARD[SELECT_PIV] ?? '',
      },
      Uint8Array.of(0x3b, 0x00),
    );
    await piv.select();
    expect(chip.heard).toEqual([squeeze(SELECT_PIV.slice(0, -3)), '00C0000013']);
  });
});

describe('what a card says to a PIN', () => {
  // ISO 7816-4 table 6 and SP 800-73-4 part 2, 3.2.1.
  test.each([
    ['9000', { verdict: 'accepted' }],
    ['63C2', { verdict: 'wrong', triesLeft: 2 }],
    ['63CF', { verdict: 'wrong', triesLeft: 15 }],
    ['63C0', { verdict: 'blocked' }],
    ['6983', { verdict: 'blocked' }],
    ['6300', { verdict: 'wrong', triesLeft: undefined }],
  ])('%s', async (status, verdict) => {
    const { piv } = spoken({ [VERIFY_471100]: status });
    expect(await piv.verifyPin(pinEntry())).toEqual(verdict);
  });

  test.each([
    ['6982', 'securityFail'],
    ['6985', 'securityFail'],
    ['6A88', 'invalidMedia'],
    ['6D00', 'invalidMedia'],
  ])('%s is no verdict but %s', async (status, fault) => {
    const { piv } = spoken({ [VERIFY_471100]: status });
    await expect(piv.verifyPin(pinEntry())).rejects.toMatchObject({ fault });
  });

  test('a card that wants another length for a PIN is not shown it a second time', async () => {
    const { chip, piv } = spoken({ [VERIFY_471100]: '6C08' });
    await expect(piv.verifyPin(pinEntry())).rejects.toMatchObject({ fault: 'invalidMedia' });
    expect(chip.heard.filter((command) => command === squeeze(VERIFY_471100))).toHaveLength(1);
  });
});

describe('what a card says of itself', () => {
  test.each([
    ['a template of another kind', SELECT_PIV, '6F00 9000', 'invalidMedia', 'select'],
    ['no application', SELECT_PIV, '6A82', 'invalidMedia', 'select'],
    ['a certificate object of another kind', GET_9A, '7F2100 9000', 'invalidMedia', 'certificate'],
    ['no certificate', GET_9A, '6A82', 'keyNotFound', 'certificate'],
    ['an empty object', GET_9A, '5300 9000', 'keyNotFound', 'certificate'],
    ['an empty certificate', GET_9A, '5307 7000 710100 FE00 9000', 'keyNotFound', 'certificate'],
    [
      'a certificate kept in an unknown form',
      GET_9A,
      '5309 7002AABB 710102 FE00 9000',
      'formatNotSupported',
      'certificate',
    ],
    ['gzip that is none', GET_9A, '5309 7002AABB 710101 FE00 9000', 'invalidMedia', 'certificate'],
    ['a certificate that is none', GET_9A, '5309 7002AABB 710100 FE00 9000', 'invalidMedia', 'certificate'],
    ['a length that lies', GET_9A, '5309 7003AABB 9000', 'invalidMedia', 'certificate'],
    ['more than it was asked for', GET_9A, '5300 5300 9000', 'invalidMedia', 'certificate'],
    ['data without end', GET_9A, '5300 6100', 'invalidMedia', 'certificate'],
    ['a protected certificate', GET_9A, '6982', 'securityFail', 'certificate'],
  ] as const)('%s', async (_what, command, answer, fault, act) => {
    const { piv } = spoken({ [command]: answer, '00C0000000': '5300 6100' });
    await expect(piv[act]()).rejects.toMatchObject({ fault });
  });

  test('gzip that would fill the memory is refused, also when a certificate stands in front of it', async () => {
    const { piv: honest } = spoken();
    const certificate = (await honest.certificate()).raw;
    const pressed = (zeros: number): Uint8Array =>
      encodeField(
        0x53,
        Buffer.concat([
          encodeField(0x70, gzipSync(Buffer.concat([certificate, Buffer.alloc(zeros)]))),
          Buffer.from('710101FE00', 'hex'),
        ]),
      );
    expect(certificateIn(pressed(0)).fingerprint256).toBe(new X509Certificate(certificate).fingerprint256);
    expect(() => certificateIn(pressed(100_000))).toThrow(expect.objectContaining({ fault: 'invalidMedia' }));
  });

  test('a signature in the wrong template is no signature', async () => {
    const { piv } = spoken({ [SIGN_P256]: '7C028200 9000'.replace('8200', '8100') });
    await expect(piv.sign(GOLDEN_CHALLENGE, 'ecdsaSha256')).rejects.toMatchObject({ fault: 'invalidMedia' });
    const { piv: none } = spoken({ [SIGN_P256]: '6A86' });
    await expect(none.sign(GOLDEN_CHALLENGE, 'ecdsaSha256')).rejects.toMatchObject({ fault: 'keyNotFound' });
  });

  test('a certificate of a kind of key that no staff card has checks nothing', async () => {
    const { piv } = spoken();
    const certificate = await piv.certificate();
    const signed = { algorithm: 'rsaPkcs1Sha256', signature: new Uint8Array(256) } as const;
    expect(isSignedBy(new X509Certificate(certificate.raw), GOLDEN_CHALLENGE, signed)).toBe(false);
  });
});
