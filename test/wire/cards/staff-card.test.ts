import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import { PinEntry } from '../../../drivers/person-token/pin-entry.ts';
import { PivToken } from '../../../drivers/person-token/piv-token.ts';
import { isSignedBy } from '../../../drivers/person-token/token-signature.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import type { AlgorithmName } from '../../../hardware-sim/devices/piv-card/piv-keys.ts';
import { StaffCardAuthority, TEST_STAFF } from '../../../hardware-sim/devices/piv-card/staff-card-authority.ts';
import type { VirtualCard } from '../../../hardware-sim/devices/virtual-card.ts';
import { serveVpcdCard } from '../../../hardware-sim/devices/vpcd-card.ts';
import { REAL_READER, type RealPcscd, realPcscdMissing, startRealPcscd } from './real-pcscd.ts';
import { type Mechanism, openscMissing, opensslCertifies, StaffCardPrograms } from './staff-card-programs.ts';
import { daemonWith, nativeLibraryMissing, newSlot, READER, until, within } from './wire-bench.ts';

const PIN = '471100';
const WRONG_PIN = '000000';
const MESSAGE = new TextEncoder().encode('a fresh challenge of the kiosk, nonce 0123456789abcdef');
const MANAGEMENT_KEY = new TextEncoder().encode('Yizhan bench key 9B only');
const PATIENT = { timeoutMs: 20_000 } as const;
const LONG = 180_000;

interface Desk {
  readonly missing: string | undefined;
  /** Puts the card into a reader that programs and kiosk can both reach. */
  serve(card: VirtualCard): Promise<{ readonly socketPath: string; readonly reader: string }>;
}

let pcscd: RealPcscd | undefined;
const realMissing = realPcscdMissing() ?? openscMissing();
beforeAll(async () => {
  if (!realMissing) pcscd = await startRealPcscd();
}, 30_000);
afterAll(() => pcscd?.close());

const ourDaemon: Desk = {
  missing: openscMissing(),
  serve: async (card) => {
    const slot = newSlot();
    slot.insert(card);
    return { socketPath: (await daemonWith(slot)).socketPath, reader: READER };
  },
};

const realDaemon: Desk = {
  missing: realMissing,
  serve: async (card) => {
    if (!pcscd) throw new Error('pcscd does not run');
    const { socketPath, vpcdPort } = pcscd;
    const look = await openPcscdSlot(REAL_READER, { socketPath }, systemClock, within(10_000));
    await until(look, 'notPresent');
    const slot = newSlot();
    const line = serveVpcdCard({ slot, clock: systemClock, port: vpcdPort });
    onTestFinished(() => line.close());
    slot.insert(card);
    await until(look, 'present');
    await look.close();
    return { socketPath, reader: REAL_READER };
  },
};

async function kioskAt(
  { socketPath, reader }: { socketPath: string; reader: string },
  way: 'pcsc' | 'pcscd' = 'pcscd',
): Promise<PivToken> {
  const bus = createDeviceBus({ clock: systemClock, pcscdSocketPath: socketPath });
  const token = new PivToken({ id: 'staff-token', address: `${way}:${reader}`, bus, clock: systemClock });
  onTestFinished(async () => {
    await token.close();
    await bus.close();
  });
  await new Promise<void>((resolve) => {
    token.onTokenEvent(({ event }) => {
      if (event === 'mediaInserted') resolve();
    });
  });
  return token;
}

function pinEntry(digits: string): PinEntry {
  return PinEntry.from(new TextEncoder().encode(digits));
}

