import { describe, expect, onTestFinished, test } from 'vitest';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import { DeviceHost } from '../../../drivers/device-host/device-host.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { OPENSC_TOOL, openscAnswers, PCSC_SCAN, pcscScanSees } from './foreign-clients.ts';
import {
  everyMotorPushesOut,
  everySlotKeepsItsPromises,
  everyUnpluggedReaderIsLost,
  type Wire,
} from './slot-contract.ts';
import { daemonWith, KnownCard, nativeLibraryMissing, newSlot, programMissing, READER } from './wire-bench.ts';

const socketClient: Wire = {
  serve: async (slot) => {
    const { socketPath } = await daemonWith(slot);
    return (signal) => openPcscdSlot('Yizhan Virtual*', { socketPath }, systemClock, signal);
  },
};

const nativeLibrary: Wire = {
  missing: nativeLibraryMissing(),
  serve: async (slot) => {
    const { socketPath } = await daemonWith(slot);
    const environment = { PCSCLITE_CSOCK_NAME: socketPath };
    const host = new DeviceHost({ library: 'pcsclite', clock: systemClock, environment });
    onTestFinished(() => host.close());
    return (signal) => host.openCardSlot('pcsc:Yizhan Virtual*', signal);
  },
};

everySlotKeepsItsPromises('our PC/SC daemon, socket client', socketClient);
everyUnpluggedReaderIsLost('our PC/SC daemon, socket client, unplugged and hung', socketClient);
everySlotKeepsItsPromises('our PC/SC daemon, native library in the device host', nativeLibrary);
everyUnpluggedReaderIsLost('our PC/SC daemon, native library in the device host, unplugged and hung', nativeLibrary);
everyMotorPushesOut('our PC/SC daemon, socket client, a motor', socketClient);
everyMotorPushesOut('our PC/SC daemon, native library in the device host, a motor', nativeLibrary);

describe('our PC/SC daemon, other people’s programs', () => {
  async function withCard(): Promise<string> {
    const slot = newSlot();
    slot.insert(new KnownCard());
    return (await daemonWith(slot)).socketPath;
  }

  test('opensc-tool reads the virtual card', async (ctx) => {
    const reason = programMissing(OPENSC_TOOL, 'opensc');
    if (reason) return ctx.skip(reason);
    expect(await openscAnswers(await withCard(), READER)).toEqual(['000102030405060708090a0b0c0d0e0f', '9000']);
  });

  test('pcsc_scan sees the reader and the ATR', async (ctx) => {
    const reason = programMissing(PCSC_SCAN, 'pcsc-tools');
    if (reason) return ctx.skip(reason);
    expect(await pcscScanSees(await withCard())).toEqual({ readers: [READER], atr: '3b0459495a48' });
  });
});
