/**
 * The other programs of the fee-list bench, each used as its own documentation
 * shows it, in memory.
 */
import { type Contender, type FeeRow, information, qrText, rows, title, total, WIDTHS } from './fee-list.ts';

const tableRow = ({ name, count, price, amount }: FeeRow) => [
  { text: name, align: 'LEFT' as const, cols: WIDTHS[0] },
  { text: count, align: 'RIGHT' as const, cols: WIDTHS[1] },
  { text: price, align: 'RIGHT' as const, cols: WIDTHS[2] },
  { text: amount, align: 'RIGHT' as const, cols: WIDTHS[3] },
];
const totalRow = () => [
  { text: '合计', align: 'LEFT' as const, cols: 24 },
  { text: total, align: 'RIGHT' as const, cols: 24 },
];

/** The others, each as its own documentation shows it. Loaded only when asked for. */
export async function otherContenders(): Promise<readonly Contender[]> {
  return [await escpos(), await nodeEscposCore(), await nodeThermalPrinter(), await receiptline()];
}

interface Fluent {
  align(how: string): Fluent;
  size(width: number, height: number): Fluent;
  style(style: string): Fluent;
  text(text: string): Fluent;
  tableCustom(columns: readonly object[]): unknown;
  qrcode(text: string, version?: number, level?: string, size?: number): Fluent;
  cut(partial?: boolean): Fluent;
  readonly buffer: { flush(): Uint8Array };
}

function writeFluently(printer: Fluent): Uint8Array {
  printer.align('ct').size(2, 2).text(title).size(1, 1).align('lt');
  for (const line of information) printer.text(line);
  // Not chained: one of the two returns nothing after a wrapped row.
  for (const row of rows) printer.tableCustom(tableRow(row));
  printer.style('b');
  printer.tableCustom(totalRow());
  printer.style('normal');
  printer.align('ct').qrcode(qrText, 3, 'm', 6).align('lt').cut(true);
  return printer.buffer.flush();
}

const nowhere = { open: () => undefined, write: () => undefined, close: () => undefined };

async function escpos(): Promise<Contender> {
  const { default: Printer } = await import('escpos/printer.js');
  return {
    name: 'escpos 2.5.2',
    encode: () => writeFluently(new Printer(nowhere) as unknown as Fluent),
  };
}

async function nodeEscposCore(): Promise<Contender> {
  const { Printer } = await import('@node-escpos/core');
  const adapter = nowhere as unknown as ConstructorParameters<typeof Printer>[0];
  return {
    name: '@node-escpos/core 0.6.0',
    encode: () => writeFluently(new Printer(adapter, { encoding: 'GB18030', width: 48 }) as unknown as Fluent),
  };
}

async function nodeThermalPrinter(): Promise<Contender> {
  const { CharacterSet, PrinterTypes, ThermalPrinter } = await import('node-thermal-printer');
  return {
    name: 'node-thermal-printer 4.6.1',
    encode: () => {
      const printer = new ThermalPrinter({
        type: PrinterTypes.EPSON,
        interface: '/dev/null',
        characterSet: CharacterSet.CHINA,
        width: 48,
      });
      printer.alignCenter();
      printer.setTextQuadArea();
      printer.println(title);
      printer.setTextNormal();
      printer.alignLeft();
      for (const line of information) printer.println(line);
      for (const row of rows) printer.tableCustom(tableRow(row));
      printer.bold(true);
      printer.tableCustom(totalRow());
      printer.bold(false);
      printer.alignCenter();
      printer.printQR(qrText, { cellSize: 6, correction: 'M', model: 2 });
      printer.alignLeft();
      printer.partialCut();
      return printer.getBuffer() ?? new Uint8Array();
    },
  };
}

async function receiptline(): Promise<Contender> {
  const { transform } = await import('receiptline');
  // A text is flush to the bar that touches it.
  const table = rows.map(({ name, count, price, amount }) => `|${name} | ${count}| ${price}| ${amount}|`);
  const source = [
    `^^^${title}`,
    ...information.map((line) => `|${line}`),
    `{width:${WIDTHS.join(',')};border:none}`,
    ...table,
    '{width:24,24;border:none}',
    `|"合计" | ${total}|`,
    '{width:auto}',
    `{code:${qrText.replaceAll(':', '\\:')};option:qrcode,6,m}`,
  ].join('\n');
  const printer = { command: 'escpos', encoding: 'gb18030', cpl: 48, cutting: true } as const;
  return { name: 'receiptline 4.0.4', encode: () => Buffer.from(transform(source, printer), 'latin1') };
}
