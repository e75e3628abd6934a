/**
 * The real world: this machine's buses, network, disk, clock and chance.
 *
 * One promise: a database that is opened here survives a power cut with
 * everything it acknowledged.
 */
import { randomBytes } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { createDeviceBus } from '../../drivers/bus.ts';
import { KernelNetEvents } from '../../drivers/network/kernel-net-events.ts';
import { systemClock } from '../../drivers/system-clock.ts';
import type { BrokerPort, NetEvents, World } from '../ports.ts';
import { NodeHttp } from './node-http.ts';
import { openSqliteStore } from './sqlite-store.ts';

export interface RealWorldOptions {
  readonly dataFolder: string;
  readonly broker: BrokerPort;
  /** PEM certificates that alone are trusted for HTTPS; the system's list when absent. */
  readonly authorities?: readonly string[];
  /** PC/SC daemon of this kiosk's readers; the library's own default when absent. */
  readonly pcscdSocketPath?: string;
  /** The device map's row; without one nothing claims to watch the network. */
  readonly network?: { readonly id: string; readonly address: string } | undefined;
}

export interface RealWorld extends World {
  /** Ends device hosts and connections. */
  close(): Promise<void>;
}

/** The first screen does not wait for programs that the watching starts, ms. */
const AFTER_START_MS = 1_000;

const unwatched: NetEvents = {
  interfaces: () => [],
  routes: () => [],
  neighbours: () => [],
  onChanged: () => () => undefined,
  close: async () => undefined,
};

export function createRealWorld(options: RealWorldOptions): RealWorld {
  const { pcscdSocketPath } = options;
  const devices = createDeviceBus({
    clock: systemClock,
    ...(pcscdSocketPath === undefined ? {} : { pcscdSocketPath }),
  });
  const http = new NodeHttp({
    clock: systemClock,
    ...(options.authorities ? { authorities: options.authorities } : {}),
  });
  const network = options.network
    ? new KernelNetEvents({ ...options.network, clock: systemClock, startAfterMs: AFTER_START_MS })
    : unwatched;
  return {
    devices,
    http,
    broker: options.broker,
    network,
    store: {
      open: (name, worth) => openSqliteStore(join(options.dataFolder, name), worth),
      roomBytes: () => roomIn(options.dataFolder),
    },
    clock: systemClock,
    random: { bytes: (count) => randomBytes(count) },
    close: async () => {
      await network.close();
      await devices.close();
      http.close();
    },
  };
}

/** What a program without special rights may still write there. */
function roomIn(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
