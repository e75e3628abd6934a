/**
 * The network card of the printer: raw printing on TCP, loopback only.
 *
 * One host at a time, as the real cards have it; a second one is turned away.
 * A socket is read only while the printer has room, so a full buffer closes the
 * window of the sender.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { ByteLink } from '../../../drivers/ports.ts';
import type { VirtualPrinter } from './virtual-printer.ts';

export class TcpDoor {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param port 9100 on a bench, 0 for any free one. Rejects when the port is taken. */
  static async open(printer: VirtualPrinter, port = 9100): Promise<TcpDoor> {
    // Half open: a host that has sent everything and hung up still gets its slip.
    const server = createServer({ allowHalfOpen: true });
    const door = new TcpDoor(server);
    server.on('connection', (socket) => void door.#serve(printer, socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
    return door;
  }

  get port(): number {
    const address = this.#server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy(new Error('the door was closed'));
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(printer: VirtualPrinter, socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    const gone = new AbortController();
    // A reset throws away what the card had not handed to the printer yet, and frees it for the next host.
    socket.on('error', () => {
      gone.abort();
      socket.destroy();
    });
    socket.on('close', () => this.#sockets.delete(socket));
    let link: ByteLink;
    try {
      link = await printer.openByteLink(gone.signal);
    } catch {
      socket.resetAndDestroy();
      return;
    }
    link.onData((bytes) => socket.write(bytes));
    link.onLost(() => socket.resetAndDestroy());
    try {
      for await (const chunk of socket) await link.write(chunk as Uint8Array, gone.signal);
    } catch {
      // The socket broke or the printer went away: both are ends, and the cable says so to who cares.
    } finally {
      await link.close();
      socket.end();
    }
  }
}
