/** The kiosk's devices as the device map names them, each opening by itself and again for ever. */
import type { BankTerminal } from '../drivers/bank-terminal/bank-terminal.ts';
import { SerialBankTerminal } from '../drivers/bank-terminal/serial-bank-terminal.ts';
import { BoardCabinet } from '../drivers/cabinet/board-cabinet.ts';
import type { Cabinet } from '../drivers/cabinet/cabinet.ts';
import type { Camera } from '../drivers/camera/camera.ts';
import { FrameCamera } from '../drivers/camera/frame-camera.ts';
import { ChipCardReader } from '../drivers/card-reader/chip-card-reader.ts';
import type { CodeScanner } from '../drivers/code-scanner/code-scanner.ts';
import { openCodeScanner } from '../drivers/code-scanner/open-code-scanner.ts';
import type { Device } from '../drivers/device.ts';
import type { Biometric } from '../drivers/face/biometric.ts';
import { openBiometric } from '../drivers/face/open-biometric.ts';
import type { IdCardReader } from '../drivers/id-card-reader/id-card-reader.ts';
import { SamIdCardReader } from '../drivers/id-card-reader/sam-id-card-reader.ts';
import { ippDoor } from '../drivers/page-printer/ipp-http-transport.ts';
import { IppPagePrinter } from '../drivers/page-printer/ipp-page-printer.ts';
import type { PagePrinter } from '../drivers/page-printer/page-printer.ts';
import type { PersonToken } from '../drivers/person-token/person-token.ts';
import { PivToken } from '../drivers/person-token/piv-token.ts';
import type { PinPad } from '../drivers/pin-pad/pin-pad.ts';
import { ZtPinPad } from '../drivers/pin-pad/zt-pin-pad.ts';
import type { Clock, DeviceBus, RandomSource } from '../drivers/ports.ts';
import { LedQueueDisplay } from '../drivers/queue-display/led-queue-display.ts';
import type { QueueDisplay } from '../drivers/queue-display/queue-display.ts';
import { EscposReceiptPrinter } from '../drivers/receipt-printer/escpos-receipt-printer.ts';
import { printerProfile } from '../drivers/receipt-printer/printer-profile.ts';
import { LineRecorder } from '../drivers/recorder/line-recorder.ts';
import type { Recorder } from '../drivers/recorder/recorder.ts';
import type { KioskConfig } from './config/kiosk-config.ts';
import { fontGlyphs } from './documents/font-glyphs.ts';

export interface KioskDevices {
  readonly cardReader: ChipCardReader | undefined;
  readonly idCardReader: IdCardReader | undefined;
  readonly scanner: CodeScanner | undefined;
  readonly printer: EscposReceiptPrinter | undefined;
  readonly pinPad: PinPad | undefined;
  readonly bankTerminal: BankTerminal | undefined;
  readonly camera: Camera | undefined;
  readonly face: Biometric | undefined;
  readonly queueDisplay: QueueDisplay | undefined;
  readonly cabinet: Cabinet | undefined;
  readonly pagePrinter: PagePrinter | undefined;
  readonly recorder: Recorder | undefined;
  readonly personToken: PersonToken | undefined;
  readonly all: readonly Device[];
}

export interface DeviceWorld {
  readonly bus: DeviceBus;
  readonly clock: Clock;
  readonly random: RandomSource;
}

export function openDevices(
  { bus, clock, random }: DeviceWorld,
  { devices, kioskId }: Pick<KioskConfig, 'devices' | 'kioskId'>,
): KioskDevices {
  const world = { bus, clock };
  const cardReader = devices.cardReader && new ChipCardReader({ ...devices.cardReader, ...world });
  const idCardReader = devices.idCardReader && new SamIdCardReader({ ...devices.idCardReader, ...world });
  const scanner = devices.codeScanner && openCodeScanner({ ...devices.codeScanner, ...world });
  const printer =
    devices.receiptPrinter &&
    new EscposReceiptPrinter({
      ...devices.receiptPrinter,
      ...world,
      profile: printerProfile(devices.receiptPrinter.profile ?? 'epson-like'),
      glyphRaster: fontGlyphs(),
    });
  const pinPad = devices.pinPad && new ZtPinPad({ ...devices.pinPad, ...world });
  const bankTerminal = devices.bankTerminal && new SerialBankTerminal({ ...devices.bankTerminal, ...world });
  const camera = devices.camera && new FrameCamera({ ...devices.camera, ...world });
  const face = devices.face && openBiometric(devices.face, { ...world, random, camera });
  const queueDisplay = devices.queueDisplay && new LedQueueDisplay({ ...devices.queueDisplay, ...world });
  const cabinet = devices.cabinet && new BoardCabinet({ ...devices.cabinet, ...world });
  const queue = devices.pagePrinter;
  const pagePrinter = queue && new IppPagePrinter({ id: queue.id, door: () => ippDoor(queue.address), clock });
  const recorder =
    devices.recorder && new LineRecorder({ ...devices.recorder, ...world, kioskId, bootId: bootId(random) });
  const personToken = devices.personToken && new PivToken({ ...devices.personToken, ...world });
  const opened = {
    ...{ cardReader, idCardReader, scanner, printer, pinPad, bankTerminal, camera, face },
    ...{ queueDisplay, cabinet, pagePrinter, recorder, personToken },
  };
  return { ...opened, all: Object.values(opened).filter((device) => device !== undefined) };
}

/** Different for every start of the kiosk. */
const bootId = (random: RandomSource): string => Buffer.from(random.bytes(6)).toString('hex');

/** One line of `yizhan doctor`. */
export interface DeviceReport {
  readonly id: string;
  readonly class: string;
  readonly state: string;
  readonly identity: string | null;
  readonly capabilities: Readonly<Record<string, string | number | boolean>>;
  readonly lastFault: { readonly fault: string; readonly detail: string } | null;
  /** `passed`, or the word for what is wrong and what to do. */
  readonly selfTest: string;
}

export function reportDevices(devices: KioskDevices): readonly DeviceReport[] {
  return devices.all.map((device) => ({
    id: device.id,
    class: device.deviceClass,
    state: device.state,
    identity: device.identity ?? null,
    capabilities: device.capabilities(),
    lastFault: device.lastFault ? { fault: device.lastFault.fault, detail: device.lastFault.detail } : null,
    selfTest: selfTest(device, devices),
  }));
}

function selfTest(device: Device, { printer, cabinet }: KioskDevices): string {
  if (device.state !== 'online') return `${device.state}: check the cable, the power and the address in the site file`;
  if (device === printer) {
    const obstacle = printer.obstacle();
    if (obstacle !== undefined) return `${obstacle}: look into the printer`;
  }
  if (device === cabinet) {
    const open = Object.entries(cabinet.status().doors).filter(([, state]) => state === 'open');
    if (open.length > 0) return `doorOpen: shut ${open.map(([name]) => name).join(', ')}`;
  }
  return 'passed';
}
