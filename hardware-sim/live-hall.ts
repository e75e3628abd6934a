/**
 * The hall on the real clock: the cabinet behind loopback doors, the parties on
 * loopback servers, and a kiosk that somebody else runs.
 *
 * It gives the kiosk's site data (addresses, tokens, a region pack signed by a
 * test authority) and keeps the hands for the workbench and tests.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Unsubscribe } from '../drivers/ports.ts';
import { createTestAuthority, seedPack } from '../provisioning/test-authority.ts';
import { createBays } from './bays/all-bays.ts';
import { type Bay, type Given, SIM_CERTIFICATE } from './bays/bay.ts';
import { FacePlace } from './bays/face-place.ts';
import { type ByteDoor, openByteDoor } from './devices/byte-door.ts';
import { SimCardSlot } from './devices/card-slot.ts';
import { SimCodeScanner } from './devices/code-scanner.ts';
import { epsonWithDetector } from './devices/receipt-printer/machine/profiles.ts';
import { TcpDoor } from './devices/receipt-printer/tcp-door.ts';
import { VirtualPrinter } from './devices/receipt-printer/virtual-printer.ts';
import { openTcpCardDoor } from './devices/tcp-card-door.ts';
import { demoRulePackBytes } from './parties/catalogue/rule-pack.ts';
import { type HttpDoor, openHttpDoor } from './parties/http-door.ts';
import type { PartyAnswer, PartyRequest } from './parties/party.ts';
import type { PartyWire } from './parties/party-wire.ts';
import { createParties, DEMO_BOOKED, DEMO_INSTITUTION, DEMO_STAYS, type Parties } from './parties/virtual-world.ts';
import { ApartClock } from './world/apart-clock.ts';
import type { Cable, Hall } from './world/hands.ts';
import { realClock } from './world/real-clock.ts';
import { simulatedSite, withMerchant } from './world/simulated-site.ts';

export interface LiveHallOptions {
  /** The kiosk's data folder: packs, trust and site file are seeded here. */
  readonly dataFolder: string;
  readonly profile?: string;
  readonly visitDrivenBy?: 'hospital' | 'kiosk';
  readonly seed?: number;
  /** Loopback port of the patient screen; 0 = any. */
  readonly screenPort?: number;
  /** MQTT address for the kiosk's health, or `undefined`. */
  readonly brokerUrl?: string | undefined;
  /** Pulls and puts back the kiosk's own plug. */
  readonly power?: Cable;
  /** The hall has a second screen with a voice: somebody will open its page. */
  readonly secondScreen?: boolean;
  /** The receipt printer sees whether its slip was taken: hands must take it. */
  readonly takenSensor?: boolean;
}

/** One exchange with a party, as the workbench shows it; bodies are what went over the wire. */
export interface Exchange {
  readonly party: 'insurance' | 'hospital' | 'payment';
  readonly request: PartyRequest;
  readonly answer: PartyAnswer | undefined;
}

const SIGNED_AT = '2026-01-01T00:00:00+08:00';

/** A cable that loses what goes over it while it is out. */
class LiveCable implements Cable {
  up = true;

  cut(): void {
    this.up = false;
  }

  restore(): void {
    this.up = true;
  }
}

export class LiveHall implements Hall {
  person = 'zhang';
  readonly slot = new SimCardSlot({ clock: realClock });
  readonly scanner = new SimCodeScanner();
  readonly printer: VirtualPrinter;
  readonly parties: Parties;
  readonly insuranceLine = new LiveCable();
  readonly hospitalLine = new LiveCable();
  readonly bays: readonly Bay[];
  /** The kiosk runs on the machine's own calendar, so it is the parties' that is set apart. */
  readonly #partiesClock = new ApartClock(realClock);
  /** Written for `yizhan up --config`. */
  readonly siteFile: string;
  readonly #options: LiveHallOptions;
  readonly #facePlace: FacePlace;
  readonly #watchers = new Set<(exchange: Exchange) => void>();
  #closers: (() => Promise<void>)[] = [];

