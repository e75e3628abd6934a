/**
 * The Sparkplug B edge node: always tries to have one session, and tells the fleet in it what there is.
 *
 * One promise: it costs the kiosk nothing. No call of it waits for the broker or throws; a broker
 * that is gone, slow, refusing or talking nonsense is a state that passes, after which a fresh
 * session begins with a birth.
 */
import { BrokerFailure, type BrokerPort, type BrokerSession, type Clock, type RandomSource } from '../ports.ts';
import type { BirthDeathCounter } from './birth-death-counter.ts';
import { EndingScope } from './ending-scope.ts';
import type { MetricBoard } from './metric-board.ts';
import type { NodeTimings } from './node-timings.ts';
import { asksForRebirth, encodeNodeDeath } from './payload-codec.ts';
import { RetryDelay } from './retry-delay.ts';
import { SparkplugSession } from './sparkplug-session.ts';
import type { SparkplugTopics } from './sparkplug-topics.ts';

/** `waiting` between two attempts · `online` born. */
export type NodeConnection = 'stopped' | 'waiting' | 'connecting' | 'online';

/** What a log may say about the fleet connection. Words only: what a broker or a host wrote is not repeated. */
export type NodeNotice = 'online' | 'notConnected' | 'lost' | 'rebirth' | 'commandRefused' | 'counterFailed';

export interface SparkplugNodeParts {
  readonly broker: BrokerPort;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly counter: BirthDeathCounter;
  readonly url: string;
  /** One per group and node: a broker lets the newer of two clients with one id take over. */
  readonly clientId: string;
  readonly topics: SparkplugTopics;
  readonly node: MetricBoard;
  readonly devices: ReadonlyMap<string, MetricBoard>;
  readonly timings: NodeTimings;
  readonly onNotice: (notice: NodeNotice) => void;
}

/** Without a number on disk there is no CONNECT: a number used twice could let an old death kill a new birth. */
class CounterError extends Error {}

/** A command longer than this is not looked at, bytes. */
const LONGEST_COMMAND = 65_536;

export class SparkplugNode {
  readonly #parts: SparkplugNodeParts;
  readonly #retry: RetryDelay;
  readonly #present = new Set<string>();
  #connection: NodeConnection = 'stopped';
  #scope: EndingScope;
  #link: BrokerSession | undefined;
  #session: SparkplugSession | undefined;
  #gathering = false;
  #rebirthDue = false;
  #lastRebirthMs = Number.NEGATIVE_INFINITY;
  #bornAtMs = 0;

  constructor(parts: SparkplugNodeParts) {
    this.#parts = parts;
    this.#retry = new RetryDelay(parts.random, parts.timings.retry);
    this.#scope = new EndingScope(parts.clock);
  }

  get connection(): NodeConnection {
    return this.#connection;
  }

  start(): void {
    if (this.#connection === 'stopped') this.#connect();
  }

  /** Something on a board may have changed: it leaves within `gatherMs`, together with what else changes. */
  changed(): void {
    if (this.#gathering || !this.#session) return;
    this.#gathering = true;
    this.#scope.after(this.#parts.timings.gatherMs, () => {
      this.#gathering = false;
      // From a rebirth command to the births no data may leave; the births carry the present values.
      if (!this.#rebirthDue) this.#session?.data();
    });
  }

  devicePresent(id: string): void {
    this.#present.add(id);
    this.#session?.deviceBirth(id);
  }

  deviceGone(id: string): void {
    this.#present.delete(id);
    this.#session?.deviceDeath(id);
  }

  /** A planned stop: NDEATH, then DISCONNECT. Resolves in any case, after `farewellMs` twice at the latest. */
  stop(): Promise<void> {
    const farewell = this.#leave();
    this.#connection = 'stopped';
    return farewell;
  }

  #connect(): void {
    this.#connection = 'connecting';
    const scope = new EndingScope(this.#parts.clock);
    this.#scope = scope;
    const inTime = scope.after(this.#parts.timings.connectTimeoutMs, () => this.#tryLater('notConnected'));
    this.#establish(scope).then(inTime, (error: unknown) => {
      if (!scope.ended) this.#tryLater(error instanceof CounterError ? 'counterFailed' : 'notConnected');
    });
  }

