/**
 * A cabinet with every device that the simulator has, all polled as in service, and nobody in front of it: the
 * drivers' share of a processor, and the memory of their process and of the device host.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiveHall } from '../../hardware-sim/live-hall.ts';
import type { BenchResult } from './bench-row.ts';

const TARGET_CPU_PERCENT = 1;
const WATCHED_MS = 30_000;
/** Readers look more often for half a minute after somebody was there, and opening counts as that. */
const SETTLE_MS = 35_000;

export interface IdleFigures {
  readonly devices: number;
  readonly notOnline: readonly string[];
  readonly cpuPercent: number;
  readonly residentMb: number;
  readonly hostMb: number;
}

export async function idleCabinet(share: number): Promise<readonly BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-idle-'));
  const hall = await LiveHall.open({ dataFolder: folder });
  try {
    const settleMs = share < 1 ? 2_000 : SETTLE_MS;
    const figures = await watched(hall.siteFile, settleMs, Math.max(2_000, WATCHED_MS * share));
    if (figures.notOnline.length > 0) {
      return [{ name: 'devices.idle', failed: `not online: ${figures.notOnline.join(', ')}` }];
    }
    const note = `${figures.devices} devices, behind loopback doors`;
    const plain = { floor: null, ratio: null, targetOf: 'value' } as const;
    const { cpuPercent, residentMb, hostMb } = figures;
    return [
      {
        ...{ name: 'devices.idleCpu', value: cpuPercent, unit: '%', ...plain, note },
        ...{ target: TARGET_CPU_PERCENT, ok: cpuPercent <= TARGET_CPU_PERCENT },
      },
      { name: 'devices.memory', value: residentMb, unit: 'MB', ...plain, target: null, ok: true, note },
      {
        ...{ name: 'devices.hostMemory', value: hostMb, unit: 'MB', ...plain, target: null, ok: true },
        note: 'one device host with its library loaded',
      },
    ];
  } finally {
    await hall.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function watched(siteFile: string, settleMs: number, forMs: number): Promise<IdleFigures> {
  const child = fork(new URL('./idle-cabinet-child.ts', import.meta.url), [siteFile, String(settleMs), String(forMs)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (figures) => resolve(figures as IdleFigures));
    child.once('exit', (code) => reject(new Error(`The idle cabinet's process ended (${code}).`)));
  });
}
