/** The printer as a machine: paper, hands, status bytes and process ids (escpos.md section 5). */
import { describe, expect, test } from 'vitest';
import { chineseClone, writeOnlyClone } from '../../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { paperText } from '../../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { hex, PrinterBench, rows } from './printer-bench.ts';

const ALL_ASB = hex('1D 61 0F');
const processId = (id: string): Uint8Array => hex(`1D 28 48 06 00 30 30 ${Buffer.from(id).toString('hex')}`);
const CUT = hex('1D 56 00');

async function onBench(options: ConstructorParameters<typeof PrinterBench>[0] = {}): Promise<PrinterBench> {
  const bench = new PrinterBench(options);
  await bench.connect();
  return bench;
}

describe('status bytes', () => {
  test('an idle printer with paper answers the bytes of the manual', async () => {
    const bench = await onBench();
    await bench.send(hex('10 04 01 10 04 02 10 04 03 10 04 04'));
    expect(await bench.hear()).toEqual(['16', '12', '12', '12']);
    await bench.send(ALL_ASB);
    expect(await bench.hear()).toEqual(['1400000F']);
  });

  test('automatic status follows every change, in the bytes of the manual', async () => {
    const bench = await onBench();
    await bench.send(ALL_ASB);
    await bench.hear();
    bench.printer.openCover();
    expect(await bench.hear()).toEqual(['3C00000F']);
    bench.printer.closeCover();
    expect(await bench.hear()).toEqual(['1400000F']);
    bench.printer.loadPaper(1_000);
    expect(await bench.hear()).toEqual(['1400030F']);
    bench.printer.loadPaper(0);
    expect(await bench.hear()).toEqual(['1C000F0F']);
    await bench.send(hex('10 04 04 10 04 02'));
    expect(await bench.hear()).toEqual(['7E', '32']);
  });

  test('a group that was not asked for is not sent', async () => {
    const bench = await onBench();
    await bench.send(hex('1D 61 08'));
    await bench.hear();
    bench.printer.heatHead();
    expect(await bench.hear()).toEqual([]);
    bench.printer.loadPaper(1_000);
    expect(await bench.hear()).toEqual(['1C40030F']);
  });

  test('real-time status is answered while the printer is stopped, queued status is not', async () => {
    const bench = await onBench();
    bench.printer.openCover();
    await bench.send(hex('1D 72 01 10 04 02'));
    expect(await bench.hear()).toEqual(['16']);
    bench.printer.closeCover();
    expect(await bench.hear()).toEqual(['00']);
  });

  test('real-time bytes inside a picture act, and the picture is whole', async () => {
    const bench = await onBench();
    await bench.send(hex('1D 76 30 00 03 00 01 00 10 04'));
    await bench.send(hex('04'));
    expect(await bench.hear(100)).toEqual(['12']);
    expect(bench.printer.state().atHead.lines).toHaveLength(1);
    expect(bench.printer.state().unknownBytes).toBe(0);
  });
});

describe('dots need time', () => {
  test('a process id comes when the line before it is on paper, not when it is received', async () => {
    const bench = await onBench();
    // Ten lines of 30 dots at 200 mm/s: 187.5 ms.
    await bench.send(Buffer.concat([rows(...'0123456789'), processId('0001')]));
    expect(await bench.hear(187)).toEqual([]);
    expect(bench.textAtHead).toHaveLength(9);
    expect(await bench.hear(3)).toEqual(['37223030303100']);
    expect(bench.textAtHead).toHaveLength(10);
  });

  test('a full buffer holds the writer up until paper has rolled', async () => {
    const bench = await onBench({ profile: chineseClone });
    let taken = false;
    const writing = bench.send(rows(...Array.from({ length: 100 }, () => 'A'.repeat(40)))).then(() => {
      taken = true;
    });
    await bench.clock.pass(100);
    expect(taken).toBe(false);
    expect(bench.printer.state()).toMatchObject({ buffered: 1024, printing: true });
    await bench.clock.pass(2_500);
    await writing;
    expect(bench.textAtHead).toHaveLength(100);
  });

  test('an aborted write takes back what the printer had no room for', async () => {
    const bench = new PrinterBench({ profile: writeOnlyClone });
    const cable = await bench.connect();
    bench.printer.openCover();
    const stop = new AbortController();
    const writing = cable.write(Buffer.alloc(100, 0x41), stop.signal);
    stop.abort(new Error('enough'));
    await expect(writing).rejects.toThrow('enough');
    bench.printer.closeCover();
    await bench.send(rows(''));
    await bench.clock.pass(1_000);
    expect(bench.textAtHead.join('')).toBe('A'.repeat(64));
  });
});

