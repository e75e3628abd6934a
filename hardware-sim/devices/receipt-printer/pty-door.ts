/**
 * The serial port of a printer, a scanner or any device with a byte link: a pseudo-terminal that any program can open (Linux).
 *
 * One promise: it is there while the device's cable is, under one name, as a
 * USB serial adapter under `/dev/serial/by-id`. A pulled cable is a hang-up.
 */
import { mkdtemp, rm, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteLink, Clock } from '../../../drivers/ports.ts';
import { Pty } from './pty.ts';

/** How soon the port is there again after the cable, ms. */
const LOOK_AGAIN_MS = 50;

export interface SerialDevice {
  openByteLink(signal: AbortSignal): Promise<ByteLink>;
}

export class PtyDoor {
  /** What a driver opens: a link to the present `/dev/pts/…`. */
  readonly path: string;
  readonly #folder: string;
  readonly #device: SerialDevice;
  readonly #clock: Clock;
  readonly #end = new AbortController();
  #serving: Promise<void> = Promise.resolve();

  private constructor(device: SerialDevice, clock: Clock, folder: string) {
    this.#device = device;
    this.#clock = clock;
    this.#folder = folder;
    this.path = join(folder, 'device');
  }

  /** Rejects where there is no `/dev/ptmx`, or when the device already serves a host. */
  static async open(device: SerialDevice, clock: Clock): Promise<PtyDoor> {
    const link = await device.openByteLink(new AbortController().signal);
    let pty: Pty | undefined;
    try {
      pty = await Pty.open(clock);
      const door = new PtyDoor(device, clock, await mkdtemp(join(tmpdir(), 'yizhan-serial-')));
      await symlink(pty.path, door.path);
      door.#serving = door.#serveAgainAndAgain(link, pty);
      return door;
    } catch (error) {
      await link.close();
      await pty?.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#end.abort();
    await this.#serving;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #serveAgainAndAgain(first: ByteLink, firstPty: Pty): Promise<void> {
    await this.#serve(first, firstPty);
    while (!this.#end.signal.aborted) {
      const link = await this.#device.openByteLink(this.#end.signal).catch(() => undefined);
      const pty = link && (await Pty.open(this.#clock).catch(() => undefined));
      if (link && pty) {
        await symlink(pty.path, this.path);
        await this.#serve(link, pty);
      } else {
        await link?.close();
        await this.#pause();
      }
    }
  }

  /** Until the cable is pulled or the door is closed. */
  async #serve(link: ByteLink, pty: Pty): Promise<void> {
    const hangUp = (): void => void pty.reader.destroy();
    link.onData((bytes) => pty.send(bytes));
    link.onLost(hangUp);
    this.#end.signal.addEventListener('abort', hangUp, { once: true });
    if (this.#end.signal.aborted) hangUp();
    try {
      for await (const chunk of pty.reader) await link.write(chunk as Uint8Array, this.#end.signal);
    } catch {
      // The door was closed or the device unplugged; both end the port.
    } finally {
      this.#end.signal.removeEventListener('abort', hangUp);
      await unlink(this.path);
      await pty.close();
      await link.close();
    }
  }

  #pause(): Promise<void> {
    const { signal } = this.#end;
    return new Promise((resolve) => {
      const go = (): void => {
        cancel();
        signal.removeEventListener('abort', go);
        resolve();
      };
      const cancel = this.#clock.timer(LOOK_AGAIN_MS, go);
      signal.addEventListener('abort', go, { once: true });
      if (signal.aborted) go();
    });
  }
}
