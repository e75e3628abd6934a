import { describe, expect, test } from 'vitest';
import type { PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import type { PrintCompletion } from '../../../drivers/receipt-printer/receipt-printer.ts';
import { list, onBench, slip, text } from './scripted-bench.ts';
import { COVER_OPEN, CUTTER_JAM, HEAD_HOT, IDLE, OUT_IN_JOB } from './scripted-printer.ts';

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
