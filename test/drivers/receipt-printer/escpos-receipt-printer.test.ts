import { describe, expect, test } from 'vitest';
import { EscposReceiptPrinter } from '../../../drivers/receipt-printer/escpos-receipt-printer.ts';
import type { PaperBlock, PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import {
  chineseClone,
  epsonLike,
  type PrinterProfile,
  writeOnlyClone,
} from '../../../drivers/receipt-printer/printer-profile.ts';
import type { PrintCompletion, PrinterEvent, PrintOptions } from '../../../drivers/receipt-printer/receipt-printer.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { COVER_OPEN, CUTTER_JAM, HEAD_HOT, IDLE, OUT_IN_JOB, PAPER_LOW, ScriptedPrinter } from './scripted-printer.ts';

async function onBench(profile: PrinterProfile = epsonLike, prepare?: (machine: ScriptedPrinter) => void) {
  const clock = new ManualClock();
  const machine = new ScriptedPrinter();
  prepare?.(machine);
  const printer = new EscposReceiptPrinter({
    id: 'receipt-printer',
    address: 'sim:paper',
    bus: machine.bus,
    clock,
    profile,
  });
  const events: PrinterEvent[] = [];
  printer.onPrinterEvent((event) => events.push(event));
  await clock.drain();
  const states: string[] = [];
  const print = (document: PaperDocument, options?: Partial<PrintOptions>): Promise<PrintCompletion> =>
    printer.print(document, {
      timeoutMs: 10_000,
      onJobState: (state, confirmed) => states.push(`${state} ${confirmed}`),
      ...options,
    });
  return { clock, machine, printer, events, states, print };
}

function list(rows: number): PaperDocument {
  const blocks: PaperBlock[] = Array.from({ length: rows }, (_, at) => ({ kind: 'text', text: `row${at + 1}.` }));
  return { blocks: [...blocks, { kind: 'cut', mode: 'partial' }] };
}

const slip = list(3);

function text(machine: ScriptedPrinter): string {
  return Buffer.from(machine.received).toString('latin1');
}

describe('a printer that proves', () => {
  test('is online with paper, cover and its own name known', async () => {
    const { printer } = await onBench();
    expect(printer.state).toBe('online');
    expect({ paper: printer.paper, coverOpen: printer.coverOpen, obstacle: printer.obstacle() }).toEqual({
      paper: 'full',
      coverOpen: false,
      obstacle: undefined,
    });
    expect(printer.identity).toBe('EPSON TM-T88VI');
    await printer.close();
    expect(printer.state).toBe('offline');
  });

  test('a slip is printed when its process ids came back, and not before', async () => {
    const { printer, print, states, machine } = await onBench();
    expect(await print(slip)).toEqual({ done: true, value: { proof: 'printed' } });
    expect(states).toEqual(['queued 0', 'sending 0', 'sent 0', 'printed 1', 'cut 2']);
    expect(machine.confirmed).toEqual(['0001', '0002']);
    await printer.close();
  });

  test('bytes that left are not paper: without the ids the print is timeOut at its limit', async () => {
    const { clock, printer, print, machine } = await onBench();
    machine.answers.processId = false;
    let ended: PrintCompletion | undefined;
    const printing = print(slip, { timeoutMs: 3_000 }).then((completion) => {
      ended = completion;
    });
    await clock.pass(2_999);
    expect(ended).toBeUndefined();
    await clock.pass(100);
    await printing;
    expect(ended).toMatchObject({ done: false, fault: 'timeOut', onPaper: 'unknown' });
    await printer.close();
  });

  test('no more than one segment is on its way', async () => {
    const { clock, printer, print, machine } = await onBench();
    machine.answers.processId = false;
    const printing = print(list(60));
    await clock.pass(1_000);
    expect(text(machine)).toContain('row20.');
    expect(text(machine)).not.toContain('row21.');
    await printer.close();
    expect(await printing).toMatchObject({ done: false, fault: 'deviceNotReady' });
  });

  test('prints wait for each other', async () => {
    const { printer, print, machine } = await onBench();
    const both = await Promise.all([print(slip), print(list(1))]);
    expect(both.map(({ done }) => done)).toEqual([true, true]);
    expect(machine.confirmed).toEqual(['0001', '0002', '0003', '0004']);
    await printer.close();
  });
});

describe('trouble in the middle', () => {
  test.each([
    ['paper out', OUT_IN_JOB, 'paperOut'],
    ['cover opened', COVER_OPEN, 'coverOpen'],
    ['cutter jammed', CUTTER_JAM, 'mediaJammed'],
  ] as const)('%s after forty lines: failed, part is on paper, the rest is cleared', async (_name, says, fault) => {
    const { printer, print, machine, states } = await onBench();
    machine.stopsAfter = { ids: 2, says: [...says] };
    const clearedBefore = machine.cleared;
    expect(await print(list(120))).toMatchObject({ done: false, fault, onPaper: 'partial' });
    expect(states.at(-1)).toBe('failed 2');
    expect(machine.cleared).toBe(clearedBefore + 1);
    expect(text(machine)).not.toContain('row61.');
    expect(printer.lastFault?.fault).toBe(fault);
    await printer.close();
  });

  test('after the failure the printer is reset before anything else is sent', async () => {
    const { printer, print, machine } = await onBench();
    machine.stopsAfter = { ids: 1, says: OUT_IN_JOB };
    await print(list(60));
    const tail = Buffer.from(machine.received).toString('hex');
    expect(tail.endsWith('10140801031401060208' + '1b401c261d610e')).toBe(true);
    await printer.close();
  });

  test('a printer that does not confirm its empty buffers is opened anew', async () => {
    const { clock, printer, print, machine } = await onBench();
    machine.stopsAfter = { ids: 1, says: OUT_IN_JOB };
    machine.answers.cleared = false;
    const printing = print(list(60));
    await clock.pass(1_100);
    expect(await printing).toMatchObject({ done: false, fault: 'paperOut', onPaper: 'partial' });
    await clock.pass(2_000);
    expect(machine.connections).toBe(2);
    await printer.close();
  });

  test('a head that is hot for a while does not end the print', async () => {
    const { clock, printer, print, machine } = await onBench();
    machine.answers.processId = false;
    const printing = print(list(1));
    await clock.drain();
    machine.says(...HEAD_HOT);
    await clock.pass(500);
    machine.says(...IDLE, 0x37, 0x22, 0x30, 0x30, 0x30, 0x31, 0x00);
    machine.answers.processId = true;
    await clock.drain();
    expect(await printing).toEqual({ done: true, value: { proof: 'printed' } });
    await printer.close();
  });

  test('a head that stays hot is named, not called timeOut', async () => {
    const { clock, printer, print, machine } = await onBench();
    machine.answers.processId = false;
    machine.eot = { 1: 0x1e, 2: 0x52, 3: 0x52, 4: 0x12 };
    const asked = await print(slip);
    expect(asked).toMatchObject({ done: false, fault: 'headHot', onPaper: 'nothing' });
    machine.eot = { 1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12 };
    const printing = print(slip, { timeoutMs: 2_000 });
    await clock.drain();
    machine.eot = { 1: 0x1e, 2: 0x52, 3: 0x52, 4: 0x12 };
    machine.says(...HEAD_HOT);
    await clock.pass(2_100);
    expect(await printing).toMatchObject({ done: false, fault: 'headHot', onPaper: 'partial' });
    await printer.close();
  });

  test('a write that the printer no longer takes ends with the paper that ran out', async () => {
    const { clock, printer, print, machine } = await onBench();
    const printing = print(list(60), {
      onJobState: (_state, confirmed) => {
        if (confirmed === 1 && machine.link) machine.link.blocked = true;
      },
    });
    await clock.pass(100);
    machine.says(...OUT_IN_JOB);
    await clock.pass(3_000);
    expect(await printing).toMatchObject({ done: false, fault: 'paperOut', onPaper: 'partial' });
    // What the blocked line still held goes with the old connection.
    expect(machine.connections).toBe(2);
    await printer.close();
  });
});

describe('trouble before the first byte', () => {
  test.each([
    ['open cover', { 1: 0x1e, 2: 0x36, 3: 0x12, 4: 0x12 }, 'coverOpen'],
    ['no paper', { 1: 0x1e, 2: 0x32, 3: 0x12, 4: 0x7e }, 'paperOut'],
    ['jam', { 1: 0x1e, 2: 0x52, 3: 0x1a, 4: 0x12 }, 'mediaJammed'],
  ])('%s: nothing is sent and nothing is on paper', async (_name, eot, fault) => {
    const { printer, print, machine } = await onBench();
    machine.eot = eot;
    expect(await print(slip)).toMatchObject({ done: false, fault, onPaper: 'nothing' });
    expect(printer.obstacle()).toBe(fault);
    expect(text(machine)).not.toContain('row');
    await printer.close();
  });

  test('a document that does not fit the paper is invalidData', async () => {
    const { printer, print } = await onBench();
    const bad: PaperDocument = { blocks: [{ kind: 'row', columns: [{ text: 'x', width: 49 }] }] };
    expect(await print(bad)).toMatchObject({ done: false, fault: 'invalidData', onPaper: 'nothing' });
    await printer.close();
  });

  test('a canceled print that still waits ends at once and is never sent', async () => {
    const { clock, printer, print, machine } = await onBench();
    machine.answers.processId = false;
    const first = print(list(1));
    const cancel = new AbortController();
    const second = print(list(2), { signal: cancel.signal });
    await clock.drain();
    cancel.abort();
    expect(await second).toMatchObject({ done: false, fault: 'canceled', onPaper: 'nothing' });
    expect(machine.connections).toBe(1);
    await printer.close();
    await first;
    expect(text(machine)).not.toContain('row2.');
  });
});

describe('a lost printer', () => {
  test('unplugged in the middle: deviceNotReady, and nothing of the job is sent to the new connection', async () => {
    const { clock, printer, print, machine } = await onBench();
    machine.answers.processId = false;
    const printing = print(list(60));
    const waiting = print(list(70));
    await clock.drain();
    machine.unplug();
    expect(await printing).toMatchObject({ done: false, fault: 'deviceNotReady', onPaper: 'unknown' });
    expect(await waiting).toMatchObject({ done: false, fault: 'deviceNotReady', onPaper: 'nothing' });
    expect(printer.state).toBe('powerOff');
    expect(printer.obstacle()).toBe('deviceNotReady');
    expect(printer.paper).toBe('unknown');
    const sent = machine.received.length;
    machine.plugged = true;
    machine.answers.processId = true;
    await clock.pass(5_000);
    expect(printer.state).toBe('online');
    expect(Buffer.from(machine.received.slice(sent)).toString('latin1')).not.toContain('row');
    expect(await print(slip)).toMatchObject({ done: true });
    await printer.close();
  });

  test('what an earlier connection left in the printer is cleared when it is opened', async () => {
    const { printer, machine } = await onBench();
    expect(Buffer.from(machine.received.slice(0, 10)).toString('hex')).toBe('10140801031401060208');
    await printer.close();
  });

  test('one that takes bytes and answers nothing does not become online', async () => {
    const { clock, printer } = await onBench(epsonLike, (machine) => {
      machine.answers = { eot: false, processId: false, automatic: false, cleared: false, identity: false };
    });
    await clock.pass(20_000);
    expect(printer.state).toBe('powerOff');
    expect(printer.lastFault?.detail).toContain('does not answer');
    await printer.close();
  });

  test('one that falls silent while idle is found out without a print', async () => {
    const { clock, printer, machine } = await onBench();
    machine.answers.eot = false;
    await clock.pass(13_500);
    expect(printer.state).not.toBe('online');
    await printer.close();
  });

  test('no timer is left after close', async () => {
    const { clock, printer, print } = await onBench();
    await print(slip);
    await printer.close();
    await clock.drain();
    expect(clock.waiting).toBe(0);
  });
});

describe('changes that nobody printed for', () => {
  test('paper and cover are told once each', async () => {
    const { clock, printer, machine, events } = await onBench();
    for (const says of [PAPER_LOW, PAPER_LOW, COVER_OPEN, COVER_OPEN, IDLE]) {
      machine.says(...says);
      await clock.drain();
    }
    expect(events).toEqual([
      { event: 'paperThreshold', paper: 'full' },
      { event: 'paperThreshold', paper: 'low' },
      { event: 'coverChanged', open: true },
      { event: 'paperThreshold', paper: 'full' },
      { event: 'coverChanged', open: false },
    ]);
    await printer.close();
  });

  test('a freed jam is left as soon as the cover is closed again', async () => {
    const { clock, printer, machine } = await onBench();
    const before = machine.recovered;
    for (const says of [CUTTER_JAM, [0x3c, 0x08, 0x00, 0x0f], CUTTER_JAM]) {
      machine.says(...says);
      await clock.drain();
    }
    expect(machine.recovered).toBe(before + 1);
    await printer.close();
  });

  test('an unrecoverable error is hardwareError until the printer says otherwise', async () => {
    const { clock, printer, machine } = await onBench();
    machine.says(0x1c, 0x20, 0x00, 0x0f);
    await clock.drain();
    expect(printer.state).toBe('hardwareError');
    machine.says(...IDLE);
    await clock.drain();
    expect(printer.state).toBe('online');
    await printer.close();
  });
});

describe('printers that can not prove', () => {
  test('a clone that only answers questions is unconfirmed, after the time the paper needs', async () => {
    const { clock, printer, print, states } = await onBench(chineseClone);
    let ended = false;
    const printing = print(list(20)).finally(() => {
      ended = true;
    });
    await clock.pass(20 * chineseClone.lineMs - 1);
    expect(ended).toBe(false);
    await clock.pass(1_000);
    expect(await printing).toEqual({ done: true, value: { proof: 'unconfirmed' } });
    expect(states).toEqual(['queued 0', 'sending 0', 'sent 0', 'unconfirmed 0']);
    await printer.close();
  });

  test('a clone whose paper ends while it prints is asked in time', async () => {
    const { clock, printer, print, machine } = await onBench(chineseClone);
    const printing = print(list(40));
    await clock.pass(100);
    machine.eot = { 1: 0x1e, 2: 0x32, 3: 0x12, 4: 0x72 };
    await clock.pass(300);
    expect(await printing).toMatchObject({ done: false, fault: 'paperOut', onPaper: 'partial' });
    expect(text(machine)).not.toContain('row21.');
    await printer.close();
  });

  test('a board that never answers prints unconfirmed and knows nothing about its paper', async () => {
    const { clock, printer, print } = await onBench(writeOnlyClone, (machine) => {
      machine.answers = { eot: false, processId: false, automatic: false, cleared: false, identity: false };
    });
    expect({ state: printer.state, paper: printer.paper, obstacle: printer.obstacle() }).toEqual({
      state: 'online',
      paper: 'unknown',
      obstacle: undefined,
    });
    const printing = print(slip);
    await clock.pass(1_000);
    expect(await printing).toEqual({ done: true, value: { proof: 'unconfirmed' } });
    await printer.close();
  });
});
