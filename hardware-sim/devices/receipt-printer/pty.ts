/**
 * A pseudo-terminal pair of the kernel (Linux), without socat, python or a native addon.
 *
 * The one ioctl that Node lacks, unlocking the slave, is done by perl, which every
 * Debian has. The master is written in small pieces that are tried again, because
 * stream writes to it block the whole process. Closing it is a hang-up for whoever
 * has the other end open.
 */
import { spawnSync } from 'node:child_process';
import { close, constants, openSync, readFileSync, write } from 'node:fs';
import { ReadStream } from 'node:tty';
import { promisify } from 'node:util';
import type { Clock } from '../../../drivers/ports.ts';

const writeTo = promisify(write);
const closeFile = promisify(close);

const UNLOCK = 'my $unlock = pack("i", 0); ioctl(STDIN, 0x40045431, $unlock) or exit 1;';
const RAW = ['-echo', 'raw'];
const MOST_BYTES = 1024;
const AGAIN_MS = 2;

export class Pty {
  /** The other end, e.g. `/dev/pts/3`. */
  readonly path: string;
  /** What was written to the other end; destroying it hangs up. */
  readonly reader: ReadStream;
  readonly #master: number;
  readonly #slave: number;
  readonly #clock: Clock;
  #sending: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(master: number, slave: number, path: string, clock: Clock) {
    this.#master = master;
    this.#slave = slave;
    this.path = path;
    this.#clock = clock;
    this.reader = new ReadStream(master);
  }

  /** Rejects where there is no `/dev/ptmx`. */
  static async open(clock: Clock): Promise<Pty> {
    const master = openSync('/dev/ptmx', constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    const unlocked = spawnSync('perl', ['-e', UNLOCK], { stdio: [master, 'ignore', 'ignore'] });
    const index = /tty-index:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${master}`, 'utf8'))?.[1];
    if (unlocked.status !== 0 || index === undefined) {
      await closeFile(master);
      throw new Error('the pseudo-terminal could not be unlocked: is perl installed?');
    }
    const path = `/dev/pts/${index}`;
    // Kept open, so that the master isn't hung up when a driver closes the port.
    const slave = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
    spawnSync('stty', RAW, { stdio: [slave, 'ignore', 'ignore'] });
    return new Pty(master, slave, path, clock);
  }

  /** Says something to the other end, in order. */
  send(bytes: Uint8Array): void {
    this.#sending = this.#sending.then(() => this.#send(bytes));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.reader.destroy();
    await this.#sending;
    await closeFile(this.#slave);
  }

  async #send(bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length && !this.#closed) {
      try {
        const { bytesWritten } = await writeTo(this.#master, bytes, at, Math.min(MOST_BYTES, bytes.length - at));
        at += bytesWritten;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
        await new Promise<void>((resolve) => void this.#clock.timer(AGAIN_MS, resolve));
      }
    }
  }
}
