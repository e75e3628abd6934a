/**
 * The way to the chip and back, against a C program on the same virtual reader.
 *
 * Both forms that a kiosk can have: our own client of the PC/SC daemon, and the
 * unmodified native library in its device host.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openPcscdSlot } from '../../drivers/card-reader/pcscd-socket-transport.ts';
import { DeviceHost } from '../../drivers/device-host/device-host.ts';
import { systemClock } from '../../drivers/system-clock.ts';
import { type ApduContender, measureApduRoundTrip } from '../../hardware-sim/bench/apdu-round-trip.ts';
import { type Bench, roundsOf } from './bench-row.ts';

const TARGET_SOCKET_CLIENT = 1.3;
const PATIENCE_MS = 10_000;

export const apdu: Bench = {
  name: 'apdu',
  summary: 'APDU round trip, against a C program on the same virtual reader',
  run: async (share) => {
    const missing = missingHere();
    if (missing) return [{ name: 'apdu', skipped: missing }];
    const hosts: DeviceHost[] = [];
    const contenders: ApduContender[] = [socketClient];
    if (libraryIsBuilt()) contenders.push(nativeLibrary(hosts));
    try {
      const rows = await measureApduRoundTrip({
        clock: systemClock,
        contenders,
        rounds: roundsOf(12, share),
        apdusPerRound: roundsOf(500, share, 20),
      });
      return rows.map((row) => ({
        ...row,
        targetOf: 'ratio',
        ok: row.target === null || row.ratio <= row.target,
      }));
    } finally {
      for (const host of hosts) await host.close();
    }
  },
};

const socketClient: ApduContender = {
  name: 'apdu.socketClient',
  targetRatio: TARGET_SOCKET_CLIENT,
  openSlot: (socketPath, reader) =>
    openPcscdSlot(reader, { socketPath }, systemClock, AbortSignal.timeout(PATIENCE_MS)),
};

/** Two process boundaries more than the C program: no target, it is the price of a crash that costs a second. */
function nativeLibrary(hosts: DeviceHost[]): ApduContender {
  return {
    name: 'apdu.pcscliteInHost',
    targetRatio: null,
    openSlot: (socketPath, reader) => {
      const environment = { PCSCLITE_CSOCK_NAME: socketPath };
      const host = new DeviceHost({ library: 'pcsclite', clock: systemClock, environment });
      hosts.push(host);
      return host.openCardSlot(`pcsc:${reader}`, AbortSignal.timeout(PATIENCE_MS));
    },
  };
}

function libraryIsBuilt(): boolean {
  try {
    return createRequire(import.meta.url)('pcsclite') !== undefined;
  } catch {
    return false;
  }
}

function missingHere(): string | undefined {
  const needed = [
    ['/usr/bin/cc', 'gcc'],
    ['/usr/include/PCSC/winscard.h', 'libpcsclite-dev'],
  ] as const;
  const missing = needed.filter(([path]) => !existsSync(path)).map(([, name]) => name);
  return missing.length > 0 ? `apt-get install ${missing.join(' ')}` : undefined;
}
