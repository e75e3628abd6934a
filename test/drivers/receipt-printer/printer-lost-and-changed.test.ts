import { describe, expect, test } from 'vitest';
import { chineseClone, epsonLike, writeOnlyClone } from '../../../drivers/receipt-printer/printer-profile.ts';
import { list, onBench, slip, text } from './scripted-bench.ts';
import { COVER_OPEN, CUTTER_JAM, IDLE, PAPER_LOW } from './scripted-printer.ts';

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
