/**
 * One client's session at the broker in memory: both directions in order, each after the latency.
 *
 * Once it has fallen nothing arrives any more, in neither direction, and every promise that still
 * waits for the broker is rejected.
 */
import type { Clock } from '../../drivers/ports.ts';
import { BrokerFailure, type BrokerMessage, type BrokerSession } from '../../firmware/ports.ts';

export interface MemorySessionParts {
  readonly clock: Clock;
  readonly latencyMs: number;
  /** The client's packets, as the broker gets them. */
  readonly arrived: {
    readonly publish: (message: BrokerMessage) => void;
    readonly subscribe: (topicFilter: string, qos: 0 | 1) => void;
    readonly disconnect: () => void;
  };
  readonly over: (how: 'will' | 'noWill') => void;
}

type MessageListener = (topic: string, payload: Uint8Array, retained: boolean) => void;

export class MemoryBrokerSession implements BrokerSession {
  readonly #parts: MemorySessionParts;
  readonly #filters = new Set<string>();
  readonly #messages = new Set<MessageListener>();
  readonly #lost = new Set<(reason: string) => void>();
  readonly #rejects = new Set<(error: Error) => void>();
  #state: 'open' | 'closing' | 'over' = 'open';

  constructor(parts: MemorySessionParts) {
    this.#parts = parts;
  }

  /** A message that this client gets if it subscribed to it. */
  offer(message: BrokerMessage, retained: boolean): void {
    if ([...this.#filters].some((filter) => fits(filter, message.topic))) this.deliver(message, retained);
  }

  deliver(message: BrokerMessage, retained: boolean): void {
    const payload = Uint8Array.from(message.payload);
    this.#parts.clock.timer(this.#parts.latencyMs, () => {
      if (this.#state !== 'open') return;
      for (const listener of this.#messages) listener(message.topic, payload, retained);
    });
  }

  fall(reason: string, how: 'will' | 'noWill'): void {
    if (this.#state === 'over') return;
    const closing = this.#state === 'closing';
    this.#state = 'over';
    this.#parts.over(how);
    for (const reject of [...this.#rejects]) reject(new BrokerFailure('unknown', reason));
    if (!closing) for (const listener of [...this.#lost]) listener(reason);
  }

  publish(message: BrokerMessage): Promise<void> {
    const sent: BrokerMessage = { ...message, payload: Uint8Array.from(message.payload) };
    const arrived = this.#send(() => this.#parts.arrived.publish(sent));
    // QoS 0 has no answer: what was written counts as sent.
    if (message.qos === 1) return arrived;
    arrived.catch(() => undefined);
    return this.#state === 'open' ? Promise.resolve() : arrived;
  }

  subscribe(topicFilter: string, qos: 0 | 1): Promise<void> {
    return this.#send(() => {
      this.#filters.add(topicFilter);
      this.#parts.arrived.subscribe(topicFilter, qos);
    });
  }

  onMessage(listener: MessageListener): () => void {
    this.#messages.add(listener);
    return () => this.#messages.delete(listener);
  }

  onLost(listener: (reason: string) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  close(): Promise<void> {
    if (this.#state !== 'open') return Promise.resolve();
    const gone = this.#send(() => {
      this.#state = 'over';
      this.#parts.arrived.disconnect();
      this.#parts.over('noWill');
    });
    this.#state = 'closing';
    return gone.catch(() => undefined);
  }

  /** One packet to the broker; resolves when it has arrived and its answer would be back. */
  #send(arrive: () => void): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(new BrokerFailure('notSent', 'this session is over'));
    return new Promise((resolve, reject) => {
      this.#rejects.add(reject);
      this.#parts.clock.timer(this.#parts.latencyMs, () => {
        this.#rejects.delete(reject);
        if (this.#state === 'over') return;
        arrive();
        resolve();
      });
    });
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
