/**
 * Production's door: the kiosk on the real world, with its screen on loopback.
 *
 * It is told where its data lies and which signers it trusts; it knows no
 * simulator. When the ledger no longer knows what is on the disk the process
 * ends, and whoever watches it starts it again to read what is true.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import product from '../package.json' with { type: 'json' };
import { closedScreen } from './closed-kiosk.ts';
import type { KioskConfig } from './config/kiosk-config.ts';
import type { Health } from './health/kiosk-health.ts';
import type { PlatformCalendar } from './insurance/platform-calendar.ts';
import { type Kiosk, type KioskOptions, startKiosk } from './kiosk.ts';
import { type OutOfService, outOfService } from './out-of-service.ts';
import type { BrokerPort, World } from './ports.ts';
import { reasons } from './reasons.ts';
import { readIfThere, SIGNATURES_FILE, type Trust } from './region/pack-signatures.ts';
import { PROFILE_FILE } from './region/packs.ts';
import { RULES_FILE } from './region/signed-rules.ts';
import type { ScreenHub } from './screen/screen-hub.ts';
import { createScreenServer } from './screen/screen-server.ts';
import { TestsInService } from './self-test/tests-in-service.ts';
import type { SettlementLedger } from './settlement/settlement-ledger.ts';
import type { LineState } from './upload/line-watch.ts';
import { loadDeviceKey } from './world/device-key.ts';
import { openDoctorDoor } from './world/doctor-door.ts';
import { checkWitness, leaveWitness } from './world/journal-witness.ts';
import { priceFolder } from './world/price-folder.ts';
import { createRealWorld } from './world/real-world.ts';
import { terminalAddress } from './world/terminal-address.ts';

export interface ProductionOptions {
  readonly config: KioskConfig;
  /** Databases, identity and packs; made when absent. */
  readonly dataFolder: string;
  readonly trust: Trust;
  /** The built patient page. */
  readonly pageFolder: string;
  readonly broker: BrokerPort;
  /** Origins that may frame the page: the simulator's workbench; none in production. */
  readonly framedBy?: readonly string[];
  /** PEM certificates that alone are trusted for the parties. */
  readonly authorities?: readonly string[];
  /** PC/SC daemon of this kiosk's readers; the library's own default when absent. */
  readonly pcscdSocketPath?: string;
  /** On `kiosk.db` of the data folder, opened by who wants its worker to start while the rest loads. */
  readonly ledger?: SettlementLedger;
  /** Whose clock that ledger stamps with. */
  readonly calendar?: PlatformCalendar;
  /** How the headset is spoken to; espeak-ng and its own sound device when absent. */
  readonly speech?: KioskOptions['speech'];
  /** The money can't go on in this process: end it, start it again. */
  readonly onMustRestart: (why: string) => void;
}

export interface RunningKiosk {
  /** `undefined` = out of service since its start: the books can't be used, and the screen says so. */
  readonly kiosk: Kiosk | undefined;
  readonly screen: ScreenHub;
  /** The patient screen, on 127.0.0.1. */
  readonly screenUrl: string;
  stop(): Promise<void>;
}