describe.each([
  ['our PC/SC daemon', ourDaemon],
  ['the real pcscd', realDaemon],
] as const)('a virtual staff card on %s', (_name, desk) => {
  async function withCard(algorithm: AlgorithmName, protocol: 't0' | 't1' = 't1') {
    const authority = await StaffCardAuthority.create();
    const { card, certificate } = await authority.issue(TEST_STAFF.engineer, { algorithm, protocol });
    const served = await desk.serve(card);
    return { served, certificate, programs: new StaffCardPrograms(served.socketPath, served.reader) };
  }

  test(
    'piv-tool, pkcs15-tool and pkcs11-tool take it for the PIV card it is, and its self-test finds no error',
    async (ctx) => {
      if (desk.missing) return ctx.skip(desk.missing);
      const { programs, certificate } = await withCard('rsa2048');
      expect(await programs.pivName()).toBe('Personal Identity Verification Card');
      expect(await programs.pivSerial()).toMatch(/^9900000000004000800000000000/);
      expect(await programs.pkcs15Certificates()).toEqual(['Certificate for PIV Authentication']);
      expect(await programs.pkcs11Certificate()).toBe(certificate.fingerprint256);
      const { output } = await programs.pkcs11SelfTest(PIN);
      expect(output).toContain('No errors');
      expect(output).toContain('SHA256-RSA-PKCS: OK');
    },
    LONG,
  );

  test.for([
    ['rsa2048', 'SHA256-RSA-PKCS', 't1'],
    ['eccP256', 'ECDSA-SHA256', 't1'],
    ['rsa2048', 'SHA256-RSA-PKCS', 't0'],
  ] as const satisfies readonly (readonly [AlgorithmName, Mechanism, string])[])(
    'an %s signature by %s from a card of protocol %s, and one by the kiosk, are both verified by openssl',
    { timeout: LONG },
    async ([algorithm, mechanism, protocol], ctx) => {
      if (desk.missing) return ctx.skip(desk.missing);
      const { programs, served } = await withCard(algorithm, protocol);
      await programs.pkcs11Certificate();
      const theirs = await programs.pkcs11Sign(PIN, mechanism, MESSAGE);
      expect(await programs.opensslVerifies(theirs.signature, MESSAGE)).toBe(true);
      const token = await kioskAt(served);
      expect(await token.verifyPin(pinEntry(PIN), PATIENT)).toEqual({ done: true, value: { verdict: 'accepted' } });
      const ours = await token.sign(MESSAGE, PATIENT);
      if (!ours.done) throw new Error(ours.detail);
      expect(await programs.opensslVerifies(ours.value.signature, MESSAGE)).toBe(true);
      expect(await programs.opensslVerifies(ours.value.signature, MESSAGE.slice(1))).toBe(false);
    },
  );

  test(
    'the unmodified native library in its device host carries PIN and signature too',
    async (ctx) => {
      const reason = desk.missing ?? nativeLibraryMissing();
      if (reason) return ctx.skip(reason);
      const { served, certificate } = await withCard('rsa2048');
      const token = await kioskAt(served, 'pcsc');
      expect(await token.verifyPin(pinEntry(PIN), PATIENT)).toEqual({ done: true, value: { verdict: 'accepted' } });
      const signed = await token.sign(MESSAGE, PATIENT);
      if (!signed.done) throw new Error(signed.detail);
      expect(isSignedBy(certificate, MESSAGE, signed.value)).toBe(true);
    },
    LONG,
  );

  test(
    'a wrong PIN lowers one counter that opensc-tool, pkcs11-tool and the kiosk all see',
    async (ctx) => {
      if (desk.missing) return ctx.skip(desk.missing);
      const { programs, served } = await withCard('eccP256');
      expect(await programs.openscAsksForTries()).toBe('63c3');
      const token = await kioskAt(served);
      expect(await token.verifyPin(pinEntry(WRONG_PIN), PATIENT)).toMatchObject({ value: { triesLeft: 2 } });
      expect(await programs.openscAsksForTries()).toBe('63c2');
      const theirs = await programs.pkcs11Sign(WRONG_PIN, 'ECDSA-SHA256', MESSAGE);
      expect(theirs.output).toContain('CKR_PIN_INCORRECT');
      expect(await token.pinState(PATIENT)).toEqual({ done: true, value: { pin: 'notShown', triesLeft: 1 } });
      expect(await token.verifyPin(pinEntry(WRONG_PIN), PATIENT)).toEqual({
        done: true,
        value: { verdict: 'blocked' },
      });
      expect(await programs.openscAsksForTries()).toBe('6983');
      const blocked = await programs.pkcs11Sign(PIN, 'ECDSA-SHA256', MESSAGE);
      expect(blocked.output).toContain('CKR_PIN_LOCKED');
    },
    LONG,
  );

  test(
    'piv-tool with the management key writes a certificate, without it none',
    async (ctx) => {
      if (desk.missing) return ctx.skip(desk.missing);
      const { programs, certificate } = await withCard('rsa2048');
      const publicKey = certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString();
      const pem = await opensslCertifies(programs, publicKey);
      const refused = await programs.pivLoadCertificate(
        '9C',
        pem,
        new TextEncoder().encode('another key of 24 bytes!'),
      );
      expect(refused.output).toContain('admin_mode failed');
      expect(await programs.pkcs15Certificates()).toEqual(['Certificate for PIV Authentication']);
      // Its exit code is no word about it: piv-tool 0.23 ends with the number of bytes that it wrote.
      expect((await programs.pivLoadCertificate('9C', pem, MANAGEMENT_KEY)).output).not.toContain('failed');
      expect(await programs.pkcs15Certificates()).toEqual([
        'Certificate for PIV Authentication',
        'Certificate for Digital Signature',
      ]);
    },
    LONG,
  );
});
