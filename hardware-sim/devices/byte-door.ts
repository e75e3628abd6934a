/**
 * A device with a byte link, on a loopback TCP port, for one host at a time.
 *
 * The scanner of the wire depth stands behind it as a networked device would.
 */

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import type { ByteLink } from '../../drivers/ports.ts';

export interface ByteDoor {
  /** `tcp://127.0.0.1:…`, as the device map takes it. */
  readonly address: string;
  close(): Promise<void>;
}

/** @param open one attempt to get the device's link; a rejection shuts the caller out. */
export async function openByteDoor(open: (signal: AbortSignal) => Promise<ByteLink>, port = 0): Promise<ByteDoor> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    const gone = new AbortController();
    socket.on('close', () => {
      sockets.delete(socket);
      gone.abort(new Error('the host hung up'));
    });
    open(gone.signal).then(
      (link) => {
        link.onData((bytes) => socket.write(bytes));
        link.onLost(() => socket.resetAndDestroy());
        socket.on('data', (bytes) => link.write(bytes, gone.signal).catch(() => socket.destroy()));
        socket.on('close', () => void link.close());
      },
      () => socket.resetAndDestroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    address: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
