/** The printer's cable, its power, what goes wrong beyond the reach of hands, and printers that differ. */
import { describe, expect, test } from 'vitest';
import { LinkLostError } from '../../../../drivers/ports.ts';
import {
  chineseClone,
  presenterKiosk,
  starLike,
  writeOnlyClone,
} from '../../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
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
    await bench.send(hex('1D 65 02 1D 65 06'));
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
