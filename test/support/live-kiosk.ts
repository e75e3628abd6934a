/**
 * A whole kiosk on the real clock: the hall behind its loopback doors and
 * production's own door in this process, for tests that walk through it.
 *
 * One promise: nothing is nearer than in production; only the result
 * page stays for the shortest time that a region may choose, in a pack signed like any other.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readSite } from '../../firmware/config/read-config.ts';
import type { Kiosk, KioskOptions } from '../../firmware/kiosk.ts';
import { type RunningKiosk, runKiosk } from '../../firmware/main.ts';
import { BrokerFailure, type BrokerPort } from '../../firmware/ports.ts';
import type { Sheet } from '../../hardware-sim/devices/receipt-printer/paper.ts';
import { LiveHall } from '../../hardware-sim/live-hall.ts';
import type { BillKind } from '../../hardware-sim/parties/bills/bills.ts';
import { demoRulePackBytes } from '../../hardware-sim/parties/catalogue/rule-pack.ts';
import type { BayHandName } from '../../hardware-sim/scenarios/hall-bays.ts';
import type { Scenario } from '../../hardware-sim/scenarios/scenario.ts';
import { type Given, type HandName, hands, isHand } from '../../hardware-sim/world/hands.ts';
import { buildKioskPage } from '../../kiosk-ui/build.ts';
import { createTestAuthority, seedPack } from '../../provisioning/test-authority.ts';

/** The hall's cabinet on other wires than its own loopback doors. */
export interface OtherWires {
  /** Addresses for the device map. */
  readonly cardReader?: string;
  readonly receiptPrinter?: string;
  readonly pcscdSocketPath?: string;
  close(): void | Promise<void>;
}

export interface LiveKioskOptions {
  readonly wires?: (hall: LiveHall) => Promise<OtherWires>;
  /** Who speaks into the headset, for tests that listen; then the cabinet has a sound device for it. */
  readonly speech?: KioskOptions['speech'];
  /** How long the page with the name and the result page stay by themselves, ms. */
  readonly stayMs?: { readonly who?: number; readonly done?: number };
}

const PROFILE = 'zhejiang';
/** What the profile's form still allows. */
const SHORTEST_DONE_MS = 5_000;
const UP_WITHIN_MS = 20_000;

/** Nobody answers at the broker's address: service must not care. */
const deafBroker: BrokerPort = {
  connect: () => Promise.reject(new BrokerFailure('notSent', 'connection refused')),
};

export class LiveKiosk {
  readonly hall: LiveHall;
  /** Slips that were cut off since the start, in order. */
  readonly slips: Sheet[] = [];
  /** Sentences with which the money room asked for a restart; a healthy run has none. */
  readonly restartsAsked: string[] = [];
  readonly #folder: string;
  readonly #pageFolder: string;
  readonly #wires: OtherWires;
  readonly #trust: ReturnType<typeof createTestAuthority>['trust'];
  readonly #speech: KioskOptions['speech'];
  #running: RunningKiosk | undefined;
  #port = 0;

  private constructor(parts: {
    readonly hall: LiveHall;
    readonly folder: string;
    readonly pageFolder: string;
    readonly wires: OtherWires;
    readonly trust: ReturnType<typeof createTestAuthority>['trust'];
    readonly speech: KioskOptions['speech'];
  }) {
    this.hall = parts.hall;
    this.#folder = parts.folder;
    this.#pageFolder = parts.pageFolder;
    this.#wires = parts.wires;
    this.#trust = parts.trust;
    this.#speech = parts.speech;
    this.hall.printer.onPaper((event) => {
      if (event.kind === 'sheet') this.slips.push(event.sheet);
    });
  }

  /** Resolves when the home screen is open and every device of the map is online. */
  static async open(options: LiveKioskOptions = {}): Promise<LiveKiosk> {
    const { folder: pageFolder } = await buildKioskPage();
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-live-'));
    const hall = await LiveHall.open({ dataFolder: folder, profile: PROFILE, brokerUrl: 'mqtt://127.0.0.1:9' });
    const authority = createTestAuthority();
    seedPack(join(folder, 'packs', 'region'), rules(options), authority, '2026-01-01T00:00:00+08:00');
    seedPack(join(folder, 'packs', 'rules'), demoRulePackBytes(), authority, '2026-01-01T00:00:00+08:00', 'rules');
    const wires = (await options.wires?.(hall)) ?? { close: () => undefined };
    const kiosk = new LiveKiosk({ hall, folder, pageFolder, wires, trust: authority.trust, speech: options.speech });
    try {
      await kiosk.start();
    } catch (error) {
      await kiosk.close();
      throw error;
    }
    return kiosk;
  }

