/** The drivers of a site in a process of their own, watched while nobody uses them: `SITE_FILE MS`. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createDeviceBus } from '../../drivers/bus.ts';
import { DeviceHost } from '../../drivers/device-host/device-host.ts';
import { systemClock } from '../../drivers/system-clock.ts';
import { readSite } from '../../firmware/config/read-config.ts';
import { openDevices } from '../../firmware/kiosk-devices.ts';

const PATIENCE_MS = 15_000;
const SETTLE_MS = 2_000;
const [siteFile = '', forMs = '30000'] = process.argv.slice(2);
const { config } = readSite(readFileSync(siteFile, 'utf8'));
const bus = createDeviceBus({ clock: systemClock });
const { all } = openDevices({ bus, clock: systemClock, random: { bytes: (count) => randomBytes(count) } }, config);
const untilMs = performance.now() + PATIENCE_MS;
while (all.some(({ state }) => state !== 'online') && performance.now() < untilMs) await pause(100);
await pause(SETTLE_MS);
const before = process.cpuUsage();
const beganMs = performance.now();
await pause(Number(forMs));
const { user, system } = process.cpuUsage(before);
const cpuPercent = (user + system) / 10 / (performance.now() - beganMs);
const residentMb = process.memoryUsage.rss() / 1e6;
const hostMb = await deviceHostMb();
process.send?.({
  devices: all.length,
  notOnline: all.filter(({ state }) => state !== 'online').map(({ id, state }) => `${id} is ${state}`),
  ...{ cpuPercent, residentMb, hostMb },
});
for (const device of all) await device.close();
await bus.close();
process.disconnect();

/** Starts a host by an open that fails, and reads what it weighs. */
async function deviceHostMb(): Promise<number> {
  const host = new DeviceHost({ library: 'serialport', clock: systemClock });
  await host.openByteLink('serial:/dev/no-such-port', AbortSignal.timeout(PATIENCE_MS)).catch(() => undefined);
  const { processId } = host;
  if (processId === undefined) return Number.NaN;
  const pages = Number(readFileSync(`/proc/${processId}/statm`, 'utf8').split(' ')[1]);
  await host.close();
  return (pages * 4_096) / 1e6;
}
