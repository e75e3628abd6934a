/**
 * One life of the kiosk between power on and power off.
 *
 * Everything the firmware holds of the world goes through a boot, so that a
 * power cut is total: its timers never fire, its answers never come, its links
 * and databases are dead, and nothing it had in hand happens afterwards.
 */
import {
  type ByteLink,
  type CardSlot,
  type Clock,
  type DeviceBus,
  type FrameSource,
  type HidLink,
  LinkLostError,
} from '../../drivers/ports.ts';
import type { BrokerPort, World } from '../../firmware/ports.ts';
import type { Disk } from './disk.ts';
import { httpOver, type Line } from './line.ts';
import { SeededRandom } from './seeded-random.ts';

/** Where the cabinet's devices are plugged in, by address. */
export interface DeviceSockets {
  readonly byteLinks: ReadonlyMap<string, (signal: AbortSignal) => Promise<ByteLink>>;
  readonly cardSlots: ReadonlyMap<string, (signal: AbortSignal) => Promise<CardSlot>>;
  readonly hidLinks: ReadonlyMap<string, (signal: AbortSignal) => Promise<HidLink>>;
  readonly frameSources: ReadonlyMap<string, (signal: AbortSignal) => Promise<FrameSource>>;
}

export interface BootParts {
  readonly clock: Clock;
  readonly disk: Disk;
  readonly lines: readonly Line[];
  readonly sockets: DeviceSockets;
  readonly broker: BrokerPort;
  readonly seed: number;
  /** Counts boots, so that each has its own randomness. */
  readonly number: number;
}

export class Boot {
  readonly world: World;
  readonly #closers = new Set<() => Promise<void>>();
  #alive = true;

  constructor(parts: BootParts) {
    const alive = (): boolean => this.#alive;
    const startedMs = parts.clock.monotonicMs();
    const clock: Clock = {
      monotonicMs: () => parts.clock.monotonicMs() - startedMs,
      wallMs: () => parts.clock.wallMs(),
      timer: (delayMs, fire) =>
        parts.clock.timer(delayMs, () => {
          if (alive()) fire();
        }),
    };
    this.world = {
      clock,
      random: new SeededRandom(parts.seed, `boot-${parts.number}`),
      store: parts.disk.boot(alive),
      http: httpOver(parts.lines, alive),
      broker: parts.broker,
      network: {
        interfaces: () => [],
        routes: () => [],
        neighbours: () => [],
        onChanged: () => () => undefined,
        close: async () => undefined,
      },
      devices: this.#bus(parts.sockets),
    };
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** The plug is out. Devices see their host go. */
  cutPower(): void {
    this.#alive = false;
    for (const close of this.#closers) close().catch(() => undefined);
    this.#closers.clear();
  }

  #bus(sockets: DeviceSockets): DeviceBus {
    const open = async <Link extends ByteLink | CardSlot | FrameSource | HidLink>(
      socket: ((signal: AbortSignal) => Promise<Link>) | undefined,
      address: string,
      signal: AbortSignal,
    ): Promise<Link> => {
      if (!socket) throw new LinkLostError(`nothing is plugged in at ${address}`);
      const link = await socket(signal);
      this.#closers.add(() => link.close());
      return link;
    };
    return {
      openByteLink: (address, signal) => open(sockets.byteLinks.get(address), address, signal),
      openCardSlot: (address, signal) => open(sockets.cardSlots.get(address), address, signal),
      openHidLink: (address, signal) => open(sockets.hidLinks.get(address), address, signal),
      openFrameSource: (address, signal) => open(sockets.frameSources.get(address), address, signal),
    };
  }
}
