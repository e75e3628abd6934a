/**
 * The real world: this machine's buses, network, disk, clock and chance.
 *
 * One promise: a database that is opened here survives a power cut with
 * everything it acknowledged.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createDeviceBus } from '../../drivers/bus.ts';
import { systemClock } from '../../drivers/system-clock.ts';
import type { BrokerPort, World } from '../ports.ts';
import { NodeHttp } from './node-http.ts';
import { openSqliteStore } from './sqlite-store.ts';

export interface RealWorldOptions {
  readonly dataFolder: string;
  readonly broker: BrokerPort;
  /** PEM certificates that alone are trusted for HTTPS; the system's list when absent. */
  readonly authorities?: readonly string[];
  /** PC/SC daemon of this kiosk's readers; the library's own default when absent. */
  readonly pcscdSocketPath?: string;
}

export interface RealWorld extends World {
  /** Ends device hosts and connections. */
  close(): Promise<void>;
}

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
  return {
    devices,
    http,
    broker: options.broker,
    // The isolation room brings rtnetlink; until then nothing here claims to watch the network.
    network: {
      interfaces: () => [],
      routes: () => [],
      neighbours: () => [],
      onChanged: () => () => undefined,
      close: async () => undefined,
    },
    store: { open: (name) => openSqliteStore(join(options.dataFolder, name)) },
    clock: systemClock,
    random: { bytes: (count) => randomBytes(count) },
    close: async () => {
      await devices.close();
      http.close();
    },
  };
}
