/**
 * Our driver and the virtual printer, each written from the specification by
 * different hands: what one misread, the other does not understand.
 */
import { describe, expect, test } from 'vitest';
import { feeList, measureFeeList, ourContender, qrText, rightRows } from '../../../bin/bench/fee-list.ts';
import { otherContenders } from '../../../bin/bench/fee-list-peers.ts';
import { openEscposPrinter } from '../../../drivers/receipt-printer/escpos-door.ts';
import type { GlyphRaster } from '../../../drivers/receipt-printer/glyph-raster.ts';
import type { PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import { chineseClone, writeOnlyClone } from '../../../drivers/receipt-printer/printer-profile.ts';
import * as simulated from '../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { decodePaper } from '../../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { onBench } from './virtual-bench.ts';

describe('the fee list on the virtual printer', () => {
  test('is printed with proof: 120 rows of exactly 48 cells, one QR code, one cut', async () => {
    const { machine, printer, paper, print } = await onBench();
    expect(printer.state).toBe('online');
    expect(await print(feeList)).toEqual({ done: true, value: { proof: 'printed' } });
    const lines = paper();
    expect(rightRows.filter((row) => !lines.includes(row))).toEqual([]);
    expect(machine.state()).toMatchObject({ cuts: 1, unknownBytes: 0, ignoredCommands: 0 });
    expect(printer.identity).toBe('YIZHAN SIM-E80');
    await printer.close();
  });

  test('is at most 6.4 kB, and every row is right where other programs break them', async () => {
    const contenders = [ourContender(), ...(await otherContenders())];
    const results = measureFeeList(contenders, {
      linesOf: (bytes) => decodePaper(bytes).lines,
      nowMs: () => 0,
      runs: 1,
    });
    const told = Object.fromEntries(results.map(({ name, rowsExact }) => [name, rowsExact]));
    expect(told).toEqual({
      yizhan: true,
      'escpos 2.5.2': false,
      '@node-escpos/core 0.6.0': true,
      'node-thermal-printer 4.6.1': false,
      'receiptline 4.0.4': true,
    });
    expect(results[0]?.bytes).toBeLessThanOrEqual(6_400);
    const decoded = decodePaper(ourContender().encode());
    expect(decoded).toMatchObject({
      cuts: 1,
      unknown: 0,
      ignored: 0,
      images: [],
      symbols: [{ type: 'qr', data: qrText }],
    });
  });
});

describe('a rare name', () => {
  const line: PaperDocument = {
    blocks: [
      { kind: 'text', text: '姓名：王㛃' },
      { kind: 'text', text: '合计 ￥12.50' },
    ],
  };
  const blocks: GlyphRaster = () => new Uint8Array(72).fill(0xff);

  test('is drawn when the font lacks it, and the other lines stay text', async () => {
    const { printer, paper, print, machine } = await onBench(
      { driver: chineseClone, machine: simulated.chineseClone },
      blocks,
    );
    expect(await print(line)).toEqual({ done: true, value: { proof: 'unconfirmed' } });
    expect(paper()).toContain('合计 ￥12.50');
    expect(paper().join()).not.toContain('?');
    expect(machine.state()).toMatchObject({ unknownBytes: 0, ignoredCommands: 0 });
    await printer.close();
  });

  test('is a visible mark when nothing can draw it', async () => {
    const { printer, paper, print } = await onBench({ driver: chineseClone, machine: simulated.chineseClone });
    await print(line);
    expect(paper()).toContain('姓名：王〓');
    await printer.close();
  });

  test('is the character itself on a printer that has it', async () => {
    const { printer, paper, print } = await onBench();
    await print(line);
    expect(paper()).toContain('姓名：王㛃');
    await printer.close();
  });
});

describe('hands at the printer', () => {
  test('paper that ends in the list: paperOut, part is on paper, and nothing more after new paper', async () => {
    const { clock, machine, printer, events, paper, print } = await onBench();
    machine.loadPaper(150);
    await clock.pass(100);
    const completion = await print(feeList);
    expect(completion).toMatchObject({ done: false, fault: 'paperOut', onPaper: 'partial' });
    expect(printer.paper).toBe('out');
    const before = paper().filter((text) => rightRows.includes(text)).length;
    expect(before).toBeGreaterThan(5);
    expect(before).toBeLessThan(120);
    machine.tear();
    machine.loadPaper(20_000);
    machine.openCover();
    await clock.pass(500);
    machine.closeCover();
    await clock.pass(10_000);
    expect(paper().filter((text) => rightRows.includes(text))).toEqual([]);
    expect(printer.obstacle()).toBeUndefined();
    expect(events.map((event) => (event.event === 'paperThreshold' ? event.paper : event.event))).toContain('out');
    expect(await print(feeList)).toEqual({ done: true, value: { proof: 'printed' } });
    expect(rightRows.filter((row) => !paper().includes(row))).toEqual([]);
    await printer.close();
  });

  test('a cover that is opened in the list ends the print', async () => {
    const { clock, machine, printer, paper } = await onBench();
    const printing = printer.print(feeList, { timeoutMs: 60_000 });
    await clock.pass(700);
    machine.openCover();
    await clock.pass(2_000);
    expect(await printing).toMatchObject({ done: false, fault: 'coverOpen', onPaper: 'partial' });
    expect(printer.coverOpen).toBe(true);
    const lines = paper().length;
    machine.closeCover();
    await clock.pass(10_000);
    expect(paper()).toHaveLength(lines);
    expect(printer.obstacle()).toBeUndefined();
    await printer.close();
  });

  test('a jammed cutter is mediaJammed until it is freed behind the cover', async () => {
    const { clock, machine, printer, print } = await onBench();
    machine.jamCutter();
    expect(await print(feeList)).toMatchObject({ done: false, fault: 'mediaJammed', onPaper: 'partial' });
    expect(printer.obstacle()).toBe('mediaJammed');
    machine.openCover();
    await clock.pass(100);
    machine.clearJam();
    machine.closeCover();
    await clock.pass(2_000);
    expect(printer.obstacle()).toBeUndefined();
    expect(await print(feeList)).toEqual({ done: true, value: { proof: 'printed' } });
    await printer.close();
  });

  test('a head that runs hot only makes it slower', async () => {
    const { clock, machine, printer } = await onBench();
    const printing = printer.print(feeList, { timeoutMs: 60_000 });
    await clock.pass(500);
    machine.heatHead();
    await clock.pass(30_000);
    expect(await printing).toEqual({ done: true, value: { proof: 'printed' } });
    await printer.close();
  });

  test('a cable pulled in the list: nothing of the old list is printed when it is back', async () => {
    const { clock, machine, printer, paper } = await onBench();
    const printing = printer.print(feeList, { timeoutMs: 60_000 });
    await clock.pass(300);
    machine.unplug();
    expect(await printing).toMatchObject({ done: false, fault: 'deviceNotReady' });
    await clock.pass(10_000);
    const lines = paper().length;
    machine.plugIn();
    await clock.pass(20_000);
    expect(printer.state).toBe('online');
    expect(paper()).toHaveLength(lines);
    await printer.close();
  });

  test('a board that hangs is timeOut, and the print after its next start is whole', async () => {
    const { clock, machine, printer, print } = await onBench();
    machine.hang();
    const printing = printer.print(feeList, { timeoutMs: 5_000 });
    await clock.pass(5_100);
    expect(await printing).toMatchObject({ done: false, fault: 'timeOut', onPaper: 'nothing' });
    machine.powerOff();
    await clock.pass(1_000);
    machine.powerOn();
    await clock.pass(20_000);
    expect(await print(feeList)).toEqual({ done: true, value: { proof: 'printed' } });
    await printer.close();
  });
});

describe('cheaper printers', () => {
  test('a board that only answers questions prints the list unconfirmed, and its paper end is noticed', async () => {
    const { clock, machine, printer, paper, print } = await onBench({
      driver: chineseClone,
      machine: simulated.chineseClone,
    });
    expect(await print(feeList, 60_000)).toEqual({ done: true, value: { proof: 'unconfirmed' } });
    expect(rightRows.filter((row) => !paper().includes(row))).toEqual([]);
    machine.tear();
    machine.loadPaper(150);
    await clock.pass(3_000);
    expect(await print(feeList, 60_000)).toMatchObject({ done: false, fault: 'paperOut', onPaper: 'partial' });
    machine.tear();
    machine.loadPaper(20_000);
    await clock.pass(10_000);
    expect(paper().filter((text) => rightRows.includes(text))).toEqual([]);
    await printer.close();
  });

  test('a board that never answers prints it unconfirmed', async () => {
    const { printer, paper, print } = await onBench({ driver: writeOnlyClone, machine: simulated.writeOnlyClone });
    expect(await print(feeList, 60_000)).toEqual({ done: true, value: { proof: 'unconfirmed' } });
    expect(rightRows.filter((row) => !paper().includes(row))).toEqual([]);
    await printer.close();
  });
});

test('a program written for escpos 2.5.2 prints Chinese on the virtual printer, with our proof', async () => {
  const { clock, printer, paper } = await onBench();
  const { printer: program } = await openEscposPrinter(printer, { timeoutMs: 20_000 });
  program.text('门诊费用').feed(2).cut();
  const ended = new Promise<unknown>((resolve) => program.close(resolve));
  await clock.pass(10_000);
  expect(await ended).toBeNull();
  expect(paper()).toContain('门诊费用');
  await printer.close();
});
