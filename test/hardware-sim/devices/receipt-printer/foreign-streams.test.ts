/** Streams that were not made by us: other people's programs print Chinese receipts on the virtual printer. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../drivers/system-clock.ts';
import { chineseClone } from '../../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import type { Sheet } from '../../../../hardware-sim/devices/receipt-printer/paper.ts';
import { type DecodedPaper, decodePaper } from '../../../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { paperText, symbolsOf } from '../../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { TcpDoor } from '../../../../hardware-sim/devices/receipt-printer/tcp-door.ts';
import { VirtualPrinter } from '../../../../hardware-sim/devices/receipt-printer/virtual-printer.ts';
import {
  escposReceipt,
  nodeEscposReceipt,
  QR_TEXT,
  ROWS,
  receiptlineReceipt,
  TITLE,
  thermalPrinter,
} from './foreign-programs.ts';
import { sendOverTcp } from './tcp-host.ts';

const written = (paper: DecodedPaper): string[] =>
  paper.lines.map((line) => line.trimEnd()).filter((line) => line !== '');

describe('in memory', () => {
  test.each([
    ['escpos 2.5.2', escposReceipt],
    ['@node-escpos/core 0.6.0', nodeEscposReceipt],
  ])('%s: title, rows, bar code, QR and cut are on paper, and every byte is understood', async (_, receipt) => {
    const paper = decodePaper(await receipt());
    expect(written(paper)).toEqual([`            ${TITLE}`, ...ROWS]);
    expect(paper.symbols).toEqual([
      { type: 'ean13', data: '2012345678903' },
      { type: 'qr', data: QR_TEXT },
    ]);
    expect(paper).toMatchObject({ cuts: 1, images: [], unknown: 0, ignored: 0 });
  });

  test('node-thermal-printer 4.6.1: title, rows, QR, bar code and cut are on paper', () => {
    const paper = decodePaper(thermalPrinter('tcp://127.0.0.1:9').getBuffer());
    expect(written(paper)).toEqual([`                  ${TITLE}`, ...ROWS]);
    expect(paper.symbols).toEqual([
      { type: 'qr', data: QR_TEXT },
      { type: 'code128', data: 'A-0417' },
    ]);
    expect(paper).toMatchObject({ cuts: 1, unknown: 0, ignored: 0 });
  });

  test('python-escpos 3.1: rows, bar code, QR, pictures in two ways, drawer and cut; its kept bytes are all understood', () => {
    const kept = readFileSync(new URL('./python-escpos-receipt.hex', import.meta.url), 'utf8');
    const paper = decodePaper(Buffer.from(kept.replace(/\s/g, ''), 'hex'));
    expect(written(paper)).toEqual([`            ${TITLE}`, ...ROWS, 'Total 32.50']);
    expect(paper.symbols).toEqual([
      { type: 'ean13', data: '2012345678903' },
      { type: 'qr', data: QR_TEXT },
    ]);
    expect(paper).toMatchObject({ cuts: 1, unknown: 0, ignored: 0 });
    // 16 rows as a raster and at once one 24-dot strip below them stand on paper as one picture.
    expect(paper.images).toEqual([{ width: 64, height: 16 + 24 }]);
  });

  test('receiptline 4.0.4: columns laid out by dot positions stand in their cells, the QR code is a picture', () => {
    const paper = decodePaper(receiptlineReceipt());
    expect(written(paper)).toEqual([
      `            ${TITLE}`,
      '阿莫西林胶囊                2盒             12.50',
      '血常规                      1次             20.00',
      '─'.repeat(48),
      expect.stringMatching(/^合计 +32\.50$/),
    ]);
    expect(paper.symbols).toEqual([{ type: 'code128', data: 'A-0417' }]);
    expect(paper).toMatchObject({ cuts: 1, images: [{ width: 116, height: 116 }], unknown: 0 });
  });
});

describe('over TCP', () => {
  const doors: TcpDoor[] = [];
  afterEach(async () => {
    for (const door of doors.splice(0)) await door.close();
  });

  /** A very fast printer, so that a test takes no time of paper. */
  async function onNetwork(): Promise<{ port: number; printer: VirtualPrinter; nextSheet: Promise<Sheet> }> {
    const profile = { ...chineseClone, speedMmPerSecond: 100_000, cutMs: 0 };
    const printer = new VirtualPrinter({ clock: systemClock, profile });
    const nextSheet = new Promise<Sheet>((resolve) => {
      printer.onPaper((event) => {
        if (event.kind === 'sheet') resolve(event.sheet);
      });
    });
    const door = await TcpDoor.open(printer, 0);
    doors.push(door);
    return { port: door.port, printer, nextSheet };
  }

  test.each([
    ['escpos 2.5.2', escposReceipt, ROWS.length],
    ['@node-escpos/core 0.6.0', nodeEscposReceipt, ROWS.length],
    ['receiptline 4.0.4', async () => receiptlineReceipt(), 4],
  ])('%s prints a slip through port 9100', async (_, receipt, rowCount) => {
    const { port, printer, nextSheet } = await onNetwork();
    const bytes = await receipt();
    await sendOverTcp(port, bytes);
    const sheet = await nextSheet;
    expect(paperText(sheet)).toEqual(expect.arrayContaining([`            ${TITLE}`]));
    expect(paperText(sheet).filter((line) => line !== '')).toHaveLength(rowCount + 1);
    expect(printer.state()).toMatchObject({ unknownBytes: 0, cuts: 1 });
  });

  test('node-thermal-printer prints through its own network code', async () => {
    const { port, nextSheet } = await onNetwork();
    await thermalPrinter(`tcp://127.0.0.1:${port}`).execute();
    const sheet = await nextSheet;
    expect(paperText(sheet)).toEqual([`                  ${TITLE}`, ...ROWS]);
    expect(symbolsOf(sheet).map(({ type }) => type)).toEqual(['qr', 'code128']);
  });
});
