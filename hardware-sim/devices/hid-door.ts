/**
 * A virtual HID device on a loopback TCP port: the server side of `tcp-hid`, version 1.
 *
 * Written from the specification in the first comment of
 * `drivers/hid/tcp-hid-frames.ts`, not from its code. Promise: whoever breaks
 * the rules is hung up on, and a device without its cable has no line.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { HidLink } from '../../drivers/ports.ts';

export interface HidDoor {
  readonly port: number;
  /** `tcp-hid://127.0.0.1:…`, as the device map takes it. */
  readonly address: string;
  close(): Promise<void>;
}

const GREETING = Buffer.from('\x01YZHID\x01', 'latin1');
const REPORT = 2;
const LONGEST_REPORT = 2_048;
/** Reports that a hung device may leave waiting before its line fills up. */
const MOST_WAITING = 256;

/**
 * @param open one attempt to get the device's link; a rejection shuts the caller out
 * @param port 0 (the default) takes a free one
 */
export async function openHidDoor(open: (signal: AbortSignal) => Promise<HidLink>, port = 0): Promise<HidDoor> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    for (const earlier of sockets) earlier.destroy();
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    const gone = new AbortController();
    socket.on('close', () => {
      sockets.delete(socket);
      gone.abort(new Error('the host hung up'));
    });
    open(gone.signal).then(
      (link) => serve(link, socket, gone.signal),
      () => socket.resetAndDestroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    address: `tcp-hid://127.0.0.1:${bound}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function serve(link: HidLink, socket: Socket, gone: AbortSignal): void {
  if (gone.aborted) {
    link.close().catch(() => undefined);
    return;
  }
  const { usagePage, usage, product } = link.device;
  const what = Buffer.alloc(4);
  what.writeUInt16BE(usagePage, 0);
  what.writeUInt16BE(usage, 2);
  send(socket, Buffer.concat([GREETING, what, Buffer.from(product, 'utf8')]));
  link.onReport((report) => send(socket, Buffer.concat([Buffer.from([REPORT]), report])));
  link.onLost(() => socket.resetAndDestroy());
  gone.addEventListener('abort', () => void link.close(), { once: true });
  let stream = Buffer.alloc(0);
  let greeted = false;
  /** Reports reach the device one by one, in order. */
  const obey = async (content: Buffer): Promise<void> => {
    if (!greeted) {
      if (!content.equals(GREETING)) throw new Error('it did not say hello');
      greeted = true;
      return;
    }
    if (content[0] !== REPORT) throw new Error('not a report');
    await link.write(Uint8Array.from(content.subarray(1)), gone);
  };
  let turn: Promise<void> = Promise.resolve();
  let waiting = 0;
  socket.on('data', (bytes: Buffer) => {
    stream = Buffer.concat([stream, bytes]);
    while (stream.length >= 4) {
      const end = 4 + stream.readUInt32BE(0);
      if (end < 6 || end > 5 + LONGEST_REPORT) {
        socket.destroy();
        return;
      }
      if (stream.length < end) return;
      const content = Buffer.from(stream.subarray(4, end));
      stream = stream.subarray(end);
      waiting += 1;
      if (waiting === MOST_WAITING) socket.pause();
      turn = turn
        .then(() => obey(content))
        .then(
          () => {
            waiting -= 1;
            socket.resume();
          },
          () => void socket.destroy(),
        );
    }
  });
}

function send(socket: Socket, content: Buffer): void {
  if (socket.destroyed) return;
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length);
  socket.write(Buffer.concat([head, content]));
}
