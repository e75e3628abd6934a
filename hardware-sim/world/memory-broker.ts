/**
 * An MQTT broker in memory for virtual time: sessions, wills, QoS 0 and 1, retained messages.
 *
 * Packets of one session arrive in the order they were sent, after a latency on the clock; what
 * they did is kept as traffic, so that a scenario can look at it. It can be away, and single
 * clients can fall off in each of the ways that real ones do.
 */
import type { Clock } from '../../drivers/ports.ts';
import {
  type BrokerConnectOptions,
  BrokerFailure,
  type BrokerMessage,
  type BrokerPort,
  type BrokerSession,
} from '../../firmware/ports.ts';
import { MemoryBrokerSession } from './memory-broker-session.ts';

/** What reached the broker, in order. A will is a publish that the broker does itself. */
export type BrokerTraffic = { readonly clientId: string; readonly atWallMs: number } & (
  | { readonly packet: 'connect'; readonly options: BrokerConnectOptions }
  | { readonly packet: 'subscribe'; readonly topicFilter: string; readonly qos: 0 | 1 }
  | { readonly packet: 'publish'; readonly message: BrokerMessage }
  | { readonly packet: 'will'; readonly message: BrokerMessage }
  | { readonly packet: 'disconnect' }
);

type TrafficBody = BrokerTraffic extends infer Kind
  ? Kind extends BrokerTraffic
    ? Omit<Kind, 'clientId' | 'atWallMs'>
    : never
  : never;

/** What the broker does with the next CONNECTs: `mute` takes them and never answers. */
export type ConnectAnswer = 'accept' | 'refuse' | 'mute';

const LATENCY_MS = 5;
/** Months of virtual time must not fill the memory. */
const TRAFFIC_KEPT = 20_000;

export class MemoryBroker implements BrokerPort {
  readonly #traffic: BrokerTraffic[] = [];
  readonly #sessions = new Map<string, MemoryBrokerSession>();
  readonly #retained = new Map<string, BrokerMessage>();
  readonly #watchers = new Set<(message: BrokerMessage) => void>();
  readonly #clock: Clock;
  #away = false;
  #connectAnswer: ConnectAnswer = 'accept';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get traffic(): readonly BrokerTraffic[] {
    return this.#traffic;
  }

  /** Every message that was published, wills included. */
  get published(): readonly BrokerMessage[] {
    return this.#traffic.flatMap((entry) => ('message' in entry ? [entry.message] : []));
  }

  /** Ids of the clients that have a session now. */
  get clients(): readonly string[] {
    return [...this.#sessions.keys()];
  }

  /** The broker's machine is off: its clients notice, and nobody is there to send wills or to keep messages. */
  goAway(): void {
    this.#away = true;
    this.#retained.clear();
    for (const session of [...this.#sessions.values()]) session.fall('the broker is away', 'noWill');
  }

  comeBack(): void {
    this.#away = false;
  }

  answerConnects(answer: ConnectAnswer): void {
    this.#connectAnswer = answer;
  }

  /** The client's process died or its cable was cut: the broker sends its will. */
  drop(clientId: string): void {
    this.#sessions.get(clientId)?.fall('the connection is gone', 'will');
  }

  /** Hands one message to one client whether it subscribed or not, as a careless broker may. */
  push(clientId: string, message: BrokerMessage): void {
    this.#sessions.get(clientId)?.deliver(message, message.retain);
  }

  /** Someone else of this broker publishes. */
  publish(message: BrokerMessage): void {
    this.#spread(message);
  }

  onMessage(watcher: (message: BrokerMessage) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  connect(options: BrokerConnectOptions): Promise<BrokerSession> {
    return new Promise((resolve, reject) => {
      this.#clock.timer(LATENCY_MS, () => {
        if (this.#away) return reject(new BrokerFailure('notSent', 'the broker does not answer'));
        this.#record(options.clientId, { packet: 'connect', options });
        if (this.#connectAnswer === 'mute') return;
        if (this.#connectAnswer === 'refuse') return reject(new BrokerFailure('unknown', 'not authorized'));
        this.#sessions.get(options.clientId)?.fall('another client has this id', 'will');
        resolve(this.#accept(options));
      });
    });
  }

  #accept(options: BrokerConnectOptions): MemoryBrokerSession {
    const { clientId } = options;
    const session = new MemoryBrokerSession({
      clock: this.#clock,
      latencyMs: LATENCY_MS,
      arrived: {
        publish: (message) => {
          this.#record(clientId, { packet: 'publish', message });
          this.#spread(message);
        },
        subscribe: (topicFilter, qos) => {
          this.#record(clientId, { packet: 'subscribe', topicFilter, qos });
          for (const message of this.#retained.values()) session.offer(message, true);
        },
        disconnect: () => this.#record(clientId, { packet: 'disconnect' }),
      },
      over: (how) => {
        if (this.#sessions.get(clientId) === session) this.#sessions.delete(clientId);
        if (how !== 'will') return;
        this.#record(clientId, { packet: 'will', message: options.will });
        this.#spread(options.will);
      },
    });
    this.#sessions.set(clientId, session);
    return session;
  }

  #spread(message: BrokerMessage): void {
    if (message.retain && message.payload.length > 0) this.#retained.set(message.topic, message);
    else if (message.retain) this.#retained.delete(message.topic);
    for (const session of [...this.#sessions.values()]) session.offer(message, false);
    for (const watcher of this.#watchers) watcher(message);
  }

  #record(clientId: string, body: TrafficBody): void {
    this.#traffic.push({ clientId, atWallMs: this.#clock.wallMs(), ...body } as BrokerTraffic);
    if (this.#traffic.length > TRAFFIC_KEPT) this.#traffic.splice(0, TRAFFIC_KEPT / 2);
  }
}
