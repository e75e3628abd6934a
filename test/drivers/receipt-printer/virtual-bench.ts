import { EscposReceiptPrinter } from '../../../drivers/receipt-printer/escpos-receipt-printer.ts';
import type { GlyphRaster } from '../../../drivers/receipt-printer/glyph-raster.ts';
import type { PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import { epsonLike, type PrinterProfile } from '../../../drivers/receipt-printer/printer-profile.ts';
import type { PrintCompletion, PrinterEvent } from '../../../drivers/receipt-printer/receipt-printer.ts';
import * as simulated from '../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { paperText } from '../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { VirtualPrinter } from '../../../hardware-sim/devices/receipt-printer/virtual-printer.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export async function onBench(
  profiles: { driver: PrinterProfile; machine: simulated.PrinterProfile } = {
    driver: epsonLike,
    machine: simulated.epsonLike,
  },
  glyphRaster?: GlyphRaster,
  /** A kiosk that starts again: the printer and its time are those of the bench before. */
  earlier?: { readonly clock: ManualClock; readonly machine: VirtualPrinter },
) {
  const clock = earlier?.clock ?? new ManualClock();
  const machine = earlier?.machine ?? new VirtualPrinter({ clock, profile: profiles.machine });
  const bus = busWith({ openByteLink: (_address, signal) => machine.openByteLink(signal) });
  const printer = new EscposReceiptPrinter({
    id: 'receipt-printer',
    address: 'sim:receipt-printer',
    bus,
    clock,
    profile: profiles.driver,
    ...(glyphRaster ? { glyphRaster } : {}),
  });
  const events: PrinterEvent[] = [];
  printer.onPrinterEvent((event) => events.push(event));
  await clock.pass(3_000);
  /** Everything that came out, oldest first, and what hangs from the head. */
  const paper = (): string[] => {
    const { outlet, atHead } = machine.state();
    return [...outlet, atHead].flatMap((sheet) => [...paperText(sheet)]);
  };
  const print = async (document: PaperDocument, passMs = 20_000): Promise<PrintCompletion> => {
    const printing = printer.print(document, { timeoutMs: 60_000 });
    await clock.pass(passMs);
    return printing;
  };
  return { clock, machine, printer, events, paper, print };
}
