/**
 * Our own PC/SC daemon: virtual slots for every program that speaks PC/SC.
 *
 * The unmodified native library reaches it when `PCSCLITE_CSOCK_NAME` names its
 * socket; no root, no kernel, no TCP. One promise: what a program sees here, it
 * would see on the real daemon, errors and order included.
 */
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { SimCardSlot } from './card-slot.ts';
import { PcscDaemonClient } from './pcsc-daemon-client.ts';
import { PcscDaemonReader } from './pcsc-daemon-reader.ts';
import { SCARD } from './pcsc-daemon-wire.ts';

export interface PcscDaemonOptions {
  /** Unix socket; a file left there by a daemon that died is replaced. At most 107 bytes (a kernel limit). */
  readonly socketPath: string;
  /** At most 16, each with a name of its own. */
  readonly slots: readonly SimCardSlot[];
}

export interface PcscDaemon {
  readonly socketPath: string;
  /** Hangs up on everybody, as if the daemon was killed. */
  close(): Promise<void>;
}

const LONGEST_PATH_BYTES = 107;
const MOST_READERS = 16;
const FIRST_NUMBER = 0x0100_0001;

/** @throws RangeError for a path or a set of slots that PC/SC can't have. */
export async function startPcscDaemon(options: PcscDaemonOptions): Promise<PcscDaemon> {
  const { socketPath, slots } = options;
  if (Buffer.byteLength(socketPath) > LONGEST_PATH_BYTES)
    throw new RangeError('The socket path is too long for a socket.');
  if (slots.length > MOST_READERS) throw new RangeError('PC/SC has room for 16 readers.');
  if (new Set(slots.map(({ readerName }) => readerName)).size !== slots.length) {
    throw new RangeError('Two readers have the same name.');
  }

  const clients = new Set<PcscDaemonClient>();
  let lastNumber = FIRST_NUMBER;
  const next = (): number => {
    lastNumber += 1;
    return lastNumber;
  };
  const signalAll = (): void => {
    for (const client of clients) client.signal();
  };
  const readers = slots.map((slot) => new PcscDaemonReader(slot, next, signalAll));
  const rooms = {
    readers: () => readers.filter(({ pluggedIn }) => pluggedIn),
    newContext: next,
    cancel: (context: number) =>
      [...clients].find((client) => client.context === context)?.signal(SCARD.cancelled) ?? false,
  };

  const server = createServer((socket) => {
    const client = new PcscDaemonClient(socket, rooms, () => clients.delete(client));
    clients.add(client);
  });
  rmSync(socketPath, { force: true });
  await listen(server, socketPath);
  return {
    socketPath,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.destroy();
      }),
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
