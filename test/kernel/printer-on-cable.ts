/**
 * The receipt printer at the end of a USB cable, up to the first receipt: what every way to it in the guest must do.
 *
 * One promise: both printer cases make these claims in these words; only the way to the printer differs.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';

import type { DeviceBus, LinkLostError } from '../../drivers/ports.ts';
import { EscposReceiptPrinter } from '../../drivers/receipt-printer/escpos-receipt-printer.ts';
import { epsonLike } from '../../drivers/receipt-printer/printer-profile.ts';
import { Bench } from './bench-process.ts';
import { type CaseRun, until } from './case-run.ts';
import { attachUsb } from './doors/usbip-attach.ts';
import { emulatedClock } from './emulated-clock.ts';

export const PRINT_MS = 30_000;
export const PRINTED = { done: true, value: { proof: 'printed' } } as const;

export const slip = (...lines: string[]) =>
  ({
    blocks: [...lines.map((text) => ({ kind: 'text', text }) as const), { kind: 'cut', mode: 'partial' } as const],
  }) as const;

export async function printerBench(run: CaseRun): Promise<Bench> {
  const bench = await run.step('the bench stands', () => Bench.start('./benches/printer-bench.ts'));
  run.atEnd(() => bench.stop());
  return bench;
}

export async function putInCable(run: CaseRun): Promise<void> {
  await run.step('the cable is put in, and the kernel knows a printer', async (signal) => {
    await attachUsb();
    await until(signal, () => existsSync('/dev/usb/lp0'), 20);
  });
}

export interface WayToPrinter {
  readonly bus: DeviceBus;
  readonly address: string;
  /** More than the printer's buffer and all that lies before it hold, bytes. */
  readonly moreThanFits: number;
  readonly patienceMs: number;
}

/** A stalled write first, then the driver on the same way. → the driver, online */
export async function printerOnline(run: CaseRun, bench: Bench, way: WayToPrinter): Promise<EscposReceiptPrinter> {
  const { bus, address } = way;
  await run.step(
    'a printer with no paper takes nothing for ever: the write ends with its own signal, the link lives',
    async (signal) => {
      await bench.use('loadPaper', 0);
      const link = await bus.openByteLink(address, signal);
      const lost: LinkLostError[] = [];
      link.onLost((error) => lost.push(error));
      const patience = AbortSignal.timeout(way.patienceMs);
      await assert.rejects(
        link.write(new Uint8Array(way.moreThanFits).fill(0x61), patience),
        (error) => error === patience.reason,
      );
      assert.deepEqual(lost, []);
      await link.close();
      await bench.use('loadPaper', 50_000);
      await until(signal, async () => (await bench.use<{ buffered: number }>('state')).buffered === 0, 100);
      await bench.use('tear');
    },
  );
  const printer = new EscposReceiptPrinter({
    id: 'receipt-printer',
    address,
    bus,
    clock: emulatedClock,
    profile: epsonLike,
  });
  run.atEnd(() => printer.close());
  await run.step('the driver is online', isOnline(printer));
  return printer;
}

export const isOnline =
  (printer: EscposReceiptPrinter) =>
  (signal: AbortSignal): Promise<boolean> =>
    until(signal, () => printer.state === 'online');
