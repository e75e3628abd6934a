import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import { DeviceHost } from '../../../drivers/device-host/device-host.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import type { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { serveVpcdCard } from '../../../hardware-sim/devices/vpcd-card.ts';
import { OPENSC_TOOL, openscAnswers, PCSC_SCAN, pcscScanSees } from './foreign-clients.ts';
import { REAL_READER, type RealPcscd, realPcscdMissing, startRealPcscd } from './real-pcscd.ts';
import { everySlotKeepsItsPromises, type Wire } from './slot-contract.ts';
import { KnownCard, nativeLibraryMissing, newSlot, programMissing, until, within } from './wire-bench.ts';

const missing = realPcscdMissing();
let pcscd: RealPcscd | undefined;

beforeAll(async () => {
  if (!missing) pcscd = await startRealPcscd();
}, 30_000);
afterAll(() => pcscd?.close());

/** Serves the slot through vpcd, from an empty reader on. */
async function serve(slot: SimCardSlot): Promise<RealPcscd> {
  if (!pcscd) throw new Error('pcscd does not run');
  const { socketPath, vpcdPort } = pcscd;
  const look = await openPcscdSlot(REAL_READER, { socketPath }, systemClock, within(5_000));
  await until(look, 'notPresent');
  await look.close();
  const line = serveVpcdCard({ slot, clock: systemClock, port: vpcdPort });
  onTestFinished(() => line.close());
  return pcscd;
}

const socketClient: Wire = {
  missing,
  serve: async (slot) => {
    const { socketPath } = await serve(slot);
    return (signal) => openPcscdSlot('Virtual PCD*', { socketPath }, systemClock, signal);
  },
};

const nativeLibrary: Wire = {
  missing: missing ?? nativeLibraryMissing(),
  serve: async (slot) => {
    const { socketPath } = await serve(slot);
    const environment = { PCSCLITE_CSOCK_NAME: socketPath };
    const host = new DeviceHost({ library: 'pcsclite', clock: systemClock, environment });
    onTestFinished(() => host.close());
    return (signal) => host.openCardSlot('pcsc:Virtual PCD*', signal);
  },
};

everySlotKeepsItsPromises('the real pcscd, socket client', socketClient);
everySlotKeepsItsPromises('the real pcscd, native library in the device host', nativeLibrary);

describe('the real pcscd, other people’s programs', () => {
  async function withCard(): Promise<string> {
    const slot = newSlot();
    const { socketPath } = await serve(slot);
    slot.insert(new KnownCard());
    const look = await openPcscdSlot(REAL_READER, { socketPath }, systemClock, within(5_000));
    await until(look, 'present');
    await look.close();
    return socketPath;
  }

  test('opensc-tool reads the virtual card', async (ctx) => {
    const reason = missing ?? programMissing(OPENSC_TOOL, 'opensc');
    if (reason) return ctx.skip(reason);
    expect(await openscAnswers(await withCard(), REAL_READER)).toEqual(['000102030405060708090a0b0c0d0e0f', '9000']);
  });

  test('pcsc_scan sees the reader and the ATR', async (ctx) => {
    const reason = missing ?? programMissing(PCSC_SCAN, 'pcsc-tools');
    if (reason) return ctx.skip(reason);
    expect(await pcscScanSees(await withCard())).toEqual({
      readers: [REAL_READER, 'Virtual PCD 00 01'],
      atr: '3b0459495a48',
    });
  });
});
