/**
 * Draws sheets on a thread of its own, because outlines of new characters take
 * longer than a printer may wait for its next line.
 */
import { Worker } from 'node:worker_threads';
import type { Sheet } from '../devices/receipt-printer/paper.ts';

export interface DrawingOrder {
  readonly number: number;
  readonly sheet: Sheet;
}

export interface DrawingResult {
  readonly number: number;
  readonly svg: string;
}

export class PaperDrawer {
  readonly #waiting = new Map<number, (svg: string | undefined) => void>();
  #worker: Worker | undefined;
  #number = 0;

  /** Starts the thread, if it is not there yet. */
  warm(): void {
    if (this.#worker) return;
    const worker = new Worker(new URL('./paper-drawer-worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', ({ number, svg }: DrawingResult) => {
      this.#waiting.get(number)?.(svg);
      this.#waiting.delete(number);
    });
    // A thread that ends takes its drawings with it; the next sheet starts another one.
    const lost = (): void => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#giveUp();
    };
    worker.on('error', lost);
    worker.on('exit', lost);
    this.#worker = worker;
  }

  /** The sheet as it is now; `undefined` when the thread ended over it. */
  draw(sheet: Sheet): Promise<string | undefined> {
    this.warm();
    this.#number += 1;
    const order: DrawingOrder = { number: this.#number, sheet };
    this.#worker?.postMessage(order);
    return new Promise((resolve) => this.#waiting.set(order.number, resolve));
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#giveUp();
  }

  #giveUp(): void {
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }
}
