/** A host on the network: sends bytes to a port of this machine and hears what comes back. */
import { connect, type Socket } from 'node:net';

export function openTcp(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Sends everything and closes, as simple programs do. */
export async function sendOverTcp(port: number, bytes: Uint8Array): Promise<void> {
  const socket = await openTcp(port);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.resume();
  socket.end(bytes);
  await closed;
}

/** The first `count` bytes that come, as hex. */
export function hearOverTcp(socket: Socket, count: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes.toString('hex').toUpperCase();
      if (heard.length >= count * 2) resolve(heard);
    });
    socket.once('close', () => reject(new Error(`closed after ${heard}`)));
  });
}

/** Connects, and tells with which error the other side ended it. */
export function endOf(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    socket.once('end', () => resolve('end'));
  });
}

/** Tries again until the printer answers a status request instead of turning the host away. */
export async function connectWhenFree(port: number): Promise<Socket> {
  for (;;) {
    const socket = await openTcp(port).catch(() => undefined);
    if (!socket) continue;
    const answered = await new Promise<boolean>((resolve) => {
      socket.once('data', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
      socket.write(Uint8Array.of(0x10, 0x04, 0x01));
    });
    if (answered) return socket;
    socket.destroy();
  }
}
