import { expect, onTestFinished, test } from 'vitest';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import { DeviceHost } from '../../../drivers/device-host/device-host.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { measureApduRoundTrip } from '../../../hardware-sim/bench/apdu-round-trip.ts';
import { nativeLibraryMissing, programMissing, within } from './wire-bench.ts';

test('the APDU benchmark measures both ways to the card against the C program, in one run', async (ctx) => {
  const missing =
    nativeLibraryMissing() ??
    programMissing('/usr/bin/cc', 'gcc') ??
    programMissing('/usr/include/PCSC/winscard.h', 'libpcsclite-dev');
  if (missing) return ctx.skip(missing);
  const rows = await measureApduRoundTrip({
    clock: systemClock,
    rounds: 2,
    apdusPerRound: 50,
    contenders: [
      {
        name: 'apdu.socketClient',
        targetRatio: 1.5,
        openSlot: (socketPath, reader) => openPcscdSlot(reader, { socketPath }, systemClock, within(5_000)),
      },
      {
        name: 'apdu.pcscliteInHost',
        targetRatio: 6,
        openSlot: (socketPath, reader) => {
          const environment = { PCSCLITE_CSOCK_NAME: socketPath };
          const host = new DeviceHost({ library: 'pcsclite', clock: systemClock, environment });
          onTestFinished(() => host.close());
          return host.openCardSlot(`pcsc:${reader}`, within(10_000));
        },
      },
    ],
  });
  expect(rows.map(({ name, unit, target }) => [name, unit, target])).toEqual([
    ['apdu.socketClient', 'µs', 1.5],
    ['apdu.pcscliteInHost', 'µs', 6],
  ]);
  for (const { value, floor, ratio } of rows) {
    expect(floor).toBeGreaterThan(1);
    expect(ratio).toBeCloseTo(value / floor, 6);
  }
});
