/** The kiosk's devices as the device map names them, each opening by itself and again for ever. */
import { SerialBankTerminal } from '../drivers/bank-terminal/serial-bank-terminal.ts';
import { BoardCabinet } from '../drivers/cabinet/board-cabinet.ts';
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
import type { PersonToken } from '../drivers/person-token/person-token.ts';
import { PivToken } from '../drivers/person-token/piv-token.ts';
import { pinPadProfile } from '../drivers/pin-pad/pin-pad-profile.ts';
import { ZtPinPad } from '../drivers/pin-pad/zt-pin-pad.ts';
import type { Clock, DeviceBus, NetEvents, RandomSource } from '../drivers/ports.ts';
import { EscposReceiptPrinter } from '../drivers/receipt-printer/escpos-receipt-printer.ts';
import { printerProfile } from '../drivers/receipt-printer/printer-profile.ts';
import { LineRecorder } from '../drivers/recorder/line-recorder.ts';
import type { Recorder } from '../drivers/recorder/recorder.ts';
import type { Voice } from '../drivers/voice/voice.ts';
import { type HallDevices, openHall } from './calling/open-hall.ts';
import type { DeviceCertificate } from './config/device-map.ts';
import type { KioskConfig } from './config/kiosk-config.ts';
import { fontGlyphs } from './documents/font-glyphs.ts';
import type { BoardDoor } from './screen/screen-server.ts';
import { type HeadsetSpeech, openHeadset } from './voice/open-headset.ts';

/** The machine's own network, where it is watched. */
export type NetworkDevice = NetEvents & Device;

export interface KioskDevices extends HallDevices {
  readonly cardReader: ChipCardReader | undefined;
  readonly idCardReader: IdCardReader | undefined;
  readonly scanner: CodeScanner | undefined;
  readonly printer: EscposReceiptPrinter | undefined;
  readonly pinPad: ZtPinPad | undefined;
  readonly bankTerminal: SerialBankTerminal | undefined;
  readonly camera: Camera | undefined;
  readonly face: Biometric | undefined;
  readonly cabinet: BoardCabinet | undefined;
  /** The headset beside it: who listens there hears everything, and nobody else does. */
  readonly headset: Voice | undefined;
  readonly pagePrinter: IppPagePrinter | undefined;
  readonly recorder: Recorder | undefined;
  readonly personToken: PersonToken | undefined;
  /** Looked at, never opened by an address. */
  readonly network: NetworkDevice | undefined;
  /** For the page of the second screen, where there is one. */
  readonly board: BoardDoor | undefined;
  readonly all: readonly Device[];
  /** By the id of the device that it is for. */
  readonly certificates: ReadonlyMap<string, DeviceCertificate>;
}

export interface DeviceWorld {
  readonly bus: DeviceBus;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly network?: NetEvents;
  /** How the headset is spoken to; espeak-ng and its sound device when absent. */
  readonly speech?: HeadsetSpeech | undefined;
}

export function openDevices(
  { bus, clock, random, network: watched, speech }: DeviceWorld,
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
  const pinPad =
    devices.pinPad &&
    new ZtPinPad({ ...devices.pinPad, ...world, profile: pinPadProfile(devices.pinPad.profile ?? 'zt588-like') });
  const bankTerminal = devices.bankTerminal && new SerialBankTerminal({ ...devices.bankTerminal, ...world });
  const camera = devices.camera && new FrameCamera({ ...devices.camera, ...world });
  const face = devices.face && openBiometric(devices.face, { ...world, random, camera });
  const hall = openHall(world, devices);
  const cabinet = devices.cabinet && new BoardCabinet({ ...devices.cabinet, ...world });
  const headset = devices.headset && openHeadset(devices.headset, clock, speech);
  const queue = devices.pagePrinter;
  const pagePrinter = queue && new IppPagePrinter({ id: queue.id, door: () => ippDoor(queue.address), clock });
  const recorder =
    devices.recorder && new LineRecorder({ ...devices.recorder, ...world, kioskId, bootId: bootId(random) });
  const personToken = devices.personToken && new PivToken({ ...devices.personToken, ...world });
  const network = watched && 'deviceClass' in watched ? (watched as NetworkDevice) : undefined;
  const opened = {
    ...{ cardReader, idCardReader, scanner, printer, pinPad, bankTerminal, camera, face },
    ...hall.devices,
    ...{ cabinet, headset, pagePrinter, recorder, personToken, network },
  };
  const all = Object.values(opened).filter((device) => device !== undefined);
  return { ...opened, board: hall.board, all, certificates: certificatesIn(devices) };
}

function certificatesIn(devices: KioskConfig['devices']): ReadonlyMap<string, DeviceCertificate> {
  const certified = Object.values(devices).flatMap((row) =>
    row && 'certificate' in row && row.certificate ? [[row.id, row.certificate] as const] : [],
  );
  return new Map(certified);
}

/** Different for every start of the kiosk. */
const bootId = (random: RandomSource): string => Buffer.from(random.bytes(6)).toString('hex');
