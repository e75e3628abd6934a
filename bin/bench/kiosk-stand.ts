/**
 * A production bundle on a bench: the kiosk's process in front of a live hall.
 *
 * The hall (cabinet and parties) lives in this process, as it would behind
 * cables. One promise: whatever a bench does, the child and its folder go with it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LiveHall } from '../../hardware-sim/live-hall.ts';
import { buildProduction, type Production } from '../build-production.ts';

export interface StartedKiosk {
  readonly processId: number;
  /** From the start of the process, ms. */
  readonly screenAfterMs: number;
  /** Home screen open, card reader online, from the start of the process, ms. */
  readonly acceptingAfterMs: number;
  readonly screenUrl: string;
  /** Ends it in order; resolves when the process is gone. */
  end(): Promise<void>;
}

const PATIENCE_MS = 30_000;
const MIB = 1024;

export class KioskStand {
  readonly hall: LiveHall;
  readonly production: Production;
  readonly #folder: string;
  readonly #running = new Set<ChildProcess>();

  private constructor(hall: LiveHall, production: Production, folder: string) {
    this.hall = hall;
    this.production = production;
    this.#folder = folder;
  }

  static async open(): Promise<KioskStand> {
    const production = await buildProduction();
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
    return new KioskStand(await LiveHall.open({ dataFolder: folder }), production, folder);
  }

  /** Rejects when the kiosk ends, or does not take cards within 30 s. */
  start(): Promise<StartedKiosk> {
    const { startFile, pageFolder } = this.production;
    const words = [startFile, '--config', this.hall.siteFile, '--data', this.#folder, '--page', pageFolder];
    const startedMs = performance.now();
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#running.add(child);
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    return new Promise((resolve, reject) => {
      const tooLong = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error('The kiosk did not take cards in 30 s.'));
      }, PATIENCE_MS);
      child.once('error', reject);
      child.once('exit', (code) => {
        clearTimeout(tooLong);
        this.#running.delete(child);
        reject(new Error(`The kiosk ended before it took cards (${code}).`));
      });
      let screen: { readonly url: string; readonly afterMs: number } | undefined;
      createInterface(child.stdout).on('line', (line) => {
        const afterMs = performance.now() - startedMs;
        const word = JSON.parse(line) as { readonly screen?: string; readonly accepting?: string };
        if (word.screen !== undefined) screen = { url: word.screen, afterMs };
        if (word.accepting === undefined || !screen) return;
        clearTimeout(tooLong);
        resolve({
          processId: child.pid ?? 0,
          screenAfterMs: screen.afterMs,
          acceptingAfterMs: afterMs,
          screenUrl: screen.url,
          end: () => {
            child.kill('SIGTERM');
            return ended;
          },
        });
      });
    });
  }

  async close(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL');
    await this.hall.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The bare engine: its start, nothing, its end. Resolves with ms. */
export function bareEngineMs(): Promise<number> {
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', () => resolve(performance.now() - startedMs));
  });
}

/** A bare engine that stays until it is ended. */
export function idleEngine(): ChildProcess {
  return spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1e6)'], { stdio: 'ignore' });
}

/** Resident memory of a process in MB (2^20 bytes); NaN where the system does not tell. */
export function residentMb(processId: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / MIB;
  } catch {
    return Number.NaN;
  }
}
