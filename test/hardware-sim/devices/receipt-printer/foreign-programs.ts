/**
 * The same Chinese receipt made by other people's programs, as bytes.
 *
 * They decide which commands to send; what must come out on paper is known from
 * what they were asked to print.
 */
import { createRequire } from 'node:module';

/** The parts of these libraries that the tests use: two of them have no types, one has its own. */
interface FluentPrinter {
  align(where: string): this;
  style(style: string): this;
  size(width: number, height: number): this;
  text(text: string): this;
  encode(encoding: string): this;
  barcode(code: string, type: string, options: { width: number; height: number }): this;
  qrcode(text: string): this;
  cut(): this;
  close(): unknown;
}
type FluentPrinterClass = new (adapter: object, options: { encoding: string }) => FluentPrinter;
interface ThermalPrinter {
  alignCenter(): void;
  alignLeft(): void;
  bold(on: boolean): void;
  println(text: string): void;
  printQR(text: string, options: { cellSize: number; correction: string }): void;
  code128(text: string): void;
  cut(): void;
  getBuffer(): Buffer;
  execute(): Promise<unknown>;
}
type ThermalPrinterClass = new (options: object) => ThermalPrinter;

const require = createRequire(import.meta.url);

export const QR_TEXT = 'https://hospital.invalid/r/0417';
/** Three columns made by hand: 24, 12 and 12 cells. */
export const ROWS = [
  '阿莫西林胶囊            2盒            12.50',
  '血常规(五分类)          1次            20.00',
  '合计                                   32.50',
];
export const TITLE = '医院收费票据';

/** Collects what a program writes, in the shape of adapter that `escpos` and its successor ask for. */
class Collector {
  readonly chunks: Buffer[] = [];
  open(done?: (error: null) => void): this {
    done?.(null);
    return this;
  }
  write(data: Uint8Array, done?: (error: null) => void): this {
    this.chunks.push(Buffer.from(data));
    done?.(null);
    return this;
  }
  close(done?: (error: null) => void): this {
    done?.(null);
    return this;
  }
  on(): this {
    return this;
  }
  read(): void {}
}

async function fluent(Printer: FluentPrinterClass): Promise<Uint8Array> {
  const adapter = new Collector();
  const printer = new Printer(adapter, { encoding: 'GB18030' });
  printer.align('ct').size(2, 2).text(TITLE).size(1, 1).align('lt');
  for (const row of ROWS) printer.text(row);
  await printer.barcode('201234567890', 'EAN13', { width: 2, height: 60 }).qrcode(QR_TEXT).text('').cut().close();
  return Buffer.concat(adapter.chunks);
}

/** `escpos` 2.5.2. */
export const escposReceipt = (): Promise<Uint8Array> =>
  fluent((require('escpos') as { Printer: FluentPrinterClass }).Printer);

/** `@node-escpos/core` 0.6.0. */
export const nodeEscposReceipt = (): Promise<Uint8Array> =>
  fluent((require('@node-escpos/core') as { Printer: FluentPrinterClass }).Printer);

/** `node-thermal-printer` 4.6.1. @param to where it would print, e.g. `tcp://127.0.0.1:9100` */
export function thermalPrinter(to: string): ThermalPrinter {
  const library = require('node-thermal-printer') as { ThermalPrinter: ThermalPrinterClass };
  const printer = new library.ThermalPrinter({ type: 'epson', interface: to, characterSet: 'CHINA', width: 48 });
  printer.alignCenter();
  printer.bold(true);
  printer.println(TITLE);
  printer.bold(false);
  printer.alignLeft();
  for (const row of ROWS) printer.println(row);
  printer.printQR(QR_TEXT, { cellSize: 4, correction: 'M' });
  printer.code128('A-0417');
  printer.cut();
  return printer;
}

/** `receiptline` 4.0.4: its own layout language, printed with dot positions; the QR code is a picture. */
export function receiptlineReceipt(): Uint8Array {
  const library = require('receiptline') as { transform(document: string, printer: object): string };
  const document = `^^^${TITLE}\n\n{width:24,12,12}\n阿莫西林胶囊 | 2盒 | 12.50\n血常规 | 1次 | 20.00\n---\n"合计" |  | ^32.50\n{code:A-0417;option:code128,2,60,hri}\n{code:${QR_TEXT};option:qrcode,4,m}`;
  const options = { cpl: 48, encoding: 'gb18030', command: 'escpos', cutting: true, spacing: false };
  return Buffer.from(library.transform(document, options), 'latin1');
}
