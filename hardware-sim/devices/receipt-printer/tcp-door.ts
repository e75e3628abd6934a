/**
 * The network card of the printer: raw printing on TCP, loopback only.
 *
 * One host at a time, as the real cards have it; a second one is turned away.
 * The card holds 64 kB for a printer that has no room, then it closes the sender's
 * window.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { ByteLink } from '../../../drivers/ports.ts';
import type { VirtualPrinter } from './virtual-printer.ts';

/** What the network card holds before it closes the window. */
const CARD_BUFFER_BYTES = 64 * 1024;

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
      await allPrinted(socket, link, gone.signal);
    } catch {
      // The socket broke or the printer went away: both are ends, and the cable says so to who cares.
    } finally {
      await link.close();
      socket.end();
    }
  }
}

/** Hands everything to the printer until the host hangs up. Goes on listening meanwhile, or a reset would not be heard. */
function allPrinted(socket: Socket, link: ByteLink, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let held = 0;
    let printing = Promise.resolve();
    socket.on('data', (bytes: Buffer) => {
      held += bytes.length;
      if (held > CARD_BUFFER_BYTES) socket.pause();
      printing = printing.then(async () => {
        await link.write(bytes, signal);
        held -= bytes.length;
        if (held <= CARD_BUFFER_BYTES) socket.resume();
      });
      printing.catch(reject);
    });
    socket.on('end', () => {
      printing.then(resolve, reject);
    });
    socket.on('error', reject);
  });
}
