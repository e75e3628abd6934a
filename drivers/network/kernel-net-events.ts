/**
 * The machine's own network (`NetEvents` for real), without root and without native code.
 *
 * `ip monitor` (rtnetlink) tells the moment, one `ip -json -batch` the whole truth
 * after it, and a slow look behind both would find what neither told. One promise: a
 * monitor that dies is started again, and until then the looks are quick.
 */
import type { Device, DeviceState, LastFault } from '../device.ts';
import { LineCutter, LineTool } from '../line-tool.ts';
import {
  type Clock,
  LinkLostError,
  type NetEvents,
  type NetInterface,
  type NetNeighbour,
  type NetRoute,
  type Unsubscribe,
} from '../ports.ts';
import { type Opened, Supervisor } from '../supervisor.ts';
import { LONGEST_MONITOR_LINE, parseMonitorLine } from './ip-monitor-line.ts';
import { parseSnapshot, SNAPSHOT_COMMANDS } from './ip-snapshot.ts';
import { NetPicture } from './net-picture.ts';

export interface KernelNetEventsOptions {
  readonly clock: Clock;
  /** The device map's id. Default: `network`. */
  readonly id?: string;
  /** `kernel:` (default): `ip` as found on the PATH; `ip:PATH`: a program that talks as it does. */
  readonly address?: string;
  /** How often to look when nothing was told, ms. Default: 60,000; while the monitor is away, 250. */
  readonly lookMs?: number;
  /** How long to leave the machine to others first, ms: starting programs costs a start its time. Default: 0. */
  readonly startAfterMs?: number;
}

const MONITOR = ['-o', 'monitor', 'label', 'link', 'address', 'route', 'neigh'];
/**
 * The monitor tells the moment, also that it dies or was told more than it could read; each look costs two programs'
 * start, more than all that the monitor says.
 */
const USUAL_LOOK_MS = 60_000;
const QUICK_LOOK_MS = 250;
/** Changes come in bursts: one look for what is told within this time, ms. */
const BURST_MS = 5;
const LOOK_LIMIT_MS = 2_000;
const MOST_TEXT = 4 * 1024 * 1024;

export class KernelNetEvents implements NetEvents, Device {
  readonly id: string;
  readonly deviceClass = 'network';
  readonly identity = 'Linux rtnetlink';
  readonly #clock: Clock;
  readonly #ip: string;
  readonly #lookMs: number;
  readonly #picture = new NetPicture();
  readonly #supervisor: Supervisor<LineTool>;
  readonly #listeners = new Set<(interfaces: readonly NetInterface[]) => void>();
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #closed = false;
  #cancelLook: Unsubscribe | undefined;
  #cancelStart: Unsubscribe | undefined;

  constructor(options: KernelNetEventsOptions) {
    this.id = options.id ?? 'network';
    this.#clock = options.clock;
    const { address = 'kernel:' } = options;
    this.#ip = address.startsWith('ip:') ? address.slice('ip:'.length) : 'ip';
    this.#lookMs = options.lookMs ?? USUAL_LOOK_MS;
    this.#supervisor = new Supervisor<LineTool>({
      clock: options.clock,
      open: () => Promise.resolve(this.#openMonitor()),
      // The first look is part of opening: without it nothing is known.
      ready: () => this.#look(),
      lost: () => this.#lookLater(QUICK_LOOK_MS),
      longestRetryMs: 2_000,
    });
    const { startAfterMs = 0 } = options;
    if (startAfterMs === 0) this.#supervisor.start();
    else this.#cancelStart = options.clock.timer(startAfterMs, () => this.#supervisor.start());
  }

  get state(): DeviceState {
    return this.#supervisor.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { routes: true, neighbours: true };
  }

  interfaces(): readonly NetInterface[] {
    return this.#picture.interfaces;
  }

  routes(): readonly NetRoute[] {
    return this.#picture.routes;
  }

  neighbours(): readonly NetNeighbour[] {
    return this.#picture.neighbours;
  }

  onChanged(listener: (interfaces: readonly NetInterface[]) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#supervisor.onStateChanged(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelStart?.();
    this.#listeners.clear();
    await this.#supervisor.close();
    await this.#looking;
    this.#cancelLook?.();
  }

  #openMonitor(): Opened<LineTool> {
    const monitor = new LineTool(this.#ip, MONITOR, 'iproute2');
    const lines = new LineCutter(LONGEST_MONITOR_LINE);
    monitor.onText((text) => {
      // Told line by line: an interface that was there for one line only must have been there for the listeners too.
      for (const line of lines.push(text)) if (this.#picture.fold(parseMonitorLine(line))) this.#tell();
      this.#lookLater(BURST_MS);
    });
    // `netlink receive error No buffer space available`: the kernel told more than was read.
    monitor.onComplaint(() => this.#lookLater(BURST_MS));
    return {
      link: monitor,
      onLost: (listener) => {
        monitor.onOver(() => listener(new LinkLostError(`ip monitor ended (${monitor.lastWords})`)));
        return () => undefined;
      },
      close: () => monitor.stop(this.#clock),
    };
  }

  #lookLater(ms: number): void {
    this.#cancelLook?.();
    if (this.#closed) return;
    this.#cancelLook = this.#clock.timer(ms, () => {
      this.#look().catch(() => undefined); // the next look heals it, or the next opening says it
    });
  }

  /** One at a time; what comes meanwhile is one more look afterwards. Rejects with `LinkLostError`. */
  #look(): Promise<void> {
    if (this.#looking) {
      this.#lookAgain = true;
      return this.#looking;
    }
    const looking = this.#lookOnce().finally(() => {
      this.#looking = undefined;
      const again = this.#lookAgain;
      this.#lookAgain = false;
      if (again) this.#lookLater(BURST_MS);
      else this.#lookLater(this.state === 'powerOff' ? QUICK_LOOK_MS : this.#lookMs);
    });
    this.#looking = looking.catch(() => undefined);
    return looking;
  }

  async #lookOnce(): Promise<void> {
    const tool = new LineTool(this.#ip, ['-json', '-batch', '-'], 'iproute2', SNAPSHOT_COMMANDS);
    let text = '';
    tool.onText((some) => {
      if (text.length < MOST_TEXT) text += some;
    });
    const cancel = this.#clock.timer(LOOK_LIMIT_MS, () => void tool.stop(this.#clock));
    await tool.ended;
    cancel();
    if (this.#closed) return;
    const snapshot = parseSnapshot(text);
    if (!snapshot) throw new LinkLostError(`ip printed no picture of the network (${tool.lastWords})`);
    if (this.#picture.replace(snapshot)) this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener(this.#picture.interfaces);
  }
}
