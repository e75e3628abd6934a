/** What an ESC/POS receipt printer is told about itself. */
import type { Clock, DeviceBus } from '../ports.ts';
import type { GlyphRaster } from './glyph-raster.ts';
import type { PrinterProfile } from './printer-profile.ts';

export interface EscposReceiptPrinterOptions {
  /** The device map's id. */
  readonly id: string;
  /** The device map's address, e.g. `tcp://127.0.0.1:9100`. */
  readonly address: string;
  readonly bus: DeviceBus;
  readonly clock: Clock;
  readonly profile: PrinterProfile;
  /** Draws what the printer's font lacks; without it such characters are printed as `〓`. */
  readonly glyphRaster?: GlyphRaster;
}