  async #establish(scope: EndingScope): Promise<void> {
    const { broker, clock, topics, url, clientId, timings } = this.#parts;
    const bdSeq = this.#counted((counter) => counter.take());
    const payload = encodeNodeDeath(bdSeq, clock.wallMs());
    const will = { topic: topics.nodeDeath, payload, qos: 1, retain: false } as const;
    let link: BrokerSession;
    try {
      link = await broker.connect({ url, clientId, will, keepAliveSeconds: timings.keepAliveSeconds });
    } catch (error) {
      const unsent = error instanceof BrokerFailure && error.reach === 'notSent';
      if (unsent && !scope.ended) this.#counted((counter) => counter.giveBack(bdSeq));
      throw error;
    }
    // Too late: nobody waits for this link any more, and without a birth nobody has to hear of it.
    if (scope.ended) return link.close();
    this.#link = link;
    scope.add(link.onLost(() => this.#tryLater('lost')));
    scope.add(link.onMessage((topic, bytes, retained) => this.#hear(topic, bytes, retained)));
    await link.subscribe(topics.nodeCommand, 1);
    if (!scope.ended) this.#begin(link, bdSeq);
  }

  #begin(link: BrokerSession, bdSeq: number): void {
    const { topics, clock, node, devices, onNotice } = this.#parts;
    const boards = { node, devices, present: this.#present };
    const onBroken = (): void => this.#tryLater('lost');
    this.#session = new SparkplugSession({ link, topics, clock, bdSeq, boards, onBroken });
    this.#connection = 'online';
    this.#bornAtMs = clock.monotonicMs();
    this.#session.birth();
    onNotice('online');
  }

  #hear(topic: string, bytes: Uint8Array, retained: boolean): void {
    if (!this.#session) return;
    // A kept command is an old one, whoever sent it.
    const proper = topic === this.#parts.topics.nodeCommand && !retained && bytes.length <= LONGEST_COMMAND;
    if (proper && isRebirth(bytes)) this.#rebirthSoon();
    else this.#parts.onNotice('commandRefused');
  }

  /** At once the first time; a host that keeps asking gets one each pause, and no request is lost. */
  #rebirthSoon(): void {
    if (this.#rebirthDue) return;
    const { clock, timings } = this.#parts;
    const waitMs = this.#lastRebirthMs + timings.rebirthPauseMs - clock.monotonicMs();
    if (waitMs <= 0) {
      this.#rebirth();
    } else {
      this.#rebirthDue = true;
      this.#scope.after(waitMs, () => this.#rebirth());
    }
  }

  #rebirth(): void {
    this.#rebirthDue = false;
    this.#lastRebirthMs = this.#parts.clock.monotonicMs();
    this.#session?.birth();
    this.#parts.onNotice('rebirth');
  }

  /** The attempt or session is over; what is left of it is cleared away without anyone waiting. */
  #tryLater(notice: NodeNotice): void {
    const { clock, timings, onNotice } = this.#parts;
    const lastedMs = this.#connection === 'online' ? clock.monotonicMs() - this.#bornAtMs : 0;
    this.#leave().catch(() => undefined);
    this.#connection = 'waiting';
    if (lastedMs >= timings.steadyAfterMs) this.#retry.reset();
    this.#scope = new EndingScope(clock);
    this.#scope.after(this.#retry.next(), () => this.#connect());
    onNotice(notice);
  }

  /** Ends the present scope. A link that still works hears the death before the DISCONNECT, which drops the will. */
  async #leave(): Promise<void> {
    const link = this.#link;
    const session = this.#session;
    this.#scope.end();
    this.#link = undefined;
    this.#session = undefined;
    this.#gathering = false;
    this.#rebirthDue = false;
    if (!link) return;
    if (session) await this.#atMost(session.death());
    await this.#atMost(link.close());
  }

  /** Resolves when the work has ended, well or not, or after `farewellMs`. */
  #atMost(work: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.timer(this.#parts.timings.farewellMs, resolve);
      const ended = (): void => {
        cancel();
        resolve();
      };
      work.then(ended, ended);
    });
  }

  #counted<Result>(work: (counter: BirthDeathCounter) => Result): Result {
    try {
      return work(this.#parts.counter);
    } catch {
      throw new CounterError('The birth-death number could not be kept.');
    }
  }
}

function isRebirth(bytes: Uint8Array): boolean {
  try {
    return asksForRebirth(bytes);
  } catch {
    return false;
  }
}
