/** The printer as a machine: paper, hands, status bytes and process ids (escpos.md section 5). */
import { describe, expect, test } from 'vitest';
import { LinkLostError } from '../../../../drivers/ports.ts';
import {
  chineseClone,
  presenterKiosk,
  starLike,
  writeOnlyClone,
} from '../../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { paperText } from '../../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { hex, PrinterBench, rows } from './printer-bench.ts';
import { seededRandom } from './seeded-random.ts';

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

describe('cable and power', () => {
  test('a pulled cable is a lost link, and what was in the buffer still prints', async () => {
    const bench = new PrinterBench();
    const link = await bench.connect();
    const lost: string[] = [];
    link.onLost((error) => lost.push(error.name));
    await bench.send(rows('kept'));
    bench.printer.unplug();
    expect(lost).toEqual(['LinkLostError']);
    await expect(bench.send(rows('x'))).rejects.toBeInstanceOf(LinkLostError);
    await expect(bench.connect()).rejects.toBeInstanceOf(LinkLostError);
    await bench.clock.pass(100);
    expect(bench.textAtHead).toEqual(['kept']);
    bench.printer.plugIn();
    await expect(bench.connect()).resolves.toBeDefined();
  });

  test('of the process ids that nobody was there to read, the newest waits for the next host', async () => {
    const bench = await onBench();
    await bench.send(Buffer.concat([rows('one'), processId('0001'), rows('two'), processId('0002')]));
    bench.printer.unplug();
    await bench.clock.pass(1_000);
    bench.printer.plugIn();
    await bench.connect();
    expect(await bench.hear()).toEqual(['37223030303200']);
  });

  test('a second host is turned away while the first is connected', async () => {
    const bench = new PrinterBench();
    const first = await bench.connect();
    await expect(bench.connect()).rejects.toBeInstanceOf(LinkLostError);
    await first.close();
    await expect(bench.connect()).resolves.toBeDefined();
  });

  test('power off forgets the buffer and the settings, not the paper', async () => {
    const bench = await onBench();
    await bench.send(Buffer.concat([ALL_ASB, rows('one', 'two', 'three')]));
    await bench.clock.pass(20);
    bench.printer.powerOff();
    await bench.clock.pass(1_000);
    bench.printer.powerOn();
    await bench.connect();
    bench.printer.openCover();
    bench.printer.closeCover();
    expect((await bench.hear(1_000)).slice(1)).toEqual([]);
    expect(bench.textAtHead).toEqual(['one']);
  });

  test('a hung board takes bytes until its buffer is full and says nothing', async () => {
    const bench = await onBench({ profile: chineseClone });
    bench.printer.hang();
    await bench.send(hex('10 04 01'));
    await bench.send(Buffer.alloc(1021, 0x41));
    expect(await bench.hear(1_000)).toEqual([]);
    let taken = false;
    const writing = bench.send(Uint8Array.of(0x41)).then(() => {
      taken = true;
    });
    await bench.clock.pass(10_000);
    expect(taken).toBe(false);
    bench.printer.powerOff();
    await expect(writing).rejects.toBeInstanceOf(LinkLostError);
  });
});

describe('faults and other printers', () => {
  test('a lost byte is missing on paper', async () => {
    const bench = await onBench();
    bench.printer.faults.loseByte(2);
    await bench.send(rows('ABC'));
    await bench.clock.pass(100);
    expect(bench.textAtHead).toEqual(['AC']);
  });

  test('bytes lost by a seed are the same bytes every time', async () => {
    const lines: string[][] = [];
    for (const _ of [1, 2]) {
      const bench = await onBench();
      bench.printer.faults.loseBytes(5, seededRandom(7));
      await bench.send(Buffer.concat([rows('0123456789'.repeat(4)), rows('x')]));
      await bench.clock.pass(1_000);
      lines.push(bench.textAtHead);
    }
    expect(lines[0]).toEqual(lines[1]);
    expect(lines[0]?.[0]?.length).toBeLessThan(40);
  });

  test('the cable goes at the byte that was named, and nothing behind it prints', async () => {
    const bench = await onBench();
    bench.printer.faults.disconnectAtByte(5);
    await expect(bench.send(rows('one', 'two'))).rejects.toBeInstanceOf(LinkLostError);
    await bench.clock.pass(100);
    expect(bench.textAtHead).toEqual(['one']);
  });

  test('a muted printer prints and is silent; answers can come late and twice', async () => {
    const bench = await onBench();
    bench.printer.faults.muteAnswers();
    await bench.send(Buffer.concat([rows('one'), hex('10 04 01')]));
    expect(await bench.hear(100)).toEqual([]);
    expect(bench.textAtHead).toEqual(['one']);
    bench.printer.faults.speak();
    bench.printer.faults.delayAnswers(500);
    bench.printer.faults.repeatAnswers(1);
    await bench.send(hex('10 04 01'));
    expect(await bench.hear(500)).toEqual([]);
    expect(await bench.hear(10)).toEqual(['16', '16']);
  });

  test('a clone without process ids answers GS r and keeps silent about ids', async () => {
    const bench = await onBench({ profile: chineseClone });
    await bench.send(Buffer.concat([rows('one'), processId('0001'), hex('1D 72 01')]));
    expect(await bench.hear(100)).toEqual(['00']);
  });

  test('a write-only clone never says a word', async () => {
    const bench = await onBench({ profile: writeOnlyClone });
    await bench.send(Buffer.concat([hex('10 04 01 1D 72 01'), ALL_ASB, processId('0001')]));
    bench.printer.openCover();
    expect(await bench.hear(1_000)).toEqual([]);
  });

  test('a presenter tells that a ticket waits and that it was taken', async () => {
    const bench = await onBench({ profile: presenterKiosk });
    await bench.send(hex('1D E0 01 41 0A 1D 56 00'));
    expect(await bench.hear(1_000)).toEqual(['100120']);
    bench.printer.tear();
    expect(await bench.hear()).toEqual(['100100']);
    await bench.send(hex('42 0A 1D 56 00'));
    await bench.hear(1_000);
    await bench.send(hex('1D 65 02'));
    expect((await bench.hear()).sort()).toEqual(['00', '100100']);
    expect(bench.printer.state().retracted).toHaveLength(1);
  });

  test('a Star printer counts the marks at the end of jobs', async () => {
    const bench = await onBench({ profile: starLike });
    await bench.send(hex('1B 1E 45 00 41 0A 17'));
    expect(await bench.hear(10)).toEqual([]);
    expect(await bench.hear(100)).toEqual(['238602000000000200']);
  });

  test('the workbench sees paper and wire as they happen', async () => {
    const bench = await onBench();
    const seen: string[] = [];
    bench.printer.onPaper((event) => seen.push(event.kind));
    bench.printer.onWire((event) => seen.push(`${event.direction} ${event.bytes.length}`));
    await bench.send(Buffer.concat([rows('A'), CUT, hex('10 04 01')]));
    await bench.clock.pass(1_000);
    bench.printer.tear();
    expect(seen).toEqual(['toPrinter 8', 'toHost 1', 'moved', 'moved', 'sheet', 'taken']);
  });
});
