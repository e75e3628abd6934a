/**
 * The distribution's own pcscd with the vpcd reader, in a corner of its own.
 *
 * Its socket path is compiled in, so it gets its own /run (a mount namespace)
 * and is reached through /proc: a daemon that serves this machine is not
 * disturbed, and two test runs do not meet. It is ended by its process id.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import type { CardSlot } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { programMissing, within } from './wire-bench.ts';

export const REAL_READER = 'Virtual PCD 00 00';
const PCSCD = '/usr/sbin/pcscd';
const VPCD = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const NAMESPACE = process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'];

export interface RealPcscd {
  /** For `PCSCLITE_CSOCK_NAME`. */
  readonly socketPath: string;
  /** Where vpcd waits for a card, on loopback. */
  readonly vpcdPort: number;
  close(): Promise<void>;
}

/** Why it can't run here and what to install, or `undefined`. */
export function realPcscdMissing(): string | undefined {
  const missing =
    programMissing(PCSCD, 'pcscd') ?? programMissing(VPCD, 'vsmartcard-vpcd') ?? programMissing('/usr/bin/cc', 'gcc');
  if (missing) return missing;
  const allowed = spawnSync('unshare', [...NAMESPACE, 'sh', '-c', 'mount -t tmpfs none /run']).status === 0;
  return allowed ? undefined : 'pcscd needs a mount namespace of its own: run as root, or allow user namespaces';
}

export async function startRealPcscd(): Promise<RealPcscd> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-pcscd-'));
  const vpcdPort = await freePortPair();
  const shim = join(folder, 'vpcd-loopback.so');
  const source = new URL('./vpcd-loopback.c', import.meta.url).pathname;
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-o', shim, source, '-ldl'], { encoding: 'utf8' });
  if (compiled.status !== 0) throw new Error(`The loopback shim does not compile: ${compiled.stderr}`);
  const readers = `FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:${vpcdPort}\nLIBPATH ${VPCD}\nCHANNELID ${vpcdPort}\n`;
  // pcscd reads every file of this folder, so nothing else may lie in it.
  const configuration = join(folder, 'reader.conf.d');
  mkdirSync(configuration);
  writeFileSync(join(configuration, 'vpcd'), readers);

  // unshare and sh replace themselves, so the child's process id is pcscd's.
  const script = 'mount -t tmpfs none /run && export LD_PRELOAD="$2" && exec "$0" --foreground --config "$1"';
  const daemon = spawn('unshare', [...NAMESPACE, 'sh', '-c', script, PCSCD, configuration, shim], { stdio: 'ignore' });
  // The kernel's own way into the mount namespace of that process.
  const socketPath = join('/proc', String(daemon.pid), 'root', 'run', 'pcscd', 'pcscd.comm');
  const close = async (): Promise<void> => {
    await ended(daemon);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const slot = await openWhenThere(socketPath);
    await slot.close();
  } catch (error) {
    await close();
    throw error;
  }
  return { socketPath, vpcdPort, close };
}

/** The daemon makes its socket and then loads its readers; both take a moment. */
async function openWhenThere(socketPath: string): Promise<CardSlot> {
  const deadline = within(10_000);
  for (;;) {
    try {
      return await openPcscdSlot(REAL_READER, { socketPath }, systemClock, deadline);
    } catch (error) {
      if (deadline.aborted) throw error;
      await pause(25);
    }
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** vpcd has two slots and listens on this port and the next one. */
async function freePortPair(): Promise<number> {
  for (;;) {
    const first = await listenOn(0);
    const { port } = first.address() as AddressInfo;
    const second = await listenOn(port + 1).catch(() => undefined);
    for (const server of [first, second])
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    if (second) return port;
  }
}

function listenOn(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
