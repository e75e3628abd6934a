/**
 * A kiosk's health on the bench: the real room on a broker in memory and a clock that tests move.
 *
 * What the broker saw is read by `payload-reader.ts`, never by the code under test.
 */

import {
  type Health,
  type HealthNotice,
  type HealthOptions,
  startHealth,
} from '../../../firmware/health/kiosk-health.ts';
import { usualTimings } from '../../../firmware/health/node-timings.ts';
import type { BrokerMessage, Store } from '../../../firmware/ports.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { type BrokerTraffic, MemoryBroker } from '../../../hardware-sim/world/memory-broker.ts';
import { SeededRandom } from '../../../hardware-sim/world/seeded-random.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { type ReadPayload, readPayload, writeCommand } from './payload-reader.ts';
import { TestOther, TestPrinter, TestReader } from './test-devices.ts';

export const GROUP = 'H99000000001';
export const NODE = 'YZ-0001';
export const CLIENT = `${GROUP}.${NODE}`;
export const NCMD = `spBv1.0/${GROUP}/NCMD/${NODE}`;
export const REBIRTH = 'Node Control/Rebirth';

/** One message as a host sees it. */
export interface Heard {
  readonly atWallMs: number;
  readonly topic: string;
  /** `NBIRTH` … `DDEATH` */
  readonly verb: string;
  readonly device: string | undefined;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  readonly bytes: Uint8Array;
  readonly payload: ReadPayload;
  readonly byWill: boolean;
}

/** A test's title with the assertions of the Sparkplug specification that it proves. */
export function covers(title: string, ...assertions: readonly string[]): string {
  return `${title} {${assertions.join(' ')}}`;
}

export class HealthBench {
  readonly clock = new ManualClock();
  readonly broker = new MemoryBroker(this.clock);
  readonly printer = new TestPrinter('printer', 'online');
  readonly reader = new TestReader('card-reader', 'online');
  readonly scanner = new TestOther('scanner', 'online', 'codeScanner');
  readonly notices: HealthNotice[] = [];
  openSettlements: readonly string[] = [];
  readonly store: Store = openSqliteStore(':memory:');
  readonly #random = new SeededRandom(7, 'health');

  start(changes: Partial<HealthOptions> = {}): Health {
    return startHealth({
      broker: this.broker,
      // The database is this bench's disk: it outlives the kiosk that closes it.
      openStore: () => ({ ...openedFrom(this.store), close: () => undefined }),
      clock: this.clock,
      random: this.#random,
      url: 'mqtt://broker.sim',
      group: GROUP,
      node: NODE,
      version: '0.1.0',
      devices: [this.printer, this.reader, this.scanner] as unknown as HealthOptions['devices'],
      openSettlements: () => Promise.resolve(this.openSettlements),
      onNotice: (notice) => this.notices.push(notice),
      ...changes,
    });
  }

  /** Starts and lets it be born. */
  async born(changes: Partial<HealthOptions> = {}): Promise<Health> {
    const health = this.start(changes);
    await this.clock.pass(1_000);
    return health;
  }

  /** Every Sparkplug message that reached the broker, wills included. */
  get heard(): readonly Heard[] {
    return this.broker.traffic.flatMap((entry) => ('message' in entry ? [heard(entry, entry.message)] : []));
  }

  get verbs(): readonly string[] {
    return this.heard.map(({ verb, device }) => (device ? `${verb} ${device}` : verb));
  }

  get connects(): readonly Extract<BrokerTraffic, { packet: 'connect' }>[] {
    return this.broker.traffic.filter((entry) => entry.packet === 'connect');
  }

  /** What the node says from here on. */
  mark(): () => readonly Heard[] {
    const before = this.heard.length;
    return () => this.heard.slice(before);
  }

  command(metric: { readonly name: string; readonly value: boolean | string }, topic = NCMD, retain = false): void {
    this.broker.push(CLIENT, { topic, payload: writeCommand(metric), qos: 0, retain });
  }

  askForRebirth(): void {
    this.command({ name: REBIRTH, value: true });
  }
}

export { usualTimings };

/** A store's methods as a plain object. */
export function openedFrom(store: Store): Store {
  return {
    exec: (sql) => store.exec(sql),
    run: (sql, ...parameters) => store.run(sql, ...parameters),
    get: (sql, ...parameters) => store.get(sql, ...parameters),
    all: (sql, ...parameters) => store.all(sql, ...parameters),
    transaction: (work) => store.transaction(work),
    close: () => store.close(),
  };
}

function heard({ atWallMs, packet }: BrokerTraffic, message: BrokerMessage): Heard {
  const { topic, qos, retain, payload: bytes } = message;
  const [, , verb = '', , device] = topic.split('/');
  return { atWallMs, topic, verb, device, qos, retain, bytes, payload: readPayload(bytes), byWill: packet === 'will' };
}

export function metricValue({ payload }: Heard, name: string): number | boolean | string | null | undefined {
  return payload.metrics.find((metric) => metric.name === name)?.value;
}

/** `{ name: value }` of one message. */
export function values({ payload }: Heard): Record<string, number | boolean | string | null> {
  return Object.fromEntries(payload.metrics.map(({ name, value }) => [name, value]));
}

export function only(messages: readonly Heard[], verb: string, device?: string): readonly Heard[] {
  return messages.filter((message) => message.verb === verb && (device === undefined || message.device === device));
}

export function first(messages: readonly Heard[], verb: string, device?: string): Heard {
  const [message] = only(messages, verb, device);
  if (!message) throw new Error(`no ${verb} was heard`);
  return message;
}
