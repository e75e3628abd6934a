import { verify } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { PinEntry } from '../../../drivers/person-token/pin-entry.ts';
import { isSignedBy } from '../../../drivers/person-token/token-signature.ts';
import { BankCard } from '../../../hardware-sim/devices/bank-card.ts';
import { PivCardTwin } from '../../../hardware-sim/devices/piv-card/piv-card.ts';
import { makeKey } from '../../../hardware-sim/devices/piv-card/piv-keys.ts';
import { TEST_STAFF } from '../../../hardware-sim/devices/piv-card/staff-card-authority.ts';
import { CHALLENGE, FOR_3_S, onTokenBench, PIN, pinEntry, staffAuthority, WRONG_PIN, word } from './token-bench.ts';

const { engineer, supervisor } = TEST_STAFF;
const ASK_PIN = Uint8Array.of(0x00, 0x20, 0x00, 0x80);

describe('who it is', () => {
  test.each(['rsa2048', 'eccP256'] as const)('an %s card shows its certificate without a PIN', async (algorithm) => {
    const { slot, token, told, ended } = await onTokenBench();
    const authority = await staffAuthority();
    const { card, certificate } = await authority.issue(engineer, { algorithm });
    slot.insert(card);
    const read = await ended(token.readCertificate(FOR_3_S));
    if (!read.done) throw new Error(read.detail);
    expect(read.value.reveal().fingerprint256).toBe(certificate.fingerprint256);
    expect(read.value.reveal().verify(authority.certificate.publicKey)).toBe(true);
    expect(inspect(read.value)).not.toContain('CERTIFICATE');
    slot.remove();
    expect(told).toEqual(['online', 'mediaInserted', 'mediaRemoved']);
  });

  test.each(['t0', 't1'] as const)('a card of protocol %s keeps its certificate pressed or not', async (protocol) => {
    for (const pressed of [false, true]) {
      const { slot, token, ended } = await onTokenBench();
      const { card } = await (await staffAuthority()).issue(engineer, { algorithm: 'eccP256', protocol, pressed });
      slot.insert(card);
      expect(word(await ended(token.readCertificate(FOR_3_S)))).toBe('done');
      expect(word(await ended(token.verifyPin(pinEntry(), FOR_3_S)))).toBe('done');
      expect(word(await ended(token.sign(CHALLENGE, FOR_3_S)))).toBe('done');
    }
  });

  test('a bank card is invalidMedia, a PIV card without a person on it is keyNotFound, an empty slot is noMedia', async () => {
    const { slot, token, ended } = await onTokenBench();
    expect(word(await ended(token.readCertificate(FOR_3_S)))).toBe('noMedia');
    slot.insert(new BankCard('card-bank'));
    expect(word(await ended(token.readCertificate(FOR_3_S)))).toBe('invalidMedia');
    slot.remove();
    slot.insert(new PivCardTwin('staff-blank', { guid: new Uint8Array(16) }));
    expect(word(await ended(token.readCertificate(FOR_3_S)))).toBe('keyNotFound');
    slot.turnOver();
    expect(word(await ended(token.readCertificate(FOR_3_S)))).toBe('invalidMedia');
  });
});

