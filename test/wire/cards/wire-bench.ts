/**
 * What the wire tests of the card slot share: a chip, a slot, waiting for news, an end that cleans up.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CardSlot, SlotMedia } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { type PcscDaemon, startPcscDaemon } from '../../../hardware-sim/devices/pcsc-daemon.ts';
import type { VirtualCard } from '../../../hardware-sim/devices/virtual-card.ts';

export const READER = 'Yizhan Virtual Reader 00 00';
export const READ_BINARY_16 = Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x10);
export const COUNT_RESETS = Uint8Array.of(0x80, 0x10, 0x00, 0x00, 0x01);

/** A chip whose answers are known by heart: 16 bytes to READ BINARY, its resets to 80 10, the longest answer to 80 20. */
export class KnownCard implements VirtualCard {
  readonly label = 'known-card';
  /** T=0 only: TS, T0 with four historical bytes. */
  readonly atr = Uint8Array.of(0x3b, 0x04, 0x59, 0x49, 0x5a, 0x48);
  #resets = 0;

  reset(): void {
    this.#resets += 1;
  }

  transmit(apdu: Uint8Array): Uint8Array {
    if (apdu[0] === 0x00 && apdu[1] === 0xb0) {
      return Uint8Array.of(...Array.from({ length: apdu[4] ?? 0 }, (_, at) => at + (apdu[3] ?? 0)), 0x90, 0x00);
    }
    if (apdu[0] === 0x80 && apdu[1] === 0x10) return Uint8Array.of(this.#resets, 0x90, 0x00);
    if (apdu[0] === 0x80 && apdu[1] === 0x20) return Uint8Array.of(...new Uint8Array(256).fill(0x5a), 0x90, 0x00);
    return Uint8Array.of(0x6d, 0x00);
  }
}

/** Its chip offers T=1 first: TD1 says so. */
export class KnownT1Card extends KnownCard {
  override readonly atr = Uint8Array.of(0x3b, 0x84, 0x81, 0x31, 0x59, 0x49, 0x5a, 0x48, 0x00);
}

export function newSlot(readerName = READER, motor = false): SimCardSlot {
  return new SimCardSlot({ clock: systemClock, readerName, apduMs: 0, motor });
}

export async function daemonWith(...slots: readonly SimCardSlot[]): Promise<PcscDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-pcsc-'));
  const daemon = await startPcscDaemon({ socketPath: join(folder, 'pcscd.comm'), slots });
  onTestFinished(async () => {
    await daemon.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return daemon;
}

/** Resolves when the slot says so, or says so already. */
export function until(slot: CardSlot, kind: SlotMedia['kind']): Promise<SlotMedia> {
  return new Promise((resolve) => {
    if (slot.media().kind === kind) {
      resolve(slot.media());
      return;
    }
    const stop = slot.onMediaChanged((media) => {
      if (media.kind !== kind) return;
      stop();
      resolve(media);
    });
  });
}

export function lossOf(slot: CardSlot): Promise<Error> {
  return new Promise((resolve) => slot.onLost(resolve));
}

export function within(ms: number): AbortSignal {
  return AbortSignal.timeout(ms);
}

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** Runs somebody else's program to its end; it is killed after `timeoutMs`. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly timeoutMs?: number } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? 15_000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const collect = (bytes: Buffer): void => {
      output += bytes.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Why a test that needs the native library can't run here, or `undefined`. */
export function nativeLibraryMissing(): string | undefined {
  try {
    createRequire(import.meta.url)('pcsclite');
    return undefined;
  } catch {
    return 'pcsclite is not built: apt-get install libpcsclite-dev g++ make, then npm rebuild pcsclite';
  }
}

export function programMissing(path: string, debianPackage: string): string | undefined {
  return existsSync(path) ? undefined : `${path} is missing: apt-get install ${debianPackage}`;
}
