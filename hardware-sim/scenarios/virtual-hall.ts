/**
 * The hall on virtual time: cabinet, cables, parties and the kiosk's plug, all
 * in one process without a socket.
 */
import type { ScreenBody } from '../../firmware/screen/messages.ts';
import { SimCamera } from '../devices/camera/virtual-camera.ts';
import { SimCardSlot } from '../devices/card-slot.ts';
import { SimCodeScanner } from '../devices/code-scanner.ts';
import { VirtualFaceTerminal } from '../devices/face-terminal/virtual-face-terminal.ts';
import { VirtualIdCardReader } from '../devices/id-card-reader/virtual-id-card-reader.ts';
import { VirtualPinPad } from '../devices/pin-pad/virtual-pin-pad.ts';
import { SimLedDisplay } from '../devices/queue-display/sim-led-display.ts';
import { epsonLike, type PrinterProfile } from '../devices/receipt-printer/machine/profiles.ts';
import type { Sheet } from '../devices/receipt-printer/paper.ts';
import { VirtualPrinter } from '../devices/receipt-printer/virtual-printer.ts';
import type { Party, PartyRequest } from '../parties/party.ts';
import type { PartyWire } from '../parties/party-wire.ts';
import { FaceAuthDesk } from '../parties/people/face-auth-desk.ts';
import { SeededStream } from '../parties/seeded-stream.ts';
import { createParties, DEMO_INSTITUTION, type Parties } from '../parties/virtual-world.ts';
import { ApartClock } from '../world/apart-clock.ts';
import { Boot, type DeviceSockets } from '../world/boot.ts';
import { Disk } from '../world/disk.ts';
import type { Given, Hall } from '../world/hands.ts';
import { Line, type LineEnd } from '../world/line.ts';
import { MemoryBroker } from '../world/memory-broker.ts';
import { SeededRandom } from '../world/seeded-random.ts';
import { simulatedSite } from '../world/simulated-site.ts';
import { VirtualClock } from '../world/virtual-clock.ts';
import { type BayHandName, HallBays } from './hall-bays.ts';
import type { Scenario } from './scenario.ts';

/** What the hall tells whoever runs the kiosk. */
export interface PowerWatcher {
  powerCut(): void;
  powerBack(boot: Boot): void;
}

export class VirtualHall implements Hall {
  readonly clock: VirtualClock;
  /** Who stands in front of the kiosk now. */
  person: string;
  readonly slot: SimCardSlot;
  /** For a kiosk whose device map names `sim:camera`. */
  readonly camera: SimCamera;
  /** For one that names `sim:id-card-reader` and `sim:face-terminal`. */
  readonly idCards: VirtualIdCardReader;
  readonly faceTerminal: VirtualFaceTerminal;
  /** For `sim:pin-pad`, and `sim:staff-token`: the staff's own slot. */
  readonly pinPad: VirtualPinPad;
  readonly staffSlot: SimCardSlot;
  /** For one that names `sim:queue-display`. */
  readonly queueDisplay: SimLedDisplay;
  readonly scanner = new SimCodeScanner();
  readonly printer: VirtualPrinter;
  readonly parties: Parties;
  /** Every slip that was cut off, in order. */
  readonly slips: Sheet[] = [];
  readonly insuranceLine: Line;
  readonly hospitalLine: Line;
  /** How often each transaction was done at the insurance platform. */
  readonly calls = new Map<string, number>();
  /** Called when a transaction or path reaches its party, before and after it is done there. */
  onCall: (call: string, moment: 'before' | 'after') => void = () => undefined;
  /** Called when a party has done a request: a sabotage's tool. */
  afterDone: (request: PartyRequest, party: Party) => void = () => undefined;
  screen: () => ScreenBody | undefined = () => undefined;
  /** Devices beyond reader, scanner and printer, where the scenario has them. */
  readonly bays: HallBays;
  readonly #seed: number;
  readonly #kioskClock: ApartClock;
  #disk = new Disk();
  #boots = 0;
  #boot: Boot | undefined;
  #watcher: PowerWatcher | undefined;
  #losesDisk = false;

