/** A page of the workbench without a browser, before a real hall with its doors. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { LiveHall } from '../../../hardware-sim/live-hall.ts';
import type { CashierBooks } from '../../../hardware-sim/workbench/cashier-books.ts';
import type { FromServer, Snapshot } from '../../../hardware-sim/workbench/workbench-messages.ts';
import { openWorkbench, type Workbench } from '../../../hardware-sim/workbench/workbench-server.ts';

export class BenchPage {
  readonly messages: FromServer[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)) as FromServer);
      for (const look of [...this.#waiting]) look();
    });
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)));
  }

  /** Rejects when the door refuses. */
  static open(workbenchUrl: string, origin = new URL(workbenchUrl).origin): Promise<BenchPage> {
    const socket = new WebSocket(`${workbenchUrl.replace('http', 'ws')}hall`, { origin });
    const page = new BenchPage(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(page));
      socket.once('error', reject);
    });
  }

  /** Stops reading, as a page in a sleeping tab does. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  say(text: string | object): void {
    this.#socket.send(typeof text === 'string' ? text : JSON.stringify(text));
  }

  /** The first message, also of those that came already, that `fits` finds something in. */
  hear<Found>(fits: (message: FromServer) => Found | undefined | false): Promise<Found> {
    return new Promise((resolve) => {
      let next = 0;
      const look = (): void => {
        while (next < this.messages.length) {
          const message = this.messages[next++];
          const found = message && fits(message);
          if (found === undefined || found === false) continue;
          this.#waiting.delete(look);
          resolve(found);
          return;
        }
      };
      this.#waiting.add(look);
      look();
    });
  }

  snapshotWith(fits: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    return this.hear((message) => message.type === 'snapshot' && fits(message.snapshot) && message.snapshot);
  }

  /** Asks and waits for the answer; → the snapshot that came with it. */
  async ask(request: object): Promise<Snapshot> {
    const before = this.messages.length;
    this.say(request);
    await this.hear(
      (message) => this.messages.indexOf(message) >= before && (message.type === 'done' || message.type === 'notDone'),
    );
    const newest = this.messages.findLast((message) => message.type === 'snapshot');
    if (newest?.type !== 'snapshot') throw new Error('No snapshot ever came.');
    return newest.snapshot;
  }
}

export interface Bench {
  readonly hall: LiveHall;
  readonly workbench: Workbench;
  page(): Promise<BenchPage>;
  /** Sends bytes to the printer's network door, as any host could. */
  print(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export async function openBench(
  options: { readonly pageFolder?: string; readonly screenUrl?: string; readonly books?: CashierBooks } = {},
): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-workbench-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>bench</title>');
  const hall = await LiveHall.open({ dataFolder: join(folder, 'data') });
  const workbench = await openWorkbench({
    hall,
    pageFolder: options.pageFolder ?? folder,
    port: 0,
    screenUrl: options.screenUrl,
    ...(options.books && { books: options.books }),
  });
  return {
    hall,
    workbench,
    page: () => BenchPage.open(workbench.url),
    print: (bytes) => print(printerPort(hall), bytes),
    close: async () => {
      await workbench.close();
      await hall.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function printerPort(hall: LiveHall): number {
  const site = JSON.parse(readFileSync(hall.siteFile, 'utf8')) as { devices: { receiptPrinter: { address: string } } };
  return Number(new URL(site.devices.receiptPrinter.address).port);
}

/** Ends when the printer has hung up: it has everything. */
function print(port: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp(port, '127.0.0.1', () => socket.end(bytes));
    socket.resume();
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}
