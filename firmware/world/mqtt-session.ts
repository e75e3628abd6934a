/**
 * One live MQTT session on a client of the npm package `mqtt`.
 *
 * One promise: its end is told once, and no promise that it gave stays open after it.
 */
import type { MqttClient } from 'mqtt';
import { BrokerFailure, type BrokerMessage, type BrokerSession, type Unsubscribe } from '../ports.ts';

/** A broker that does not take what it is sent is as good as lost, bytes. */
const BACKLOG_LIMIT = 1_048_576;
/** DISCONNECT and the end of the connection, ms; then it is torn down. */
const CLOSE_MS = 1_000;
const SUBSCRIPTION_REFUSED = 0x80;

export class MqttSession implements BrokerSession {
  readonly #client: MqttClient;
  readonly #lostListeners = new Set<(reason: string) => void>();
  readonly #waiting = new Set<(error: Error) => void>();
  #state: 'open' | 'closing' | 'over' = 'open';
  #reason = 'the connection ended';

  /** Takes over a client that has just had its CONNACK. */
  constructor(client: MqttClient) {
    this.#client = client;
    client.on('error', (error) => {
      this.#reason = 'code' in error ? String(error.code) : error.message;
    });
    client.once('close', () => this.#ended());
  }

  publish({ topic, payload, qos, retain }: BrokerMessage): Promise<void> {
    if (this.#client.stream.writableLength > BACKLOG_LIMIT) {
      this.#reason = 'the broker does not take what it is sent';
      this.#client.end(true);
    }
    return this.#answered((done) => this.#client.publish(topic, Buffer.from(payload), { qos, retain }, done));
  }

  subscribe(topicFilter: string, qos: 0 | 1): Promise<void> {
    return this.#answered((done) =>
      this.#client.subscribe(topicFilter, { qos }, (error, granted) => {
        const refused = granted?.some((grant) => grant.qos === SUBSCRIPTION_REFUSED);
        done(error ?? (refused ? new Error('subscription refused') : undefined));
      }),
    );
  }

  onMessage(listener: (topic: string, payload: Uint8Array, retained: boolean) => void): Unsubscribe {
    const hear = (topic: string, payload: Uint8Array, { retain }: { readonly retain: boolean }): void =>
      listener(topic, payload, retain);
    this.#client.on('message', hear);
    return () => this.#client.removeListener('message', hear);
  }

  onLost(listener: (reason: string) => void): Unsubscribe {
    this.#lostListeners.add(listener);
    // It may have ended between CONNACK and now.
    if (this.#state === 'over') queueMicrotask(() => this.#tellLost());
    return () => this.#lostListeners.delete(listener);
  }

  close(): Promise<void> {
    if (this.#state !== 'open') return Promise.resolve();
    this.#state = 'closing';
    return new Promise((resolve) => {
      // The package waits for ever for an answer that was due before the DISCONNECT.
      const tearDown = setTimeout(() => this.#client.stream.destroy(), CLOSE_MS);
      this.#client.stream.once('close', () => {
        clearTimeout(tearDown);
        resolve();
      });
      this.#client.end(false);
    });
  }

  #ended(): void {
    const wanted = this.#state === 'closing';
    this.#state = 'over';
    for (const reject of [...this.#waiting]) reject(new BrokerFailure('unknown', this.#reason));
    if (!wanted) this.#tellLost();
    this.#client.end(true);
  }

  #tellLost(): void {
    const listeners = [...this.#lostListeners];
    this.#lostListeners.clear();
    for (const listener of listeners) listener(this.#reason);
  }

  /** The package forgets some callbacks when the connection goes; here none is forgotten. */
  #answered(ask: (done: (error?: Error | null) => void) => void): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(new BrokerFailure('notSent', 'this session is over'));
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      ask((error) => {
        this.#waiting.delete(reject);
        if (error) reject(new BrokerFailure('unknown', error.message));
        else resolve();
      });
    });
  }
}
