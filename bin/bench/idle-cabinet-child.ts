/** The drivers of a site in a process of their own, watched while nobody uses them: `SITE_FILE SETTLE_MS MS`. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { DeviceHost } from '../../drivers/device-host/device-host.ts';
import { systemClock } from '../../drivers/system-clock.ts';
import { openedDevices } from '../opened-devices.ts';

const PATIENCE_MS = 15_000;
/** The kernel counts processor time of programs that have ended in these, ms. */
const TICK_MS = 10;
const [siteFile = '', settleMs = '0', forMs = '30000'] = process.argv.slice(2);
const opened = openedDevices(readFileSync(siteFile, 'utf8'));
const { all } = opened.devices;
const untilMs = performance.now() + PATIENCE_MS;
while (all.some(({ state }) => state !== 'online') && performance.now() < untilMs) await pause(100);
await pause(Number(settleMs));
const before = process.cpuUsage();
const endedBeforeMs = endedProgramsMs();
const beganMs = performance.now();
await pause(Number(forMs));
const { user, system } = process.cpuUsage(before);
const busyMs = (user + system) / 1_000 + endedProgramsMs() - endedBeforeMs;
const cpuPercent = (busyMs * 100) / (performance.now() - beganMs);
const residentMb = process.memoryUsage.rss() / 1e6;
const hostMb = await deviceHostMb();
process.send?.({
  devices: all.length,
  notOnline: all.filter(({ state }) => state !== 'online').map(({ id, state }) => `${id} is ${state}`),
  ...{ cpuPercent, residentMb, hostMb },
});
await opened.close();
process.disconnect();

/** Programs that a driver started and that have ended: fields 16 and 17 of `proc_pid_stat(5)`. */
function endedProgramsMs(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}

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