describe('the PIN', () => {
  test('the card counts: two wrong ones leave one try, the third blocks it, and no PIN helps then', async () => {
    const { slot, token, ended } = await onTokenBench();
    const { card } = await (await staffAuthority()).issue(engineer, { algorithm: 'eccP256' });
    slot.insert(card);
    const show = async (digits: string) => await ended(token.verifyPin(pinEntry(digits), FOR_3_S));
    expect(await show(WRONG_PIN)).toEqual({ done: true, value: { verdict: 'wrong', triesLeft: 2 } });
    expect(await show(WRONG_PIN)).toEqual({ done: true, value: { verdict: 'wrong', triesLeft: 1 } });
    expect(await ended(token.pinState(FOR_3_S))).toEqual({ done: true, value: { pin: 'notShown', triesLeft: 1 } });
    expect(await show(WRONG_PIN)).toEqual({ done: true, value: { verdict: 'blocked' } });
    expect(await show(PIN)).toEqual({ done: true, value: { verdict: 'blocked' } });
    expect(await ended(token.pinState(FOR_3_S))).toEqual({ done: true, value: { pin: 'blocked' } });
    expect(word(await ended(token.sign(CHALLENGE, FOR_3_S)))).toBe('accessDenied');
  });

  test('the count is the card’s: it goes with it to another reader, and a right PIN sets it back', async () => {
    const { card } = await (await staffAuthority()).issue(engineer, { algorithm: 'eccP256' });
    const first = await onTokenBench();
    first.slot.insert(card);
    await first.ended(first.token.verifyPin(pinEntry(WRONG_PIN), FOR_3_S));
    first.slot.remove();
    const second = await onTokenBench();
    second.slot.insert(card);
    expect(await second.ended(second.token.pinState(FOR_3_S))).toMatchObject({ value: { triesLeft: 2 } });
    await second.ended(second.token.verifyPin(pinEntry(), FOR_3_S));
    expect(await second.ended(second.token.pinState(FOR_3_S))).toMatchObject({ value: { pin: 'shown' } });
    await second.token.release();
    expect(await second.ended(second.token.pinState(FOR_3_S))).toMatchObject({ value: { triesLeft: 3 } });
  });

  test.each(['12345', '123456789', '12a456', ''])('"%s" is no PIN and costs no try', async (digits) => {
    const { slot, token, heard, ended } = await onTokenBench();
    const { card } = await (await staffAuthority()).issue(engineer, { algorithm: 'eccP256' });
    slot.insert(card);
    expect(word(await ended(token.verifyPin(pinEntry(digits), FOR_3_S)))).toBe('invalidData');
    expect(heard.filter((command) => command.startsWith('0020'))).toEqual([]);
  });

  test('an entry prints as a mask, is wiped by its only use, and takes the bytes it came from along', async () => {
    const source = new TextEncoder().encode(PIN);
    const entry = PinEntry.from(source);
    expect([...source]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([`${entry}`, JSON.stringify(entry), inspect(entry)].join()).not.toMatch(/\d/);
    const { slot, token, ended } = await onTokenBench();
    const { card } = await (await staffAuthority()).issue(engineer, { algorithm: 'eccP256' });
    slot.insert(card);
    await ended(token.verifyPin(entry, FOR_3_S));
    expect(entry.length).toBe(0);
    expect(() => entry.push(0x31)).toThrow('wiped');
    await expect(entry.lend({ bytes: 8, padding: 0xff }, async () => undefined)).rejects.toThrow('wiped');
  });

  test('the command that carried a PIN is overwritten once the reader has taken it', async () => {
    const { slot, token, ended } = await onTokenBench();
    const { card } = await (await staffAuthority()).issue(engineer, { algorithm: 'eccP256' });
    const kept: Uint8Array[] = [];
    slot.onApdu((apdu) => kept.push(apdu));
    slot.insert(card);
    await ended(token.verifyPin(pinEntry(), FOR_3_S));
    expect(kept.some((apdu) => Buffer.from(apdu).toString('latin1').includes(PIN))).toBe(false);
    expect(kept.some((apdu) => apdu.length === 13 && apdu.every((byte) => byte === 0))).toBe(true);
  });

  test('a holder who uses the global PIN is asked for that one', async () => {
    const { slot, token, heard, ended } = await onTokenBench();
    // Part 1, 3.3.2: 60 = both PINs open the card, 20 = the holder uses the global one.
    const discovery = Buffer.from('7e124f0ba0000003080000100001005f2f026020', 'hex');
    const { card } = await (await staffAuthority()).issue(engineer, {
      algorithm: 'eccP256',
      objects: new Map([[0x7e, discovery]]),
    });
    slot.insert(card);
    // This twin has no global PIN: 6A88, and the word says that the card is not as it says.
    expect(word(await ended(token.pinState(FOR_3_S)))).toBe('invalidMedia');
    expect(heard).toContain('00200000');
  });
});

describe('a signature', () => {
  test.each(['rsa2048', 'eccP256'] as const)(
    'of an %s card fits its certificate and its challenge',
    async (algorithm) => {
      const { slot, token, ended } = await onTokenBench();
      const { card, certificate } = await (await staffAuthority()).issue(supervisor, { algorithm });
      slot.insert(card);
      await ended(token.verifyPin(pinEntry(), FOR_3_S));
      const signed = await ended(token.sign(CHALLENGE, FOR_3_S));
      if (!signed.done) throw new Error(signed.detail);
      expect(signed.value.algorithm).toBe(algorithm === 'rsa2048' ? 'rsaPkcs1Sha256' : 'ecdsaSha256');
      expect(verify('sha256', CHALLENGE, certificate.publicKey, signed.value.signature)).toBe(true);
      expect(isSignedBy(certificate, CHALLENGE, signed.value)).toBe(true);
      const other = Uint8Array.from(CHALLENGE, (byte, at) => (at === 3 ? byte ^ 1 : byte));
      expect(isSignedBy(certificate, other, signed.value)).toBe(false);
      expect(isSignedBy(certificate, CHALLENGE, { ...signed.value, signature: new Uint8Array(0) })).toBe(false);
      expect(isSignedBy((await staffAuthority()).certificate, CHALLENGE, signed.value)).toBe(false);
    },
  );

  test('without a PIN is accessDenied', async () => {
    const { slot, token, ended } = await onTokenBench();
    const { card } = await (await staffAuthority()).issue(engineer);
    slot.insert(card);
    expect(word(await ended(token.sign(CHALLENGE, FOR_3_S)))).toBe('accessDenied');
  });

  test('of a key that is not the certificate’s is never given out', async () => {
    const { slot, token, ended } = await onTokenBench();
    const { certificate } = await (await staffAuthority()).issue(engineer, { algorithm: 'eccP256' });
    const card = new PivCardTwin('staff-forged', {
      guid: new Uint8Array(16),
      keys: new Map([[0x9a, makeKey('eccP256')]]),
      certificates: new Map([[0x9a, certificate.raw]]),
    });
    slot.insert(card);
    await ended(token.verifyPin(pinEntry(), FOR_3_S));
    expect(word(await ended(token.sign(CHALLENGE, FOR_3_S)))).toBe('securityFail');
  });

  test('over a challenge that anyone could guess is our own mistake', async () => {
    const { token } = await onTokenBench();
    await expect(token.sign(new Uint8Array(31), FOR_3_S)).rejects.toThrow(RangeError);
    await expect(token.sign(new Uint8Array(1_025), FOR_3_S)).rejects.toThrow(RangeError);
  });
});

describe('how long a PIN counts', () => {
  async function shown(options: { heldMs?: number } = {}) {
    const bench = await onTokenBench(options);
    const { card } = await (await staffAuthority()).issue(engineer, { algorithm: 'eccP256' });
    bench.slot.insert(card);
    expect(word(await bench.ended(bench.token.verifyPin(pinEntry(), FOR_3_S)))).toBe('done');
    const sign = async () => word(await bench.ended(bench.token.sign(CHALLENGE, FOR_3_S)));
    return { ...bench, card, sign };
  }

  test('for as many signatures as its time allows, and no longer', async () => {
    const { clock, sign } = await shown({ heldMs: 10_000 });
    expect([await sign(), await sign()]).toEqual(['done', 'done']);
    await clock.pass(10_000);
    expect(await sign()).toBe('accessDenied');
  });

  test('until it is released', async () => {
    const { token, sign } = await shown();
    await token.release();
    expect(await sign()).toBe('accessDenied');
  });

  test('until the card leaves, also when the same one comes back at once', async () => {
    const { slot, card, sign } = await shown();
    slot.remove();
    slot.insert(card);
    expect(await sign()).toBe('accessDenied');
  });

  test('until a wrong one is shown', async () => {
    const { token, sign, ended } = await shown();
    await ended(token.verifyPin(pinEntry(WRONG_PIN), FOR_3_S));
    expect(await sign()).toBe('accessDenied');
  });

  test('until the reader was unplugged', async () => {
    const { slot, clock, sign } = await shown();
    slot.unplug();
    slot.plugIn();
    await clock.pass(250);
    expect(await sign()).toBe('accessDenied');
  });

  test('not while a signature is under way and it is released: the next one needs a PIN again', async () => {
    const { token, slot, clock, sign, ended } = await shown();
    const signing = token.sign(CHALLENGE, FOR_3_S);
    await clock.pass(15);
    await token.release();
    expect(word(await ended(signing))).toBe('done');
    await expect(slot.transmit(ASK_PIN)).rejects.toThrow('no powered chip');
    expect(await sign()).toBe('accessDenied');
  });

  test('nor while it is just being shown and released: the chip is let go with it', async () => {
    const { token, slot, clock, sign, ended } = await shown();
    await token.release();
    const showing = token.verifyPin(pinEntry(), FOR_3_S);
    await clock.pass(15);
    await token.release();
    expect(await ended(showing)).toMatchObject({ value: { verdict: 'accepted' } });
    await expect(slot.transmit(ASK_PIN)).rejects.toThrow('no powered chip');
    expect(await sign()).toBe('accessDenied');
  });

  test('a chip that saw only a wrong PIN, or none, is not held', async () => {
    const { token, slot, ended } = await shown();
    await ended(token.verifyPin(pinEntry(WRONG_PIN), FOR_3_S));
    await expect(slot.transmit(ASK_PIN)).rejects.toThrow('no powered chip');
    await ended(token.readCertificate(FOR_3_S));
    await expect(slot.transmit(ASK_PIN)).rejects.toThrow('no powered chip');
    await ended(token.verifyPin(pinEntry(), FOR_3_S));
    expect(await ended(slot.transmit(ASK_PIN))).toEqual(Uint8Array.of(0x90, 0x00));
  });

  test('close leaves the chip without power and no timer behind', async () => {
    const { token, slot, clock } = await shown();
    await token.close();
    expect(token.state).toBe('offline');
    await expect(slot.transmit(Uint8Array.of(0x00, 0x20, 0x00, 0x80))).rejects.toThrow('no powered chip');
    await clock.pass(120_000);
    expect(clock.waiting).toBe(0);
  });
});