describe('paper', () => {
  test('paper that ends in a line leaves the line cut off, and the line is printed again on the new roll', async () => {
    const bench = await onBench({ paperMm: 8 });
    // 64 dots of paper: two lines of 30, and 4 dots of the third.
    await bench.send(Buffer.concat([rows('one', 'two', 'three', 'four'), processId('0001')]));
    expect(await bench.hear(1_000)).toEqual([]);
    const { outlet, paperOut, offline } = bench.printer.state();
    expect({ paperOut, offline }).toEqual({ paperOut: true, offline: true });
    expect(outlet.map((sheet) => paperText(sheet))).toEqual([['one', 'two']]);
    expect(outlet[0]?.lines[2]).toMatchObject({ whole: false, burnt: 4 });
    bench.printer.loadPaper(1_000);
    expect(await bench.hear(1_000)).toEqual(['37223030303100']);
    expect(bench.textAtHead).toEqual(['three', 'four']);
  });

  test('a cover opened in the middle of a line stops the head there', async () => {
    const bench = await onBench();
    await bench.send(rows('one', 'two'));
    await bench.clock.pass(25);
    bench.printer.openCover();
    await bench.clock.pass(1_000);
    expect(bench.textAtHead).toEqual(['one']);
    bench.printer.closeCover();
    await bench.clock.pass(1_000);
    expect(bench.textAtHead).toEqual(['one', 'two']);
  });

  test('a cut slip lies in the outlet until it is taken; without one, the hand tears at the head', async () => {
    const bench = await onBench();
    await bench.send(Buffer.concat([rows('slip'), CUT, rows('next')]));
    await bench.clock.pass(1_000);
    expect(paperText(bench.printer.tear() ?? expect.fail('no slip'))).toEqual(['slip']);
    const torn = bench.printer.tear();
    expect(torn?.cut).toBe('torn');
    expect(paperText(torn ?? expect.fail('no slip'))).toEqual(['next']);
    expect(bench.printer.tear()).toBeUndefined();
  });

  test('counters tell lines and cuts', async () => {
    const bench = await onBench();
    await bench.send(Buffer.concat([rows('1', '2'), CUT, hex('1D 67 32 00 B2 00 1D 67 32 00 94 00')]));
    expect(await bench.hear(1_000)).toEqual(['5F3100', '5F3200']);
  });
});

describe('cutter and head', () => {
  test('a jam shows in the bytes of the manual when the knife next moves', async () => {
    const bench = await onBench();
    await bench.send(ALL_ASB);
    await bench.hear();
    bench.printer.jamCutter();
    await bench.send(Buffer.concat([rows('slip'), CUT, processId('0002')]));
    expect(await bench.hear(1_000)).toEqual(['1C08000F']);
    await bench.send(hex('10 04 03 10 05 01'));
    expect(await bench.hear(1_000)).toEqual(['1A', '1400000F', '1C08000F']);
    bench.printer.clearJam();
    await bench.send(hex('10 05 01'));
    expect(await bench.hear(1_000)).toEqual(['1400000F', '37223030303200']);
    expect(bench.printer.state().cuts).toBe(1);
  });

  test('recovering by clearing throws the rest of the job away, and its id never comes', async () => {
    const bench = await onBench();
    bench.printer.jamCutter();
    await bench.send(Buffer.concat([rows('slip'), CUT, rows('lost'), processId('0003')]));
    await bench.clock.pass(1_000);
    bench.printer.clearJam();
    await bench.send(hex('10 05 02'));
    await bench.send(rows('new'));
    expect(await bench.hear(1_000)).toEqual([]);
    expect(bench.textAtHead).toEqual(['slip', 'new']);
  });

  test('the buffer is cleared on request, and the printer says so', async () => {
    const bench = await onBench();
    bench.printer.openCover();
    await bench.send(Buffer.concat([rows('lost'), hex('10 14 08 01 03 14 01 06 02 08')]));
    expect(await bench.hear()).toEqual(['372500']);
    bench.printer.closeCover();
    await bench.clock.pass(1_000);
    expect(bench.printer.state()).toMatchObject({ buffered: 0, unknownBytes: 0 });
    expect(bench.textAtHead).toEqual([]);
  });

  test('a hot head cools down and the line is printed', async () => {
    const bench = await onBench();
    bench.printer.heatHead();
    await bench.send(rows('warm'));
    await bench.clock.pass(7_999);
    expect(bench.textAtHead).toEqual([]);
    await bench.clock.pass(100);
    expect(bench.textAtHead).toEqual(['warm']);
  });
});
