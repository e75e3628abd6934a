/**
 * What this kiosk tells its fleet: heartbeat, screen name, counts, the insurance line, its devices.
 *
 * One promise: service never notices it. Every source is read where it changes, a refused value is
 * dropped, and whatever goes wrong in here ends as a notice.
 */
import type { Camera } from '../../drivers/camera/camera.ts';
import type { CardReader } from '../../drivers/card-reader/card-reader.ts';
import type { Device, DeviceState } from '../../drivers/device.ts';
import type { ReceiptPrinter } from '../../drivers/receipt-printer/receipt-printer.ts';
import type { BrokerPort, Clock, RandomSource, Store, Unsubscribe } from '../ports.ts';
import type { ScreenBody } from '../screen/messages.ts';
import { BirthDeathCounter } from './birth-death-counter.ts';
import {
  deviceMetrics,
  deviceStateName,
  knownFault,
  type LineWord,
  type MetricValue,
  metricNames,
  nodeMetrics,
} from './health-metrics.ts';
import { MetricBoard } from './metric-board.ts';
import { type NodeTimings, usualTimings } from './node-timings.ts';
import { type NodeConnection, type NodeNotice, SparkplugNode } from './sparkplug-node.ts';
import { sparkplugTopics } from './sparkplug-topics.ts';

/** `metricRefused` a value is on no allow-list · `unexpected` a mistake of ours in here, survived. */
export type HealthNotice = NodeNotice | 'metricRefused' | 'unexpected';

export interface HealthOptions {
  readonly broker: BrokerPort;
  /** Opens the spool's database, which has only the birth-death number so far. Called late, tried again, closed by `stop`. */
  readonly openStore: () => Store;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly url: string;
  /** Institution code. */
  readonly group: string;
  /** Kiosk serial. */
  readonly node: string;
  /** Of the firmware, e.g. `0.1.0`. */
  readonly version: string;
  readonly devices: readonly Device[];
  /** Numbers of settlements that have not ended; only their count leaves. */
  readonly openSettlements: () => Promise<readonly string[]>;
  /** What has still to be delivered, and the worst that is late. */
  readonly uploads?: () => Promise<{
    readonly waiting: number;
    readonly alarm: string;
    readonly lagMs: number | null;
  }>;
  readonly onNotice?: (notice: HealthNotice) => void;
  readonly timings?: NodeTimings;
}

export interface Health {
  readonly connection: NodeConnection;
  screenShown(name: ScreenBody['name']): void;
  sessionEnded(): void;
  insuranceLine(line: { readonly alive: LineWord; readonly reachable: LineWord }): void;
  /** NDEATH, DISCONNECT. Resolves within a few seconds, broker or not. */
  stop(): Promise<void>;
}

const HEARTBEAT_MS = 60_000;
/** States in which there is no device to speak of: no birth, or a death. */
const ABSENT: ReadonlySet<DeviceState> = new Set(['offline', 'powerOff', 'noDevice', 'starting']);

/** @throws SparkplugIdError when group, node or a device id cannot stand in a topic: a mistake in the configuration. */
export function startHealth(options: HealthOptions): Health {
  const { clock, group, node, devices } = options;
  const deviceIds = devices.map(({ id }) => id);
  const boards = {
    node: new MetricBoard(nodeMetrics(deviceIds)),
    devices: new Map(devices.map(({ id, deviceClass }) => [id, new MetricBoard(deviceMetrics(deviceClass))])),
  };
  const notice = (word: HealthNotice): void => {
    try {
      options.onNotice?.(word);
    } catch {
      // Whoever writes notices down may fail; the fleet connection goes on.
    }
  };
  const counter = new BirthDeathCounter(options.openStore);
  const sparkplug = new SparkplugNode({
    broker: options.broker,
    clock,
    random: options.random,
    counter,
    url: options.url,
    clientId: `${group}.${node}`,
    topics: sparkplugTopics(group, node, deviceIds),
    ...boards,
    timings: options.timings ?? usualTimings,
    onNotice: notice,
  });
  return new KioskHealth({ options, sparkplug, counter, boards, notice });
}

interface KioskHealthParts {
  readonly options: HealthOptions;
  readonly sparkplug: SparkplugNode;
  readonly counter: BirthDeathCounter;
  readonly boards: { readonly node: MetricBoard; readonly devices: ReadonlyMap<string, MetricBoard> };
  readonly notice: (notice: HealthNotice) => void;
}

class KioskHealth implements Health {
  readonly #options: HealthOptions;
  readonly #sparkplug: SparkplugNode;
  readonly #counter: BirthDeathCounter;
  readonly #boards: KioskHealthParts['boards'];
  readonly #notice: (notice: HealthNotice) => void;
  readonly #listening: Unsubscribe[] = [];
  #heartbeats = 0;
  #sessionsServed = 0;
  #stopped = false;
  #cancelHeartbeat: Unsubscribe = () => undefined;