  constructor(scenario: Scenario, seed: number, printer: PrinterProfile = epsonLike, cardMotor = false) {
    this.#seed = seed;
    this.person = scenario.person;
    this.clock = new VirtualClock(Date.parse(scenario.start));
    const { clock } = this;
    this.#kioskClock = new ApartClock(clock);
    this.slot = new SimCardSlot({ clock, motor: cardMotor });
    this.camera = new SimCamera({ clock, fps: 4 });
    this.queueDisplay = new SimLedDisplay({ clock, cells: 24, rows: 2 });
    this.idCards = new VirtualIdCardReader({ clock });
    this.faceTerminal = new VirtualFaceTerminal({
      clock,
      desk: new FaceAuthDesk(clock, new SeededStream(seed, 'faces')),
    });
    this.pinPad = new VirtualPinPad({ clock, random: new SeededRandom(seed, 'pin-pad') });
    this.staffSlot = new SimCardSlot({ clock, readerName: 'Yizhan Virtual Staff Reader 01 00' });
    this.printer = new VirtualPrinter({ clock, profile: printer });
    this.printer.onPaper((event) => {
      if (event.kind !== 'sheet') return;
      // What hangs from a roll that is taken out, or ends with it, is a scrap and no slip.
      if (event.sheet.cut === 'full' || event.sheet.cut === 'partial') this.slips.push(event.sheet);
    });
    this.parties = createParties({
      clock,
      seed,
      institution: DEMO_INSTITUTION,
      caller: { id: simulatedSite.insurance.callerId, token: simulatedSite.insurance.callerToken },
      hospitalToken: simulatedSite.hospitalGateway.token,
      payment: simulatedSite.paymentGateway,
      visitDrivenBy: scenario.visitDrivenBy ?? 'hospital',
      bills: scenario.bills.map((kind) => ({ patient: scenario.person, kind })),
      stays: scenario.stays.map((kind) => ({ patient: scenario.person, kind })),
      booked: scenario.booked.map((clinic) => ({ patient: scenario.person, clinic })),
    });
    this.bays = new HallBays({ names: scenario.devices, clock, parties: this.parties, person: () => this.person });
    this.insuranceLine = new Line(clock);
    this.hospitalLine = new Line(clock, 5);
    const { insurance, hospital, payment } = this.parties.wires;
    this.insuranceLine.attach(simulatedSite.insurance.url, this.#watchedEnd(insurance));
    this.hospitalLine.attach(simulatedSite.hospitalGateway.url, this.#watchedEnd(hospital));
    this.hospitalLine.attach(simulatedSite.paymentGateway.url, this.#watchedEnd(payment));
  }

  /** Puts the plug in for the first time. */
  start(watcher: PowerWatcher): void {
    this.#watcher = watcher;
    this.restorePower();
  }

  get hasPower(): boolean {
    return this.#boot?.alive ?? false;
  }

  get printing(): boolean {
    const { printing, buffered, offline } = this.printer.state();
    // A printer that is offline keeps what it was asked (status questions) and prints nothing.
    return printing || (buffered > 0 && !offline);
  }

  payCodeOnScreen(): string | undefined {
    const body = this.screen();
    return body?.name === 'S-PAY' ? body.payCode : undefined;
  }

  cutPower(): void {
    if (!this.hasPower) return;
    this.#boot?.cutPower();
    this.printer.powerOff();
    if (this.#losesDisk) this.#disk = new Disk();
    this.#watcher?.powerCut();
  }

  restorePower(): void {
    if (this.hasPower) return;
    this.#boots += 1;
    this.printer.powerOn();
    this.#boot = new Boot({
      clock: this.#kioskClock,
      disk: this.#disk,
      lines: [this.insuranceLine, this.hospitalLine],
      sockets: this.#sockets(),
      broker: new MemoryBroker(this.clock),
      seed: this.#seed,
      number: this.#boots,
    });
    this.#watcher?.powerBack(this.#boot);
  }

  /** A hand at a device of the bays, or one that fills the disk. */
  useBay(name: BayHandName, given: Given): void {
    if (name === 'disk.fill') this.#disk.roomBytes = 1_000_000;
    else if (name === 'disk.makeRoom') this.#disk.roomBytes = 1_000_000_000;
    else this.bays.use(name, given);
  }

  setClockApart(aheadMs: number): void {
    this.#kioskClock.aheadMs = aheadMs;
  }

  /** The disk comes back empty after the next power cut: a sabotage's tool. */
  loseDiskAtPowerCut(): void {
    this.#losesDisk = true;
  }

  #watchedEnd(wire: PartyWire): LineEnd {
    return {
      party: this.#watched(wire.party),
      fates: {
        fateOf: (request) => {
          this.onCall(callOf(request), 'before');
          return wire.fates.fateOf(request);
        },
      },
    };
  }

  #watched(party: Party): Party {
    return {
      handle: (request) => {
        const call = callOf(request);
        const answer = party.handle(request);
        this.calls.set(call, (this.calls.get(call) ?? 0) + 1);
        this.afterDone(request, party);
        this.onCall(call, 'after');
        return answer;
      },
    };
  }

  #sockets(): DeviceSockets {
    const { devices } = simulatedSite;
    const { byteLinks, frameSources } = this.bays.sockets;
    return {
      cardSlots: new Map([
        [devices.cardReader.address, (signal) => this.slot.openCardSlot(signal)],
        ['sim:staff-token', (signal) => this.staffSlot.openCardSlot(signal)],
      ]),
      byteLinks: new Map([
        [devices.receiptPrinter.address, (signal) => this.printer.openByteLink(signal)],
        [devices.codeScanner.address, (signal) => this.scanner.openByteLink(signal)],
        ['sim:queue-display', (signal) => this.queueDisplay.openByteLink(signal)],
        ['sim:id-card-reader', (signal) => this.idCards.openByteLink(signal)],
        ['sim:pin-pad', (signal) => this.pinPad.openByteLink(signal)],
        ['sim:face-terminal', (signal) => this.faceTerminal.openByteLink(signal)],
        ...byteLinks,
      ]),
      hidLinks: new Map(),
      frameSources: new Map([['sim:camera', (signal) => this.camera.openFrameSource(signal)], ...frameSources]),
    };
  }
}

/** `infno` of an insurance request, else method and path. */
export function callOf(request: PartyRequest): string {
  const transaction = /"infno"\s*:\s*"([^"]{4,6})"/.exec(new TextDecoder().decode(request.body.subarray(0, 400)))?.[1];
  return transaction ?? `${request.method} ${request.path}`;
}
