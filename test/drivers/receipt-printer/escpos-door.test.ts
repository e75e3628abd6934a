import { describe, expect, test } from 'vitest';
import { EscposDoor, openEscposPrinter, PrintFailedError } from '../../../drivers/receipt-printer/escpos-door.ts';
import { EscposReceiptPrinter } from '../../../drivers/receipt-printer/escpos-receipt-printer.ts';
import { epsonLike } from '../../../drivers/receipt-printer/printer-profile.ts';
import type { PrintCompletion } from '../../../drivers/receipt-printer/receipt-printer.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { OUT_IN_JOB, ScriptedPrinter } from './scripted-printer.ts';

async function onBench() {
  const clock = new ManualClock();
  const machine = new ScriptedPrinter();
  const printer = new EscposReceiptPrinter({
    id: 'paper',
    address: 'sim:paper',
    bus: machine.bus,
    clock,
    profile: epsonLike,
  });
  await clock.drain();
  return { clock, machine, printer };
}

const closed = (program: { close(callback: (error?: Error | null) => void): unknown }) =>
  new Promise<Error | null | undefined>((resolve) => program.close(resolve));

describe('a program written for escpos 2.5.2', () => {
  test('prints through our spooler, and hears success only with the proof', async () => {
    const { machine, printer } = await onBench();
    const { printer: program, door } = await openEscposPrinter(printer, { timeoutMs: 5_000 });
    const completions: PrintCompletion[] = [];
    door.on('completion', (completion) => completions.push(completion));
    await new Promise<void>((resolve) => door.open(() => resolve()));
    program.align('ct').text('费用清单').text('Total 12.50').cut();
    expect(await closed(program)).toBeNull();
    expect(completions).toEqual([{ done: true, value: { proof: 'printed' } }]);
    expect(machine.confirmed).toHaveLength(1);
    // 费用清单 in GB18030, by the package's own converter.
    expect(Buffer.from(machine.received).toString('hex')).toContain('b7d1d3c3c7e5b5a5');
    await printer.close();
  });

  test('hears of paper that ran out, although the package hides the error of its flush', async () => {
    const { machine, printer } = await onBench();
    machine.stopsAfter = { ids: 0, says: OUT_IN_JOB };
    const { printer: program } = await openEscposPrinter(printer, { timeoutMs: 5_000 });
    program.text('lost');
    const error = await closed(program);
    expect(error).toBeInstanceOf(PrintFailedError);
    expect(error instanceof PrintFailedError && error.completion.fault).toBe('paperOut');
    await printer.close();
  });

  test('flushes are jobs in order, and after a failed one nothing more comes out until it opens again', async () => {
    const printed: string[] = [];
    let fails = true;
    const door = new EscposDoor(
      {
        printRaw: (bytes) => {
          if (fails) return Promise.resolve({ done: false, fault: 'coverOpen', detail: 'open', onPaper: 'nothing' });
          printed.push(Buffer.from(bytes).toString());
          return Promise.resolve({ done: true, value: { proof: 'printed' } });
        },
      },
      { timeoutMs: 1_000 },
    );
    const write = (text: string) => new Promise((resolve) => door.write(Buffer.from(text), resolve));
    const errors = await Promise.all([write('one'), write('two')]);
    fails = false;
    expect(errors.map((error) => error instanceof PrintFailedError)).toEqual([true, true]);
    expect(await write('three')).toBeInstanceOf(PrintFailedError);
    door.open();
    expect(await write('four')).toBeNull();
    expect(printed).toEqual(['four']);
  });
});
