/** What a print that failed left at the head, on the virtual printer: never the top of somebody else's slip. */
import { describe, expect, test } from 'vitest';
import type { PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import { chineseClone, epsonLike, writeOnlyClone } from '../../../drivers/receipt-printer/printer-profile.ts';
import * as simulated from '../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { paperText } from '../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { onBench } from './virtual-bench.ts';

type Bench = Awaited<ReturnType<typeof onBench>>;

const PRINTED = { done: true, value: { proof: 'printed' } };

/** Sixty lines and a cut: about a second on paper. */
function slipOf(who: string): PaperDocument {
  const lines = Array.from({ length: 60 }, (_, at) => ({ kind: 'text', text: `${who} ${at + 1}` }) as const);
  return { blocks: [...lines, { kind: 'cut', mode: 'partial' }] };
}

/** Every sheet so far, oldest first, as the patients whose lines stand on it; `-` for a blank one. */
function sheets({ machine }: Bench): string[] {
  return machine.state().outlet.map((sheet) => {
    const who = [...new Set(paperText(sheet).map((line) => line.split(' ')[0] ?? ''))];
    return who.join('+') || '-';
  });
}

/** The first patient's print fails after a part of it. */
async function failHalfWay(bench: Bench, hand: () => void) {
  const printing = bench.printer.print(slipOf('first'), { timeoutMs: 60_000 });
  await bench.clock.pass(500);
  hand();
  await bench.clock.pass(5_000);
  return printing;
}

describe('half a slip', () => {
  test.each<[string, (bench: Bench) => void, (bench: Bench) => void]>([
    ['an open cover', ({ machine }) => machine.openCover(), ({ machine }) => machine.closeCover()],
    ['a pulled cable', ({ machine }) => machine.unplug(), ({ machine }) => machine.plugIn()],
    ['a printer without power', ({ machine }) => machine.powerOff(), ({ machine }) => machine.powerOn()],
  ])('%s: it is cut off as soon as that is put right, before anybody prints', async (_what, hand, undo) => {
    const bench = await onBench();
    expect(await failHalfWay(bench, () => hand(bench))).toMatchObject({ done: false });
    expect(sheets(bench)).toEqual([]);
    undo(bench);
    await bench.clock.pass(20_000);
    expect(sheets(bench)).toEqual(['first']);
    expect(bench.machine.state().atHead.lines).toEqual([]);
    expect(await bench.print(slipOf('second'))).toEqual(PRINTED);
    expect(sheets(bench)).toEqual(['first', 'second']);
    expect(bench.machine.state()).toMatchObject({ cuts: 2, unknownBytes: 0, ignoredCommands: 0 });
    await bench.printer.close();
  });

  test('a print that runs out of time: it is cut off by the next start of the link', async () => {
    const bench = await onBench();
    const printing = bench.printer.print(slipOf('first'), { timeoutMs: 800 });
    await bench.clock.pass(20_000);
    expect(await printing).toMatchObject({ done: false, fault: 'timeOut', onPaper: 'partial' });
    expect(await bench.print(slipOf('second'))).toEqual(PRINTED);
    expect(sheets(bench)).toEqual(['first', 'second']);
    await bench.printer.close();
  });

  test('a print that already waits when the cover is closed is begun on a sheet of its own', async () => {
    const bench = await onBench();
    await failHalfWay(bench, () => bench.machine.openCover());
    bench.machine.closeCover();
    expect(await bench.print(slipOf('second'))).toEqual(PRINTED);
    expect(sheets(bench)).toEqual(['first', 'second']);
    await bench.printer.close();
  });

  test('the cut itself is disturbed: the next print begins with it, and nothing of that print is lost', async () => {
    const bench = await onBench();
    const { clock, machine } = bench;
    await failHalfWay(bench, () => machine.openCover());
    machine.closeCover();
    await clock.pass(60);
    machine.openCover();
    await clock.pass(5_000);
    expect(sheets(bench)).toEqual([]);
    machine.closeCover();
    await clock.pass(5_000);
    expect(await bench.print(slipOf('second'))).toEqual(PRINTED);
    expect(sheets(bench)).toEqual(['first', 'second']);
    await bench.printer.close();
  });

  test('a print that can not even cut off what hangs there has put nothing on paper', async () => {
    const bench = await onBench();
    const { clock, machine, printer } = bench;
    await failHalfWay(bench, () => machine.openCover());
    machine.jamCutter();
    machine.closeCover();
    await clock.pass(5_000);
    machine.openCover();
    machine.closeCover();
    await clock.pass(2_000);
    expect(await bench.print(slipOf('second'))).toMatchObject({
      done: false,
      fault: 'mediaJammed',
      onPaper: 'nothing',
    });
    machine.openCover();
    machine.clearJam();
    await clock.pass(500);
    machine.closeCover();
    await clock.pass(2_000);
    expect(await bench.print(slipOf('third'))).toEqual(PRINTED);
    expect(sheets(bench)).toEqual(['first', 'third']);
    await printer.close();
  });

  test('a printer that never proves its cut does not cut up its roll', async () => {
    // The site file names the wrong board: this one has no process ids.
    const bench = await onBench({ driver: epsonLike, machine: { ...simulated.epsonLike, processId: false } });
    const printing = bench.printer.print(slipOf('first'), { timeoutMs: 5_000 });
    await bench.clock.pass(600_000);
    expect(await printing).toMatchObject({ done: false, fault: 'timeOut' });
    expect(bench.machine.state().cuts).toBeLessThanOrEqual(1);
    await bench.printer.close();
  });
});

describe('a needless cut', () => {
  test('is not made after a good slip, after a fault that found no print, or at a start', async () => {
    const bench = await onBench();
    const { clock, machine, printer } = bench;
    expect(machine.state().cuts).toBe(0);
    await bench.print(slipOf('first'));
    machine.openCover();
    expect(await bench.print(slipOf('second'))).toMatchObject({ fault: 'coverOpen', onPaper: 'nothing' });
    machine.closeCover();
    machine.unplug();
    await clock.pass(1_000);
    machine.plugIn();
    await clock.pass(20_000);
    expect(printer.state).toBe('online');
    expect(sheets(bench)).toEqual(['first']);
    await printer.close();
  });

  test('is made at a start only by word of whoever knows of a print that never ended', async () => {
    const before = await onBench();
    await failHalfWay(before, () => before.machine.openCover());
    await before.printer.close();
    before.machine.closeCover();
    const after = await onBench(undefined, undefined, before);
    expect(sheets(after)).toEqual([]);
    after.printer.suspectRemains();
    await after.clock.pass(5_000);
    expect(sheets(after)).toEqual(['first']);
    expect(await after.print(slipOf('second'))).toEqual(PRINTED);
    expect(sheets(after)).toEqual(['first', 'second']);
    await after.printer.close();
  });
});

describe('cheaper printers', () => {
  test('a board that only answers questions: the half is cut off when it says that its cover is closed', async () => {
    const bench = await onBench({ driver: chineseClone, machine: simulated.chineseClone });
    await failHalfWay(bench, () => bench.machine.openCover());
    bench.machine.closeCover();
    await bench.clock.pass(10_000);
    expect(sheets(bench)).toEqual(['first']);
    expect(await bench.print(slipOf('second'))).toMatchObject({ done: true });
    expect(sheets(bench)).toEqual(['first', 'second']);
    await bench.printer.close();
  });

  test('a board that never answers: the half is cut off when its cable is back', async () => {
    const bench = await onBench({ driver: writeOnlyClone, machine: simulated.writeOnlyClone });
    await failHalfWay(bench, () => bench.machine.unplug());
    bench.machine.plugIn();
    await bench.clock.pass(10_000);
    expect(await bench.print(slipOf('second'))).toMatchObject({ done: true });
    expect(sheets(bench)).toEqual(['first', 'second']);
    await bench.printer.close();
  });

  test('a board without a cutter: the half is fed to the tear bar, and the next slip begins below it', async () => {
    const withoutCutter = { ...epsonLike, cuts: false };
    const bench = await onBench({ driver: withoutCutter, machine: simulated.epsonLike });
    await failHalfWay(bench, () => bench.machine.openCover());
    const [before, beforeDots] = [bench.machine.state().atHead.lines.length, bench.machine.state().atHead.heightDots];
    bench.machine.closeCover();
    await bench.clock.pass(10_000);
    const { lines, heightDots } = bench.machine.state().atHead;
    expect(lines).toHaveLength(before);
    // Four lines of 30 dots: what lies between head and bar.
    expect(heightDots - beforeDots).toBe(120);
    bench.machine.tear();
    expect(await bench.print(slipOf('second'))).toEqual(PRINTED);
    expect(paperText(bench.machine.state().atHead)[0]).toBe('second 1');
    await bench.printer.close();
  });
});
