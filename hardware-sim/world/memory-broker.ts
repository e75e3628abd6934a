/**
 * An MQTT broker in memory for virtual time: sessions, wills, QoS 0 and 1.
 *
 * It keeps what was published, so that a scenario can look at it, and it can be
 * away: service must go on without it.
 */
import type { Clock } from '../../drivers/ports.ts';
import type { BrokerConnectOptions, BrokerMessage, BrokerPort, BrokerSession } from '../../firmware/ports.ts';

export class MemoryBroker implements BrokerPort {
  readonly published: BrokerMessage[] = [];
  readonly #sessions = new Set<MemorySession>();
  readonly #clock: Clock;
  #away = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The broker or the way to it is gone; its clients notice. */
  goAway(): void {
    this.#away = true;
    for (const session of [...this.#sessions]) session.lose('the broker is away');
  }

  comeBack(): void {
    this.#away = false;
  }

  connect(options: BrokerConnectOptions): Promise<BrokerSession> {
    return new Promise((resolve, reject) => {
      this.#clock.timer(5, () => {
        if (this.#away) return reject(new Error('the broker does not answer'));
        const session = new MemorySession(this, options, () => this.#sessions.delete(session));
        this.#sessions.add(session);
        resolve(session);
      });
    });
  }

  /** @internal */
  take(message: BrokerMessage): void {
    this.published.push(message);
    for (const session of this.#sessions) session.offer(message);
  }
}

class MemorySession implements BrokerSession {
  readonly #broker: MemoryBroker;
  readonly #options: BrokerConnectOptions;
  readonly #forget: () => void;
  readonly #filters = new Set<string>();
  readonly #messages = new Set<(topic: string, payload: Uint8Array) => void>();
  readonly #lost = new Set<(reason: string) => void>();

  constructor(broker: MemoryBroker, options: BrokerConnectOptions, forget: () => void) {
    this.#broker = broker;
    this.#options = options;
    this.#forget = forget;
  }

  offer(message: BrokerMessage): void {
    if (![...this.#filters].some((filter) => fits(filter, message.topic))) return;
    for (const listener of this.#messages) listener(message.topic, message.payload);
  }

  lose(reason: string): void {
    this.#forget();
    this.#broker.take(this.#options.will);
    for (const listener of this.#lost) listener(reason);
  }

  publish(message: BrokerMessage): Promise<void> {
    this.#broker.take(message);
    return Promise.resolve();
  }

  subscribe(topicFilter: string): Promise<void> {
    this.#filters.add(topicFilter);
    return Promise.resolve();
  }

  onMessage(listener: (topic: string, payload: Uint8Array) => void): () => void {
    this.#messages.add(listener);
    return () => this.#messages.delete(listener);
  }

  onLost(listener: (reason: string) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  close(): Promise<void> {
    this.#forget();
    return Promise.resolve();
  }
}

/** MQTT topic filters with `+` and a trailing `#`. */
function fits(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const given = topic.split('/');
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (level !== '+' && level !== given[index]) return false;
  }
  return wanted.length === given.length;
}
