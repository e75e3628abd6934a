/**
 * One connection to the PC/SC daemon: requests in, fixed-size replies out.
 *
 * Replies carry no id, so order is everything: each request registers how many
 * bytes it takes off the stream, also when its caller has given up meanwhile.
 */
import { connect, type Socket } from 'node:net';
import { LinkLostError } from '../ports.ts';
import { abortable } from './abortable.ts';
import { hex } from './pcscd-errors.ts';
import { decodeVersionRv, encodeVersion, RV, VERSION_BYTES } from './pcscd-protocol.ts';

/** How long the reply is, as far as `bytes` tells; more than `bytes.length` = not yet complete. */
type ReplySize = number | ((bytes: Buffer) => number);

interface Expected {
  readonly size: ReplySize;
  resolve(reply: Buffer): void;
  reject(error: Error): void;
}

export class PcscdConnection {
  readonly #socket: Socket;
  readonly #expected: Expected[] = [];
  readonly #onLost: (error: LinkLostError) => void;
  #rest: Buffer = Buffer.alloc(0);
  #lost: LinkLostError | undefined;

  private constructor(socket: Socket, onLost: (error: LinkLostError) => void) {
    this.#socket = socket;
    this.#onLost = onLost;
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('error', (error: NodeJS.ErrnoException) => this.#lose(`no PC/SC daemon answers (${error.code})`));
    socket.on('close', () => this.#lose('the PC/SC daemon hung up'));
  }

  /** Connects and agrees on the protocol. Rejects with `LinkLostError` or `signal.reason`. */
  static async open(
    socketPath: string,
    onLost: (error: LinkLostError) => void,
    signal: AbortSignal,
  ): Promise<PcscdConnection> {
    signal.throwIfAborted();
    const connection = new PcscdConnection(connect({ path: socketPath }), onLost);
    try {
      const rv = decodeVersionRv(await connection.request(encodeVersion(), VERSION_BYTES, signal));
      if (rv !== RV.success) throw new LinkLostError(`the PC/SC daemon speaks another protocol (${hex(rv)})`);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Rejects with `LinkLostError` or `signal.reason`; an abandoned reply is still taken off the stream. */
  request(bytes: Buffer, size: ReplySize, signal: AbortSignal): Promise<Buffer> {
    if (this.#lost) return Promise.reject(this.#lost);
    if (signal.aborted) return Promise.reject(signal.reason);
    const reply = this.expect(size);
    this.#socket.write(bytes);
    return abortable(reply, signal);
  }

  /** The next bytes of the stream that nobody else has asked for. */
  expect(size: ReplySize): Promise<Buffer> {
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#expected.push({ size, resolve, reject });
      this.#deliver();
    });
  }

  close(): void {
    this.#lost ??= new LinkLostError('the connection to the PC/SC daemon was closed');
    this.#rejectAll(this.#lost);
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    this.#deliver();
    if (this.#expected.length === 0 && this.#rest.length > 0) this.#lose('the PC/SC daemon sent more than was asked');
  }

  #deliver(): void {
    for (let next = this.#expected[0]; next; next = this.#expected[0]) {
      const size = typeof next.size === 'number' ? next.size : next.size(this.#rest);
      if (this.#rest.length < size) return;
      this.#expected.shift();
      const reply = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      next.resolve(reply);
    }
  }

  #lose(message: string): void {
    if (this.#lost) return;
    this.#lost = new LinkLostError(message);
    this.#rejectAll(this.#lost);
    this.#socket.destroy();
    this.#onLost(this.#lost);
  }

  #rejectAll(error: LinkLostError): void {
    for (const waiting of this.#expected.splice(0)) waiting.reject(error);
  }
}
