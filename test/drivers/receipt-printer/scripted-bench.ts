/** Our driver, wired to a scripted printer on a clock that moves only when a test says so. */
import { EscposReceiptPrinter } from '../../../drivers/receipt-printer/escpos-receipt-printer.ts';
import type { PaperBlock, PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import { epsonLike, type PrinterProfile } from '../../../drivers/receipt-printer/printer-profile.ts';
import type { PrintCompletion, PrinterEvent, PrintOptions } from '../../../drivers/receipt-printer/receipt-printer.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ScriptedPrinter } from './scripted-printer.ts';

export async function onBench(profile: PrinterProfile = epsonLike, prepare?: (machine: ScriptedPrinter) => void) {
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

export function list(rows: number): PaperDocument {
  const blocks: PaperBlock[] = Array.from({ length: rows }, (_, at) => ({ kind: 'text', text: `row${at + 1}.` }));
  return { blocks: [...blocks, { kind: 'cut', mode: 'partial' }] };
}

export const slip = list(3);

export function text(machine: ScriptedPrinter): string {
  return Buffer.from(machine.received).toString('latin1');
}
