/**
 * The virtual camera on a loopback TCP port: the server side of `tcp-frames`.
 *
 * Written from the description in `drivers/camera/tcp-frames-transport.ts`, not
 * from its code. Promise: a host that does not read misses frames and costs no
 * memory, as with a real camera.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { SimCamera } from './virtual-camera.ts';

export interface CameraDoor {
  /** `tcp-frames://127.0.0.1:…`, as the device map takes it. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/** `bare` = Motion JPEG; `multipart` = the same as web cameras send it; `length` = four bytes before each frame. */
export type DoorFraming = 'bare' | 'multipart' | 'length';

/** A host that has this much unread misses the next frames. Bytes. */
const MOST_UNREAD = 262_144;

export async function openCameraDoor(camera: SimCamera, framing: DoorFraming = 'bare', port = 0): Promise<CameraDoor> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    const gone = new AbortController();
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      gone.abort(new Error('the host hung up'));
    });
    socket.resume();
    camera.openFrameSource(gone.signal).then(
      (source) => {
        socket.on('close', () => void source.close());
        source.onLost(() => socket.resetAndDestroy());
        source.onFrame((jpeg) => {
          if (socket.writableLength < MOST_UNREAD) socket.write(framed(jpeg, framing));
        });
      },
      () => socket.resetAndDestroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    address: `tcp-frames://127.0.0.1:${bound}`,
    port: bound,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function framed(jpeg: Uint8Array, framing: DoorFraming): Uint8Array {
  if (framing === 'bare') return jpeg;
  if (framing === 'multipart') {
    const head = `\r\n--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head, 'latin1'), jpeg]);
  }
  const head = Buffer.alloc(4);
  head.writeUInt32BE(jpeg.length);
  return Buffer.concat([head, jpeg]);
}