  get kiosk(): Kiosk {
    if (!this.#running?.kiosk) throw new Error('The kiosk is switched off.');
    return this.#running.kiosk;
  }

  get screenUrl(): string {
    return this.#running?.screenUrl ?? `http://127.0.0.1:${this.#port}/`;
  }

  get pageFolder(): string {
    return this.#pageFolder;
  }

  /** Uses one of the hall's hands. */
  hand(name: HandName | BayHandName, given?: Given): void {
    const [bay = '', hand = ''] = name.split('.');
    if (isHand(name)) hands[name].use(this.hall, given);
    else this.hall.useBay(bay, hand, given);
  }

  /** The scenario's person stands here with the scenario's bills, written anew when they were settled before. */
  bring({ person, bills }: Pick<Scenario, 'person' | 'bills'>): void {
    const { parties } = this.hall;
    this.hall.person = person;
    if (parties.hospital.book.openBillsOf(parties.patient(person)).length > 0) return;
    for (const kind of bills) parties.hospital.addBill(person, kind as BillKind);
  }

  /** The words with which the sessions of this data folder ended, oldest first. */
  get ends(): readonly string[] {
    return this.kiosk.audit
      .entries()
      .filter(({ event }) => event === 'session.ended')
      .map(({ fields }) => String((JSON.parse(fields) as { end?: string }).end));
  }

  /** No sheet is moving: what was sent to the printer is off its roll. */
  get paperAtRest(): boolean {
    const { printing, buffered } = this.hall.printer.state();
    return !printing && buffered === 0;
  }

  /** Starts production's door; the second time on the same data folder and the same port. */
  async start(): Promise<void> {
    const { config } = readSite(readFileSync(this.hall.siteFile, 'utf8'));
    const { cardReader, receiptPrinter, pcscdSocketPath } = this.#wires;
    const at = (id: string, address: string | undefined) => (address === undefined ? {} : { [id]: { id, address } });
    this.#running = await runKiosk({
      config: {
        ...config,
        devices: {
          ...config.devices,
          ...at('cardReader', cardReader),
          ...at('receiptPrinter', receiptPrinter),
          ...(this.#speech ? at('headset', 'alsa:nobody') : {}),
        },
        screenPort: this.#port,
      },
      dataFolder: this.#folder,
      trust: this.#trust,
      pageFolder: this.#pageFolder,
      broker: deafBroker,
      speech: this.#speech,
      onMustRestart: (why) => this.restartsAsked.push(why),
      ...(pcscdSocketPath === undefined ? {} : { pcscdSocketPath }),
    });
    this.#port = Number(new URL(this.#running.screenUrl).port);
    await this.kiosk.serving;
    await eventually('every device is online', UP_WITHIN_MS, () =>
      this.kiosk.devices.all.every((device) => device.state === 'online'),
    );
  }

  /** An orderly end of the firmware; the hall stays. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.stop();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#wires.close();
    await this.hall.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The region's own rules, with a result page that does not stay for the whole 20 s. */
function rules({ stayMs }: LiveKioskOptions): Uint8Array {
  const file = new URL(`../../firmware/region/profiles/${PROFILE}.json`, import.meta.url);
  const profile = JSON.parse(readFileSync(file, 'utf8')) as {
    timers: Record<'done' | 'who', { standardMs: number; elderlyMs: number }>;
  };
  const stay = (page: 'done' | 'who', standardMs: number): void => {
    const { elderlyMs } = profile.timers[page];
    profile.timers[page] = { standardMs, elderlyMs: Math.max(standardMs, elderlyMs) };
  };
  stay('done', stayMs?.done ?? SHORTEST_DONE_MS);
  if (stayMs?.who !== undefined) stay('who', stayMs.who);
  return new TextEncoder().encode(JSON.stringify(profile));
}

/** Looks every 20 ms; rejects with what it waited for. */
export async function eventually(what: string | (() => string), withinMs: number, holds: () => boolean): Promise<void> {
  const deadline = AbortSignal.timeout(withinMs);
  while (!holds()) {
    if (deadline.aborted) throw new Error(`Not within ${withinMs} ms: ${typeof what === 'string' ? what : what()}.`);
    await pause(20);
  }
}
