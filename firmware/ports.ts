/**
 * What the firmware asks of the world beyond devices.
 *
 * `World` is the one argument that separates production from the simulator:
 * `firmware/main.ts` builds a real one, `hardware-sim/main.ts` a simulated one,
 * and nothing behind this line knows which.
 */
import type { Clock, DeviceBus, NetEvents, RandomSource, Unsubscribe } from '../drivers/ports.ts';

export type { Clock, DeviceBus, NetEvents, RandomSource, Unsubscribe };

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Absolute URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Whole exchange, ms. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Answers larger than this are cut off and rejected. Bytes. */
  readonly maxAnswerBytes?: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Why no answer came. `notSent`: certainly nothing reached the other side (refused, no route,
 * certificate does not match). `unknown`: something may have reached it (time-out, reset, cut off).
 */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly reach: 'notSent' | 'unknown';
  /** `certificate` when the other side's identity was not the expected one. */
  readonly kind: 'timeOut' | 'refused' | 'reset' | 'certificate' | 'canceled' | 'tooLarge' | 'other';

  constructor(reach: HttpFailure['reach'], kind: HttpFailure['kind'], message: string) {
    super(message);
    this.reach = reach;
    this.kind = kind;
  }
}

/** One HTTP exchange; never retried, never redirected. Rejects with `HttpFailure` only. */
export interface HttpPort {
  request(request: HttpRequest): Promise<HttpAnswer>;
}

export interface BrokerMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1;
  readonly retain: boolean;
}

export interface BrokerConnectOptions {
  readonly url: string;
  readonly clientId: string;
  readonly will: BrokerMessage;
  readonly keepAliveSeconds: number;
}

/**
 * Why there is no session. `notSent`: certainly no CONNECT reached a broker (refused, no route, certificate does not
 * match). `unknown`: one may have. Any other `Error` counts as `unknown`.
 */
export class BrokerFailure extends Error {
  override readonly name = 'BrokerFailure';
  readonly reach: 'notSent' | 'unknown';

  constructor(reach: BrokerFailure['reach'], message: string) {
    super(message);
    this.reach = reach;
  }
}

/** One MQTT session (clean). Lost = over; whoever wants another connects again. */
export interface BrokerSession {
  publish(message: BrokerMessage): Promise<void>;
  subscribe(topicFilter: string, qos: 0 | 1): Promise<void>;
  /** `retained`: the broker kept it from before the subscription, so it may be old. */
  onMessage(listener: (topic: string, payload: Uint8Array, retained: boolean) => void): Unsubscribe;
  onLost(listener: (reason: string) => void): Unsubscribe;
  /** Orderly DISCONNECT: the broker does not send the will. */
  close(): Promise<void>;
}

export interface BrokerPort {
  /** One attempt. Rejects with an `Error` whose message says why. */
  connect(options: BrokerConnectOptions): Promise<BrokerSession>;
}

export type SqlValue = string | number | bigint | Uint8Array | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/**
 * One durable database. Synchronous. A transaction that returned is on the
 * platter (`journal_mode=WAL`, `synchronous=FULL`, set and read back on every open).
 */
export interface Store {
  /** Several statements without parameters: schema only. */
  exec(sql: string): void;
  run(sql: string, ...parameters: readonly SqlValue[]): { readonly changes: number; readonly lastId: number };
  get(sql: string, ...parameters: readonly SqlValue[]): SqlRow | undefined;
  all(sql: string, ...parameters: readonly SqlValue[]): readonly SqlRow[];
  /** `BEGIN IMMEDIATE … COMMIT`. A COMMIT that throws means *unknown*: stop the process and read again. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

export interface StorePort {
  /**
   * Opens (and creates) one database of the data folder by its name, e.g. `kiosk.db`. A `rebuildable` one can be made
   * again from signed files: it is not read through before its first use, and holds nothing to overwrite when deleted.
   */
  open(name: string, worth?: 'kept' | 'rebuildable'): Store;
  /** Room that is left where the databases lie, bytes; `undefined` where nobody can tell. */
  roomBytes?(): number | undefined;
}

export interface World {
  readonly devices: DeviceBus;
  readonly http: HttpPort;
  readonly broker: BrokerPort;
  readonly network: NetEvents;
  readonly store: StorePort;
  readonly clock: Clock;
  readonly random: RandomSource;
}
