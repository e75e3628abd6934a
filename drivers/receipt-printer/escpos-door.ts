/**
 * A door for programs written for the npm package `escpos` 2.5.2.
 *
 * `EscposDoor` has the shape of that package's device adapters, but what is
 * flushed through it is a print job of ours: checked before, proved after, and
 * the callback hears which. With the package's own adapters success only meant
 * that a socket took the bytes.
 */
import { EventEmitter } from 'node:events';
import type { PrintCompletion, PrintOptions } from './receipt-printer.ts';

/** The one thing the door needs of a printer; `EscposReceiptPrinter` has it. */
export interface RawPrinter {
  printRaw(bytes: Uint8Array, options: PrintOptions): Promise<PrintCompletion>;
}

export type Failure = Exclude<PrintCompletion, { done: true }>;

/** A flushed job did not come out; what the callbacks of `write` and `close` get. */
export class PrintFailedError extends Error {
  override readonly name = 'PrintFailedError';
  readonly completion: Failure;

  constructor(completion: Failure) {
    super(`${completion.fault}: ${completion.detail}`);
    this.completion = completion;
  }
}

type Callback = (error: Error | null) => void;

/** Events: `connect`, `disconnect`, `completion` (PrintCompletion), and `error` where somebody listens for it. */
export class EscposDoor extends EventEmitter {
  readonly #printer: RawPrinter;
  readonly #options: PrintOptions;
  #jobs: Promise<void> = Promise.resolve();
  #failure: Error | null = null;

  /** @param options deadline and signal of each flushed job */
  constructor(printer: RawPrinter, options: PrintOptions) {
    super();
    this.#printer = printer;
    this.#options = options;
  }

  /** The supervisor opens the real device; a program only needs to hear that it may go on. */
  open(callback?: Callback): this {
    this.#failure = null;
    queueMicrotask(() => {
      this.emit('connect', this);
      callback?.(null);
    });
    return this;
  }

  /** One flush is one job. Jobs run in order; after a failed one, nothing more is printed until `open`. */
  write(data: Uint8Array, callback?: Callback): this {
    // The package reuses its buffer; a job must not change while it waits.
    const bytes = Uint8Array.from(data);
    this.#jobs = this.#jobs.then(async () => {
      if (bytes.length > 0 && !this.#failure) this.#failure = await this.#print(bytes);
      callback?.(this.#failure);
    });
    return this;
  }

  /** The package hides a flush's error from `close`, so it is told here again. */
  close(callback?: Callback): this {
    this.#jobs = this.#jobs.then(() => {
      this.emit('disconnect', this);
      callback?.(this.#failure);
    });
    return this;
  }

  async #print(bytes: Uint8Array): Promise<Error | null> {
    const completion = await this.#printer.printRaw(bytes, this.#options);
    this.emit('completion', completion);
    if (completion.done) return null;
    const failure = new PrintFailedError(completion);
    if (this.listenerCount('error') > 0) this.emit('error', failure);
    return failure;
  }
}

/** The package's own printer object on our door, without any of its native parts. */
export async function openEscposPrinter(
  printer: RawPrinter,
  options: PrintOptions & { readonly encoding?: string },
): Promise<{ readonly printer: InstanceType<typeof import('escpos/printer.js')>; readonly door: EscposDoor }> {
  const { default: Printer } = await import('escpos/printer.js');
  const door = new EscposDoor(printer, options);
  return { printer: new Printer(door, { encoding: options.encoding ?? 'GB18030' }), door };
}