  constructor({ options, sparkplug, counter, boards, notice }: KioskHealthParts) {
    this.#options = options;
    this.#sparkplug = sparkplug;
    this.#counter = counter;
    this.#boards = boards;
    this.#notice = notice;
    this.#safely(() => {
      this.#tell(metricNames.version, options.version);
      this.#tell(metricNames.sessionsServed, 0);
      this.insuranceLine({ alive: 'unknown', reachable: 'unknown' });
      for (const device of options.devices) this.#watch(device);
      this.#beat();
      sparkplug.start();
    });
  }

  get connection(): NodeConnection {
    return this.#sparkplug.connection;
  }

  screenShown(name: ScreenBody['name']): void {
    this.#safely(() => this.#tell(metricNames.screen, name));
  }

  sessionEnded(): void {
    this.#safely(() => {
      this.#sessionsServed += 1;
      this.#tell(metricNames.sessionsServed, this.#sessionsServed);
      this.#countSettlements();
    });
  }

  insuranceLine({ alive, reachable }: { readonly alive: LineWord; readonly reachable: LineWord }): void {
    this.#safely(() => {
      this.#tell(metricNames.lineAlive, alive);
      this.#tell(metricNames.lineReachable, reachable);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelHeartbeat();
    for (const stopListening of this.#listening) stopListening();
    try {
      await this.#sparkplug.stop();
      this.#counter.close();
    } catch {
      this.#notice('unexpected');
    }
  }

  /** A counter that changes each minute, so that silence means something and yet only changes are sent. */
  #beat(): void {
    this.#cancelHeartbeat = this.#options.clock.timer(HEARTBEAT_MS, () => this.#safely(() => this.#beat()));
    this.#tell(metricNames.heartbeat, this.#heartbeats);
    this.#heartbeats += 1;
    // Not every change of a device has an event (a fault noted, a model read), so all are looked at here too.
    for (const device of this.#options.devices) this.#look(device);
    this.#countSettlements();
  }

  #watch(device: Device): void {
    const look = (): void => this.#safely(() => this.#look(device));
    this.#listening.push(device.onStateChanged(look));
    if (isReceiptPrinter(device)) this.#listening.push(device.onPrinterEvent(look));
    if (isCardReader(device)) this.#listening.push(device.onCardEvent(look));
    if (isCamera(device)) this.#listening.push(device.onCameraEvent(look));
  }

  #look(device: Device): void {
    const { id, state } = device;
    this.#tell(deviceStateName(id), state);
    this.#tellOf(device, metricNames.class, device.deviceClass);
    this.#tellOf(device, metricNames.state, state);
    this.#tellOf(device, metricNames.lastFault, knownFault(device.lastFault));
    if (isReceiptPrinter(device)) {
      this.#tellOf(device, metricNames.paper, device.paper);
      this.#tellOf(device, metricNames.coverOpen, device.coverOpen);
    }
    if (isCardReader(device)) this.#tellOf(device, metricNames.media, device.media);
    if (isCamera(device)) this.#tellOf(device, metricNames.lens, device.lens);
    if (ABSENT.has(state)) this.#sparkplug.deviceGone(id);
    else this.#sparkplug.devicePresent(id);
  }

  #countSettlements(): void {
    this.#options.openSettlements().then(
      (numbers) => this.#safely(() => this.#tell(metricNames.settlementsOpen, numbers.length)),
      () => undefined,
    );
    this.#options.uploads?.().then(
      ({ waiting, alarm, lagMs }) =>
        this.#safely(() => {
          this.#tell(metricNames.uploadsWaiting, waiting);
          this.#tell(metricNames.uploadAlarm, alarm);
          this.#tell(metricNames.uploadLag, lagMs);
        }),
      () => undefined,
    );
  }

  #tell(name: string, value: MetricValue): void {
    this.#put(this.#boards.node, name, value);
  }

  #tellOf(device: Device, name: string, value: MetricValue): void {
    const board = this.#boards.devices.get(device.id);
    if (board) this.#put(board, name, value);
  }

  #put(board: MetricBoard, name: string, value: MetricValue): void {
    if (!board.set(name, value, this.#options.clock.wallMs())) this.#notice('metricRefused');
    if (board.changed) this.#sparkplug.changed();
  }

  #safely(work: () => void): void {
    if (this.#stopped) return;
    try {
      work();
    } catch {
      this.#notice('unexpected');
    }
  }
}

function isReceiptPrinter(device: Device): device is ReceiptPrinter {
  return device.deviceClass === 'receiptPrinter';
}

function isCamera(device: Device): device is Camera {
  return device.deviceClass === 'camera';
}

function isCardReader(device: Device): device is CardReader {
  return device.deviceClass === 'cardReader';
}
