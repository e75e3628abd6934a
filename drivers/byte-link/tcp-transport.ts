/**
 * A byte link over TCP: printers on port 9100, serial servers, loopback devices.
 *
 * One promise: a broken connection is a `LinkLostError` at once, whichever side
 * or error ended it. Opening is one attempt.
 */
import { connect, type Socket } from 'node:net';
import { type ByteLink, LinkLostError, type Unsubscribe } from '../ports.ts';
import { LinkListeners } from './link-listeners.ts';

/** Finds out about a peer that lost power, in the kernel's own time. */
const KEEP_ALIVE_MS = 10_000;

/** @throws LinkLostError when nothing listens there; `signal.reason` when given up. */
export function openTcpByteLink(host: string, port: number, signal: AbortSignal): Promise<ByteLink> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    const release = (): void => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError);
    };
    const onAbort = (): void => {
      release();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(signal.reason);
    };
    const onError = (error: NodeJS.ErrnoException): void => {
      release();
      reject(new LinkLostError(`the connection could not be opened (${error.code ?? 'unknown'})`));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', onError);
    socket.once('connect', () => {
      release();
      resolve(new TcpByteLink(socket));
    });
  });
}

class TcpByteLink implements ByteLink {
  readonly #socket: Socket;
  readonly #listeners = new LinkListeners();

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#listeners.deliver(bytes));
    // Half a connection is no connection to a device: without its answers nothing can be proved.
    socket.on('end', () => this.#lose('the other side ended the connection'));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      this.#lose(`the connection broke (${error.code ?? 'unknown'})`),
    );
    socket.on('close', () => this.#lose('the connection was closed'));
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    return this.#listeners.write(signal, (done) => this.#socket.write(bytes, done));
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    return this.#listeners.onData(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#listeners.onLost(listener);
  }

  /** What the peer has not taken yet is thrown away: it belongs to a job that is over. */
  close(): Promise<void> {
    this.#listeners.close(new LinkLostError('the connection was closed by this side'));
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.destroy();
    });
  }

  #lose(why: string): void {
    this.#listeners.lose(new LinkLostError(why));
    this.#socket.destroy();
  }
}
