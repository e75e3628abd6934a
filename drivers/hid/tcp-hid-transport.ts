/**
 * A HID device at the other end of a TCP connection (`tcp-hid://host:port`).
 *
 * The wire is specified in `tcp-hid-frames.ts`. One promise: it is open only
 * once the device has said what it is, and a broken rule is a lost link.
 */
import { connect, type Socket } from 'node:net';
import { LinkListeners } from '../byte-link/link-listeners.ts';
import { type HidDevice, type HidLink, LinkLostError, type Unsubscribe } from '../ports.ts';
import { encodeHidHello, encodeHidReport, type HidFrame, HidFrameReader } from './tcp-hid-frames.ts';

const KEEP_ALIVE_MS = 1_000;
/** What may come before anyone listens, reports. */
const MOST_EARLY = 64;

/** One attempt. Rejects with `LinkLostError`, or with `signal.reason`. */
export function openTcpHidLink(host: string, port: number, signal: AbortSignal): Promise<HidLink> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    const reader = new HidFrameReader();
    const giveUp = (error: unknown): void => {
      release();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => giveUp(signal.reason);
    const onError = (error: NodeJS.ErrnoException): void =>
      giveUp(new LinkLostError(`the HID device's line could not be opened (${error.code ?? 'unknown'})`));
    const onClose = (): void => giveUp(new LinkLostError('the HID device hung up before it said what it is'));
    const onData = (bytes: Buffer): void => {
      try {
        const [first, ...rest] = reader.push(bytes);
        if (!first) return;
        if (first.frame !== 'hello') throw new Error('a report before hello');
        release();
        resolve(new TcpHidLink(socket, reader, first.device, rest));
      } catch (error) {
        giveUp(brokenRules(error));
      }
    };
    const release = (): void => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError).off('close', onClose).off('data', onData);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => socket.write(encodeHidHello()));
    socket.on('error', onError).on('close', onClose).on('data', onData);
  });
}

class TcpHidLink implements HidLink {
  readonly device: HidDevice;
  readonly #socket: Socket;
  readonly #listeners = new LinkListeners();
  /** Reports that came before anyone listened. */
  #early: Uint8Array[] | undefined = [];

  constructor(socket: Socket, reader: HidFrameReader, device: HidDevice, first: readonly HidFrame[]) {
    this.device = device;
    this.#socket = socket;
    this.#obey(first);
    socket.on('data', (bytes) => {
      try {
        this.#obey(reader.push(bytes));
      } catch (error) {
        this.#lose(brokenRules(error).message);
      }
    });
    socket.on('error', (error: NodeJS.ErrnoException) => this.#lose(`the HID device's line broke (${error.code})`));
    socket.on('close', () => this.#lose('the HID device hung up'));
    // Half a connection is a pulled cable: a device that can't be heard proves nothing.
    socket.on('end', () => this.#lose('the HID device hung up'));
  }

  write(report: Uint8Array, signal: AbortSignal): Promise<void> {
    const frame = encodeHidReport(report);
    return this.#listeners.write(signal, (done) => this.#socket.write(frame, done));
  }

  onReport(listener: (report: Uint8Array) => void): Unsubscribe {
    const unsubscribe = this.#listeners.onData(listener);
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const report of early) this.#listeners.deliver(report);
    return unsubscribe;
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#listeners.onLost(listener);
  }

  close(): Promise<void> {
    this.#listeners.close(new LinkLostError('the HID device was closed by this side'));
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.destroy();
    });
  }

  #obey(frames: readonly HidFrame[]): void {
    for (const frame of frames) {
      if (frame.frame === 'hello') throw new Error('a second hello');
      if (!this.#early) this.#listeners.deliver(frame.report);
      else if (this.#early.length < MOST_EARLY) this.#early.push(frame.report);
      else throw new Error('it talks to nobody');
    }
  }

  #lose(why: string): void {
    this.#listeners.lose(new LinkLostError(why));
    this.#socket.destroy();
  }
}

function brokenRules(error: unknown): LinkLostError {
  const what = error instanceof Error ? error.message : 'nonsense';
  return new LinkLostError(`the HID device does not keep to the protocol: ${what}`);
}