export async function runKiosk(options: ProductionOptions): Promise<RunningKiosk> {
  const { config, dataFolder, trust } = options;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const sealingKey = loadDeviceKey(dataFolder);
  const packFolder = join(dataFolder, 'packs', 'region');
  const ruleFolder = join(dataFolder, 'packs', 'rules');
  const world = createRealWorld({
    dataFolder,
    broker: options.broker,
    network: config.devices.network,
    ...(options.authorities ? { authorities: options.authorities } : {}),
    ...(options.pcscdSocketPath === undefined ? {} : { pcscdSocketPath: options.pcscdSocketPath }),
  });
  let health: Health | undefined;
  let kiosk: Kiosk | undefined;
  let trouble: OutOfService | undefined;
  /** True when this is an error with which the kiosk stays up, but out of service. */
  const closes = (error: unknown): boolean => {
    if (trouble) return true;
    trouble = error instanceof Error ? outOfService(error) : undefined;
    if (!trouble) return false;
    const { forStaff, againAfterMs, reason } = trouble;
    process.stderr.write(`yizhan: out of service (${reasons[reason].staffCode} ${reason}): ${forStaff}\n`);
    if (againAfterMs !== undefined) world.clock.timer(againAfterMs, () => options.onMustRestart(forStaff));
    return true;
  };
  const kioskOptions: KioskOptions = {
    world,
    config,
    pack: {
      profile: readFileSync(join(packFolder, PROFILE_FILE)),
      signatures: readIfThere(join(packFolder, SIGNATURES_FILE)),
    },
    rulePack: {
      rules: readFileSync(join(ruleFolder, RULES_FILE)),
      signatures: readIfThere(join(ruleFolder, SIGNATURES_FILE)),
    },
    prices: priceFolder({
      folder: join(dataFolder, 'packs', 'prices'),
      database: join(dataFolder, 'catalogue.db'),
      ...{ trust, institution: config.hospital.institutionCode, nowMs: () => world.clock.wallMs() },
    }),
    trust,
    sealingKey,
    ledger: options.ledger ?? { workerOn: join(dataFolder, 'kiosk.db') },
    ...(options.calendar ? { calendar: options.calendar } : {}),
    onLedgerStopped: (error) => {
      if (!closes(error)) options.onMustRestart(error.message);
      else if (trouble) kiosk?.goOutOfService(trouble.reason).catch(() => options.onMustRestart(error.message));
    },
    terminal: terminalAddress(),
    speech: options.speech,
    onSessionEnded: () => health?.sessionEnded(),
  };
  try {
    checkWitness(dataFolder);
    kiosk = startKiosk(kioskOptions);
  } catch (error) {
    if (!closes(error)) throw error;
  }
  kiosk?.settlements.open().then(
    () => leaveWitness(dataFolder),
    // The ledger has said why by `onLedgerStopped`.
    () => undefined,
  );
  const screen = trouble && !kiosk ? closedScreen(kioskOptions, trouble) : (kiosk as Kiosk).screen;
  const server = await createScreenServer({
    hub: screen,
    pageFolder: options.pageFolder,
    port: config.screenPort,
    ...(options.framedBy ? { framedBy: options.framedBy } : {}),
    ...(kiosk?.devices.board ? { board: kiosk.devices.board } : {}),
  });
  const tests =
    kiosk &&
    new TestsInService({
      ...{ kioskId: config.kioskId, devices: kiosk.devices, testPaths: kiosk.testPaths },
      ...{ screen, clock: world.clock },
    });
  const doctor =
    tests &&
    openDoctorDoor(
      dataFolder,
      () => tests.run(),
      (why) => process.stderr.write(`yizhan: ${why}\n`),
    );
  // Service never waits for the fleet: its code is loaded when the first screen is up.
  const watched = (kiosk ? startWatching(options, world, kiosk) : Promise.resolve(undefined)).then(
    (started) => {
      health = started;
    },
    // A wrong group or kiosk name in the site file keeps the fleet blind, not the patients waiting.
    (error: unknown) => process.stderr.write(`yizhan: no health reports: ${String(error)}\n`),
  );
  return {
    kiosk,
    screen,
    screenUrl: server.url,
    stop: async () => {
      await doctor?.close();
      await watched;
      await health?.stop();
      await kiosk?.stop();
      await server.close();
      await world.close();
    },
  };
}

/** Tells the fleet how this kiosk is, when the site names a broker. */
async function startWatching(options: ProductionOptions, world: World, kiosk: Kiosk): Promise<Health | undefined> {
  const { broker, kioskId } = options.config;
  if (!broker) return undefined;
  const { startHealth } = await import('./health/kiosk-health.ts');
  const health = startHealth({
    broker: world.broker,
    openStore: () => world.store.open('spool.db'),
    clock: world.clock,
    random: world.random,
    url: broker.url,
    group: broker.group,
    node: kioskId,
    version: product.version,
    devices: kiosk.devices.all,
    openSettlements: () => kiosk.settlements.open(),
    uploads: () => kiosk.uploads.health(),
  });
  const tellLine = ({ state }: LineState): void => {
    const reachable = state === 'answers' ? 'yes' : state === 'silent' ? 'no' : 'unknown';
    health.insuranceLine({ alive: reachable === 'yes' ? 'yes' : 'unknown', reachable });
  };
  tellLine(kiosk.insuranceLine.line);
  kiosk.insuranceLine.onChanged(tellLine);
  kiosk.screen.connect((message) => {
    if (message.type === 'screen') health.screenShown(message.screen.body.name);
  });
  return health;
}
