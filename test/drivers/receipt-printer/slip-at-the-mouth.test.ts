/** The slip at the printer's mouth, on the twins of a presenter and of a sensor: presented, taken, left, drawn back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import {
  epsonLike,
  epsonWithTakenSensor,
  presenterKiosk,
  printerProfile,
} from '../../../drivers/receipt-printer/printer-profile.ts';
import { AnswerFramer, fullStatusIn, WELL, withRealTimeStatus } from '../../../drivers/receipt-printer/status.ts';
import * as simulated from '../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { paperText } from '../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { onBench } from './virtual-bench.ts';

const presenter = { driver: presenterKiosk, machine: simulated.customKiosk };
const detector = { driver: epsonWithTakenSensor, machine: simulated.epsonWithDetector };
const SOON = { timeoutMs: 10_000 };

function slipOf(who: string, rows = 20): PaperDocument {
  const lines = Array.from({ length: rows }, (_, at) => ({ kind: 'text', text: `${who} ${at + 1}` }) as const);
  return { blocks: [...lines, { kind: 'cut', mode: 'full' }] };
}

type Bench = Awaited<ReturnType<typeof onBench>>;
const words = ({ events }: Bench): string[] =>
  events.map(({ event }) => event).filter((word) => word.startsWith('media'));
const who = (sheets: readonly Parameters<typeof paperText>[0][]): string[] =>
  sheets.map((sheet) => paperText(sheet)[0]?.split(' ')[0] ?? '-');

async function retract({ printer, clock }: Bench) {
  const drawing = printer.retract(SOON);
  await clock.pass(10_500);
  return drawing;
}

describe('a presenter (Custom, Pyramid)', () => {
  test('a slip that its eye saw come to an empty mouth is printed, and taking it is told', async () => {
    const bench = await onBench(presenter);
    const { printer, machine, clock } = bench;
    expect(printer.media).toBe('notPresent');
    expect(printer.capabilities()).toMatchObject({ mediaTaken: true, retracts: true });
    const states: string[] = [];
    const printing = printer.print(slipOf('first'), { timeoutMs: 60_000, onJobState: (state) => states.push(state) });
    await clock.pass(10_000);
    expect(await printing).toEqual({ done: true, value: { proof: 'printed' } });
    expect(states).toEqual(['queued', 'sending', 'sent', 'presented']);
    expect(printer.media).toBe('present');
    machine.tear();
    await clock.pass(1_500);
    expect(printer.media).toBe('notPresent');
    expect(words(bench)).toEqual(['mediaPresented', 'mediaTaken']);
    expect(machine.state()).toMatchObject({ cuts: 1, unknownBytes: 0, ignoredCommands: 0, fallen: [], retracted: [] });
    await printer.close();
  });

  test('a slip that nobody took is drawn back on command, and is in nobody’s reach', async () => {
    const bench = await onBench(presenter);
    await bench.print(slipOf('first'));
    expect(await retract(bench)).toEqual({ done: true, value: 'retracted' });
    expect(words(bench)).toEqual(['mediaPresented', 'mediaRetracted']);
    expect(who(bench.machine.state().retracted)).toEqual(['first']);
    expect(bench.machine.tear()).toBeUndefined();
    await bench.printer.close();
  });

  test('drawing back where nothing is says so, and moves nothing', async () => {
    const bench = await onBench(presenter);
    expect(await retract(bench)).toMatchObject({ done: false, fault: 'noMediaPresent' });
    expect(words(bench)).toEqual([]);
    await bench.printer.close();
  });

  test('a slip pulled half out can not be drawn back: the word is mediaJammed, and taken is told when it is', async () => {
    const bench = await onBench(presenter);
    await bench.print(slipOf('first'));
    bench.machine.pullHalf();
    expect(await retract(bench)).toMatchObject({ done: false, fault: 'mediaJammed' });
    expect(bench.printer.media).toBe('present');
    bench.machine.tear();
    await bench.clock.pass(1_500);
    expect(words(bench)).toEqual(['mediaPresented', 'mediaTaken']);
    await bench.printer.close();
  });

  test('the next patient’s slip first draws back the one that still hangs there: none falls to the floor', async () => {
    const bench = await onBench(presenter);
    await bench.print(slipOf('first'));
    expect(await bench.print(slipOf('second'))).toEqual({ done: true, value: { proof: 'printed' } });
    const { retracted, fallen, outlet } = bench.machine.state();
    expect([who(retracted), who(fallen), who(outlet)]).toEqual([['first'], [], ['second']]);
    expect(words(bench)).toEqual(['mediaPresented', 'mediaRetracted', 'mediaPresented']);
    await bench.printer.close();
  });

  test('a slip that can not be drawn back stops the next one before its first byte', async () => {
    const bench = await onBench(presenter);
    await bench.print(slipOf('first'));
    bench.machine.pullHalf();
    const next = await bench.print(slipOf('second'));
    expect(next).toMatchObject({ done: false, fault: 'mediaJammed', onPaper: 'nothing' });
    bench.machine.tear();
    await bench.clock.pass(1_000);
    expect(await bench.print(slipOf('third'))).toMatchObject({ done: true });
    expect(who(bench.machine.state().outlet)).toEqual(['third']);
    await bench.printer.close();
  });

  test('half a slip after an open cover goes into the machine, not to whoever stands there next', async () => {
    const bench = await onBench(presenter);
    const printing = bench.printer.print(slipOf('first', 60), { timeoutMs: 60_000 });
    await bench.clock.pass(900);
    bench.machine.openCover();
    await bench.clock.pass(3_000);
    expect(await printing).toMatchObject({ done: false, fault: 'coverOpen' });
    bench.machine.closeCover();
    await bench.clock.pass(15_000);
    expect(who(bench.machine.state().retracted)).toEqual(['first']);
    expect(await bench.print(slipOf('second'))).toEqual({ done: true, value: { proof: 'printed' } });
    const { outlet, fallen } = bench.machine.state();
    expect([who(outlet), who(fallen)]).toEqual([['second'], []]);
    await bench.printer.close();
  });

  test('paper out in the middle is paperOut with part of it on paper; the roll in, the next slip is whole', async () => {
    const bench = await onBench(presenter);
    bench.machine.loadPaper(60);
    expect(await bench.print(slipOf('first', 60))).toMatchObject({
      done: false,
      fault: 'paperOut',
      onPaper: 'partial',
    });
    bench.machine.loadPaper(20_000);
    await bench.clock.pass(10_000);
    expect(await bench.print(slipOf('second'))).toEqual({ done: true, value: { proof: 'printed' } });
    expect(who(bench.machine.state().outlet).at(-1)).toBe('second');
    await bench.printer.close();
  });

  test('taken at once, before its eye was asked: unconfirmed, never a false word', async () => {
    const bench = await onBench(presenter);
    bench.machine.onPaper(({ kind }) => {
      if (kind === 'sheet') bench.clock.timer(60, () => bench.machine.tear());
    });
    const ended = await bench.print(slipOf('first'));
    expect(ended).toMatchObject({ done: true });
    expect(bench.machine.state().outlet).toEqual([]);
    await bench.printer.close();
  });

  test('a slip taken while the cable was out is told as taken when the printer is back', async () => {
    const bench = await onBench(presenter);
    await bench.print(slipOf('first'));
    bench.machine.unplug();
    await bench.clock.pass(1_000);
    expect(bench.printer.media).toBe('unknown');
    bench.machine.tear();
    bench.machine.plugIn();
    await bench.clock.pass(6_000);
    expect(words(bench)).toEqual(['mediaPresented', 'mediaTaken']);
    await bench.printer.close();
    expect(bench.clock.waiting).toBe(0);
  });
});

describe('a sensor without a presenter (Epson)', () => {
  test('a slip is printed with proof, seen, and told as taken when the hand comes', async () => {
    const bench = await onBench(detector);
    const { printer, machine, clock } = bench;
    expect(await bench.print(slipOf('first'))).toEqual({ done: true, value: { proof: 'printed' } });
    expect(printer.media).toBe('present');
    machine.pullHalf();
    await clock.pass(3_000);
    expect(words(bench)).toEqual(['mediaPresented']);
    machine.tear();
    await clock.pass(1_500);
    expect(words(bench)).toEqual(['mediaPresented', 'mediaTaken']);
    await printer.close();
  });

  test('nothing draws a slip back there, and the driver does not pretend', async () => {
    const bench = await onBench(detector);
    await bench.print(slipOf('first'));
    expect(await retract(bench)).toMatchObject({ done: false, fault: 'unsupportedCommand' });
    expect(bench.printer.capabilities()).toMatchObject({ mediaTaken: true, retracts: false });
    await bench.printer.close();
  });
});

test('a printer without an eye says unknown, and never that a slip was taken', async () => {
  const bench = await onBench();
  await bench.print(slipOf('first'));
  bench.machine.tear();
  await bench.clock.pass(60_000);
  expect(bench.printer.media).toBe('unknown');
  expect(words(bench)).toEqual(['mediaPresented']);
  expect(printerProfile('epson-like')).toBe(epsonLike);
  await bench.printer.close();
});

describe('golden bytes', () => {
  test.each([
    // "ESC/POS", Pyramid Technologies, Reliance Status n=20, bit tables of bytes 3 to 6.
    ['idle', '10 0f 00 00 00 00', {}],
    ['ticket at output', '10 0f 20 00 00 00', { slipWaiting: true }],
    ['no paper', '10 0f 05 00 00 00', { paperEnd: true, paperNearEnd: true }],
    ['cover open', '10 0f 00 03 00 00', { coverOpen: true }],
    ['paper jam', '10 0f 00 00 40 00', { jammed: true }],
    ['cutter error', '10 0f 00 00 00 01', { jammed: true }],
    ['head too hot', '10 0f 00 00 01 00', { headHot: true }],
    // KPM300 command reference, full status: virtual paper end, RAM error.
    ['virtual paper end', '10 0f 40 00 00 00', { paperNearEnd: true }],
    ['RAM error', '10 0f 00 00 00 04', { broken: true }],
  ])('full status: %s', (_what, hex, wanted) => {
    const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    const [answer] = new AnswerFramer('fullStatus').push(bytes);
    if (answer?.kind !== 'fullStatus') throw new Error('no full status');
    expect(fullStatusIn(answer.bytes)).toEqual({ ...WELL, slipWaiting: false, ...wanted });
  });

  test.each([
    // ESC/POS Command Reference, DLE EOT, Peeler status (n = 8, a = 3): bit 5.
    [0x12, true],
    [0x16, true],
    [0x32, false],
  ])('peeler status %i', (byte, slipWaiting) => {
    expect(withRealTimeStatus(WELL, 'slip', byte)).toEqual({ ...WELL, slipWaiting });
  });
});

test('after any noise a full status is heard whole, and one that is cut off costs only itself', () => {
  const whole = [0x10, 0x0f, 0x20, 0x00, 0x00, 0x00];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
      const framer = new AnswerFramer('fullStatus');
      framer.push(noise);
      // The end of a block that the noise may have begun, and the rest of a status that it may have cut off.
      framer.push(Uint8Array.of(0, ...new Array<number>(6).fill(0x12)));
      const heard = [...framer.push(Uint8Array.from(whole)), ...framer.push(Uint8Array.from(whole))];
      expect(heard).toContainEqual({ kind: 'fullStatus', bytes: [0x20, 0x00, 0x00, 0x00] });
    }),
  );
});
