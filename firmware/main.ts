/**
 * Production's door: the kiosk on the real world, with its screen on loopback.
 *
 * It is told where its data lies and which signers it trusts; it knows no
 * simulator. When the ledger no longer knows what is on the disk the process
 * ends, and whoever watches it starts it again to read what is true.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KioskConfig } from './config/kiosk-config.ts';
import { type Kiosk, startKiosk } from './kiosk.ts';
import type { BrokerPort } from './ports.ts';
import { PROFILE_FILE, SIGNATURES_FILE, type Trust } from './region/packs.ts';
import { createScreenServer } from './screen/screen-server.ts';
import { loadDeviceKey } from './world/device-key.ts';
import { createRealWorld } from './world/real-world.ts';

export interface ProductionOptions {
  readonly config: KioskConfig;
  /** Databases, identity and packs; made when absent. */
  readonly dataFolder: string;
  readonly trust: Trust;
  /** The built patient page. */
  readonly pageFolder: string;
  readonly broker: BrokerPort;
  /** Origins that may frame the page: the simulator's workbench; none in production. */
  readonly framedBy?: readonly string[];
  /** PEM certificates that alone are trusted for the parties. */
  readonly authorities?: readonly string[];
  /** The money can't go on in this process: end it, start it again. */
  readonly onMustRestart: (why: string) => void;
}

export interface RunningKiosk {
  readonly kiosk: Kiosk;
  /** The patient screen, on 127.0.0.1. */
  readonly screenUrl: string;
  stop(): Promise<void>;
}

export async function runKiosk(options: ProductionOptions): Promise<RunningKiosk> {
  const { config, dataFolder, trust } = options;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const sealingKey = loadDeviceKey(dataFolder);
  const packFolder = join(dataFolder, 'packs', 'region');
  const world = createRealWorld({
    dataFolder,
    broker: options.broker,
    ...(options.authorities ? { authorities: options.authorities } : {}),
  });
  const kiosk = startKiosk({
    world,
    config,
    pack: { profile: readFileSync(join(packFolder, PROFILE_FILE)), signatures: readIfThere(join(packFolder, SIGNATURES_FILE)) },
    trust,
    sealingKey,
    ledger: { workerOn: join(dataFolder, 'kiosk.db') },
    onLedgerStopped: (error) => options.onMustRestart(error.message),
  });
  const server = await createScreenServer({
    hub: kiosk.screen,
    pageFolder: options.pageFolder,
    port: config.screenPort,
    ...(options.framedBy ? { framedBy: options.framedBy } : {}),
  });
  return {
    kiosk,
    screenUrl: server.url,
    stop: async () => {
      await kiosk.stop();
      await server.close();
      await world.close();
    },
  };
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
