/** The kiosk's devices as the device map names them, each opening by itself and again for ever. */
import { ChipCardReader } from '../drivers/card-reader/chip-card-reader.ts';
import { LineCodeScanner } from '../drivers/code-scanner/line-code-scanner.ts';
import type { Device } from '../drivers/device.ts';
import type { Clock, DeviceBus } from '../drivers/ports.ts';
import { EscposReceiptPrinter } from '../drivers/receipt-printer/escpos-receipt-printer.ts';
import { printerProfile } from '../drivers/receipt-printer/printer-profile.ts';
import type { KioskConfig } from './config/kiosk-config.ts';
import { fontGlyphs } from './documents/font-glyphs.ts';

export interface KioskDevices {
  readonly cardReader: ChipCardReader | undefined;
  readonly scanner: LineCodeScanner | undefined;
  readonly printer: EscposReceiptPrinter | undefined;
  readonly all: readonly Device[];
}

export function openDevices(bus: DeviceBus, clock: Clock, { devices }: Pick<KioskConfig, 'devices'>): KioskDevices {
  const cardReader = devices.cardReader && new ChipCardReader({ ...devices.cardReader, bus, clock });
  const scanner = devices.codeScanner && new LineCodeScanner({ ...devices.codeScanner, bus, clock });
  const printer =
    devices.receiptPrinter &&
    new EscposReceiptPrinter({
      ...devices.receiptPrinter,
      bus,
      clock,
      profile: printerProfile(devices.receiptPrinter.profile ?? 'epson-like'),
      glyphRaster: fontGlyphs(),
    });
  return {
    cardReader,
    scanner,
    printer,
    all: [cardReader, scanner, printer].filter((device) => device !== undefined),
  };
}

/** One line of `yizhan doctor`. */
export interface DeviceReport {
  readonly id: string;
  readonly class: string;
  readonly state: string;
  readonly identity: string | undefined;
  readonly capabilities: Readonly<Record<string, string | number | boolean>>;
  readonly lastFault: { readonly fault: string; readonly detail: string } | undefined;
  /** `passed`, or the word for what is wrong and what to do. */
  readonly selfTest: string;
}

export function reportDevices({ all, printer }: KioskDevices): readonly DeviceReport[] {
  return all.map((device) => ({
    id: device.id,
    class: device.deviceClass,
    state: device.state,
    identity: device.identity,
    capabilities: device.capabilities(),
    lastFault: device.lastFault && { fault: device.lastFault.fault, detail: device.lastFault.detail },
    selfTest: selfTest(device, printer),
  }));
}

function selfTest(device: Device, printer: EscposReceiptPrinter | undefined): string {
  if (device.state !== 'online') return `${device.state}: check the cable, the power and the address in the site file`;
  const obstacle = device === printer ? printer.obstacle() : undefined;
  return obstacle === undefined ? 'passed' : `${obstacle}: look into the printer`;
}
