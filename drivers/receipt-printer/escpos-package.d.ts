/**
 * The part of the npm package `escpos` 2.5.2 that we use: it brings no types.
 *
 * Only `escpos/printer.js` is loaded; the package's own adapters don't work
 * with today's native libraries.
 */
declare module 'escpos/printer.js' {
  import type { EventEmitter } from 'node:events';

  /** What the package wants from a device. */
  interface Adapter {
    open(callback?: (error: Error | null) => void): unknown;
    write(data: Uint8Array, callback?: (error?: Error | null) => void): unknown;
    close(callback?: (error?: Error | null) => void): unknown;
  }

  interface Printer extends EventEmitter {
    text(content: string, encoding?: string): this;
    align(align: string): this;
    style(style: string): this;
    size(width: number, height: number): this;
    feed(lines?: number): this;
    table(columns: readonly string[], encoding?: string): this;
    barcode(code: string, type: string, options?: object): this;
    cut(partial?: boolean, feed?: number): this;
    flush(callback?: (error?: Error | null) => void): this;
    close(callback?: (error?: Error | null) => void): this;
  }

  const PrinterConstructor: new (adapter: Adapter, options?: { readonly encoding?: string }) => Printer;
  export = PrinterConstructor;
}
