/**
 * A byte link over a serial port.
 *
 * One promise: an unplugged port is noticed whether it was idle or busy. The
 * library alone spins without an event when the port goes away during traffic,
 * because it reads zero bytes again and again.
 */
import { read as fsRead } from 'node:fs';
import { promisify } from 'node:util';
import { unixRead } from '@serialport/bindings-cpp/dist/unix-read.js';
import { SerialPort } from 'serialport';
import { type ByteLink, LinkLostError, type Unsubscribe } from '../ports.ts';
import { LinkListeners } from './link-listeners.ts';

export interface SerialOptions {
  readonly baudRate: number;
}

/** @throws LinkLostError when there is no such port; `signal.reason` when given up. */
export function openSerialByteLink(path: string, options: SerialOptions, signal: AbortSignal): Promise<ByteLink> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const port = new SerialPort({ path, baudRate: options.baudRate, autoOpen: false });
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    port.open((error) => {
      signal.removeEventListener('abort', onAbort);
      if (error) reject(new LinkLostError(`the serial port could not be opened (${shortly(error)})`));
      else if (signal.aborted) port.close(() => undefined);
      else resolve(new SerialByteLink(port));
    });
  });
}

class SerialByteLink implements ByteLink {
  readonly #port: SerialPort;
  readonly #listeners = new LinkListeners();

  constructor(port: SerialPort) {
    this.#port = port;
    guardReads(port);
    port.on('close', () => this.#listeners.lose(new LinkLostError('the serial port went away')));
    port.on('error', (error: Error) =>
      this.#listeners.lose(new LinkLostError(`the serial port failed (${shortly(error)})`)),
    );
    port.on('data', (bytes: Buffer) => this.#listeners.deliver(bytes));
  }

  /** Does not wait for the last bit on the wire: a pseudo terminal has no such thing. */
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    return this.#listeners.write(signal, (done) => {
      this.#port.write(bytes, (error) => {
        if (error) this.#listeners.lose(new LinkLostError(`the serial port took no more bytes (${shortly(error)})`));
        done(error);
      });
    });
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    return this.#listeners.onData(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#listeners.onLost(listener);
  }

  close(): Promise<void> {
    this.#listeners.close(new LinkLostError('the serial port was closed by this side'));
    if (!this.#port.isOpen) return Promise.resolve();
    // A port that is gone already answers with an error: it is closed all the same.
    return new Promise((resolve) => this.#port.close(() => resolve()));
  }
}

const readOnce = promisify(fsRead);

/** Makes a read of zero bytes what it is on a terminal: the other end hung up. */
function guardReads(port: SerialPort): void {
  const binding = port.port;
  if (!binding || process.platform === 'win32') return;
  type Reading = Parameters<typeof unixRead>[0];
  const fsReadAsync = async (...read: Parameters<typeof readOnce>) => {
    const result = await readOnce(...read);
    if (result.bytesRead === 0) throw Object.assign(new Error('hung up'), { code: 'ENXIO' });
    return result;
  };
  binding.read = (buffer, offset, length) =>
    unixRead({ binding: binding as Reading['binding'], buffer, offset, length, fsReadAsync: fsReadAsync as never });
}

/** The library's messages begin with `Error: ` and may name a path; the first words are enough. */
function shortly(error: Error): string {
  return error.message.replace(/^Error: /, '').split(/[,:]/)[0] ?? 'unknown';
}