  private constructor(options: LiveHallOptions) {
    this.#options = options;
    const sees = options.takenSensor ? { profile: epsonWithDetector } : {};
    this.printer = new VirtualPrinter({ clock: realClock, ...sees });
    this.siteFile = join(options.dataFolder, 'site.json');
    this.parties = createParties({
      clock: this.#partiesClock,
      seed: options.seed ?? 1,
      institution: DEMO_INSTITUTION,
      caller: { id: simulatedSite.insurance.callerId, token: simulatedSite.insurance.callerToken },
      hospitalToken: simulatedSite.hospitalGateway.token,
      payment: simulatedSite.paymentGateway,
      visitDrivenBy: options.visitDrivenBy ?? 'hospital',
      stays: DEMO_STAYS,
      booked: DEMO_BOOKED,
    });
    const facePlace = new FacePlace((row) => this.#rewire(row));
    this.#facePlace = facePlace;
    const hallway = { clock: realClock, parties: this.parties, person: () => this.person, facePlace };
    this.bays = createBays(hallway, options.secondScreen);
  }

  /** @throws Error in English when there is no such hand, or it cannot do that now. */
  useBay(id: string, name: string, given: Given): void {
    const bay = this.bays.find((one) => one.id === id);
    const hand = bay && Object.hasOwn(bay.hands, name) ? bay.hands[name] : undefined;
    if (!hand) throw new Error(`Nobody can do "${name}" at "${id}".`);
    if (hand.can?.() === false) throw new Error(`"${hand.words[1]}" is not possible now.`);
    hand.use(given);
  }

  static async open(options: LiveHallOptions): Promise<LiveHall> {
    const hall = new LiveHall(options);
    await hall.#openDoors();
    return hall;
  }

  onExchange(watcher: (exchange: Exchange) => void): Unsubscribe {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** The newest order that waits for a phone: what the person sees on the screen. */
  payCodeOnScreen(): string | undefined {
    return [...this.parties.payment.book.orders.values()].findLast((order) => order.state === 'waiting')?.payCode;
  }

  cutPower(): void {
    this.#options.power?.cut();
    this.printer.powerOff();
  }

  restorePower(): void {
    this.printer.powerOn();
    this.#options.power?.restore();
  }

  setClockApart(aheadMs: number): void {
    this.#partiesClock.aheadMs = -aheadMs;
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close();
    this.#closers = [];
  }

  async #openDoors(): Promise<void> {
    const { insurance, hospital, payment } = this.parties.wires;
    const doors = {
      insurance: await this.#partyDoor('insurance', insurance, this.insuranceLine),
      hospital: await this.#partyDoor('hospital', hospital, this.hospitalLine),
      payment: await this.#partyDoor('payment', payment, this.hospitalLine),
    };
    const card = await openTcpCardDoor(this.slot);
    const printer = await TcpDoor.open(this.printer, 0);
    const scanner: ByteDoor = await openByteDoor((signal) => this.scanner.openByteLink(signal));
    this.#closers.push(
      () => card.close(),
      () => printer.close(),
      () => scanner.close(),
    );
    const bays: Record<string, unknown> = {};
    for (const bay of this.bays) {
      const open = await bay.open();
      this.#closers.push(() => open.close());
      if (open.entry) bays[bay.id] = open.entry;
    }
    if (this.#facePlace.row) bays['face'] = this.#facePlace.row;
    this.#seed({
      insurance: { ...simulatedSite.insurance, url: doors.insurance.origin },
      hospitalGateway: { ...simulatedSite.hospitalGateway, url: doors.hospital.origin },
      paymentGateway: { ...simulatedSite.paymentGateway, url: doors.payment.origin },
      devices: {
        cardReader: { id: 'card-reader', address: card.address, certificate: SIM_CERTIFICATE },
        receiptPrinter: { id: 'receipt-printer', address: `tcp://127.0.0.1:${printer.port}`, ...this.#mouth() },
        codeScanner: { id: 'code-scanner', address: scanner.address, certificate: SIM_CERTIFICATE },
        ...bays,
      },
    });
  }

  #mouth(): object {
    return this.#options.takenSensor ? { profile: 'epson-taken-sensor' } : {};
  }

  /** The site file names another face check; a kiosk with a plug here is started anew to read it. */
  #rewire(face: object): void {
    const site = JSON.parse(readFileSync(this.siteFile, 'utf8')) as { devices: object };
    const rewired = { ...site, devices: { ...site.devices, face } };
    writeFileSync(this.siteFile, `${JSON.stringify(rewired, undefined, 2)}\n`, { mode: 0o600 });
    this.#options.power?.cut();
    this.#options.power?.restore();
  }

  /** The party behind its wire, unless the cable is out: then nothing is ever answered. */
  async #partyDoor(party: Exchange['party'], wire: PartyWire, cable: LiveCable): Promise<HttpDoor> {
    const door = await openHttpDoor({
      carry: (request, heard) => {
        if (!cable.up) {
          this.#show({ party, request, answer: undefined });
          return;
        }
        wire.carry(request, (answer) => {
          this.#show({ party, request, answer: cable.up ? answer : undefined });
          if (cable.up) heard(answer);
        });
      },
    });
    this.#closers.push(() => door.close());
    return door;
  }

  #show(exchange: Exchange): void {
    for (const watcher of this.#watchers) watcher(exchange);
  }

  #seed(addresses: object): void {
    const { dataFolder, profile = 'zhejiang', screenPort = 0, brokerUrl } = this.#options;
    const authority = createTestAuthority();
    const rules = withMerchant(
      readFileSync(new URL(`../firmware/region/profiles/${profile}.json`, import.meta.url)),
      DEMO_INSTITUTION.code,
    );
    const publish = (): void =>
      seedPack(join(dataFolder, 'packs', 'prices'), this.parties.priceOffice.list, authority, SIGNED_AT, 'prices');
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    seedPack(join(dataFolder, 'packs', 'region'), rules, authority, SIGNED_AT);
    seedPack(join(dataFolder, 'packs', 'rules'), demoRulePackBytes(), authority, SIGNED_AT, 'rules');
    publish();
    this.parties.priceOffice.onPublished(publish);
    const site = {
      kioskId: 'sim-kiosk-1',
      hospital: {
        institutionCode: DEMO_INSTITUTION.code,
        institutionName: DEMO_INSTITUTION.name,
        areaCode: DEMO_INSTITUTION.areaCode,
        helpWindow: '1号人工窗口',
        phone: '0990-1234567',
      },
      ...addresses,
      ...(brokerUrl === undefined ? {} : { broker: { url: brokerUrl, group: DEMO_INSTITUTION.code } }),
      screenPort,
      trust: authority.trust,
    };
    writeFileSync(this.siteFile, `${JSON.stringify(site, undefined, 2)}\n`, { mode: 0o600 });
  }
}
