/**
 * One network line between the kiosk and a group of parties, in memory.
 *
 * It knows latency, being cut, and what mischief decides for each exchange. A
 * request that has left may arrive although nobody will ever hear the answer.
 */

import type { Clock } from '../../drivers/ports.ts';
import { type HttpAnswer, HttpFailure, type HttpPort, type HttpRequest } from '../../firmware/ports.ts';
import type { Party, PartyAnswer, PartyRequest } from '../parties/party.ts';

/** What happens to one exchange on its way. */
export interface ExchangeFate {
  readonly before: 'deliver' | 'lose' | 'double';
  readonly answer: 'deliver' | 'lose' | { readonly delayMs: number } | { readonly replace: PartyAnswer };
}

/** Decides the fate of each exchange; parties' mischief implements it. */
export interface Fates {
  fateOf(request: PartyRequest): ExchangeFate;
}

/** A party at the end of this line, and what may go wrong on the way to it. */
export interface LineEnd {
  readonly party: Party;
  readonly fates: Fates;
}

/** One request and its answer, as the workbench and scenarios see them. */
export interface WireRecord {
  readonly atMs: number;
  readonly origin: string;
  readonly request: PartyRequest;
  readonly answer: PartyAnswer | undefined;
}

const CONNECT_TIMEOUT_MS = 5_000;
const DOUBLE_AFTER_MS = 40;
/** What an HTTP client takes at most unless its request says otherwise, bytes. */
const LONGEST_ANSWER = 4 * 1024 * 1024;

export class Line {
  readonly #clock: Clock;
  readonly #ends = new Map<string, LineEnd>();
  readonly #watchers = new Set<(record: WireRecord) => void>();
  readonly #latencyMs: number;
  readonly #impostors = new Set<string>();
  #up = true;

  constructor(clock: Clock, latencyMs = 20) {
    this.#clock = clock;
    this.#latencyMs = latencyMs;
  }

  get up(): boolean {
    return this.#up;
  }

  attach(origin: string, end: LineEnd): void {
    this.#ends.set(origin, end);
  }

  /** Hands: pull the cable. What is on its way is lost. */
  cut(): void {
    this.#up = false;
  }

  restore(): void {
    this.#up = true;
  }

  /** Another machine answers at this address: its certificate is not the expected one, so nothing is said to it. */
  putImpostor(origin: string): void {
    this.#impostors.add(origin);
  }

  removeImpostor(origin: string): void {
    this.#impostors.delete(origin);
  }

  onExchange(watcher: (record: WireRecord) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  reaches(origin: string): boolean {
    return this.#ends.has(origin);
  }

  /** @param alive whether the asking kiosk still has power: a dead one never hears the answer. */
  exchange(request: HttpRequest, alive: () => boolean): Promise<HttpAnswer> {
    const url = new URL(request.url);
    const end = this.#ends.get(url.origin);
    return new Promise((resolve, reject) => {
      let over = false;
      const finish = (settle: () => void): void => {
        if (over || !alive()) return;
        over = true;
        cancelDeadline();
        settle();
      };
      const fail = (reach: 'notSent' | 'unknown', kind: HttpFailure['kind'], text: string): void =>
        finish(() => reject(new HttpFailure(reach, kind, text)));
      const connected = this.#up && end !== undefined;
      const deadlineMs = connected ? request.timeoutMs : Math.min(CONNECT_TIMEOUT_MS, request.timeoutMs);
      const cancelDeadline = this.#clock.timer(deadlineMs, () =>
        fail(connected ? 'unknown' : 'notSent', 'timeOut', connected ? 'no answer in time' : 'no connection'),
      );
      request.signal?.addEventListener('abort', () => fail(connected ? 'unknown' : 'notSent', 'canceled', 'given up'));
      if (!connected) return;
      if (this.#impostors.has(url.origin)) {
        this.#clock.timer(this.#latencyMs, () => fail('notSent', 'certificate', 'the certificate does not match'));
        return;
      }

      const asked: PartyRequest = {
        method: request.method,
        path: url.pathname + url.search,
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: request.body ?? new Uint8Array(0),
      };
      this.#clock.timer(this.#latencyMs, () =>
        this.#arrive(url.origin, end, asked, (answer) => {
          if (answer.body.length > (request.maxAnswerBytes ?? LONGEST_ANSWER)) {
            fail('unknown', 'tooLarge', 'the answer is longer than was asked for');
          } else finish(() => resolve(answer));
        }),
      );
    });
  }

  #arrive(origin: string, end: LineEnd, request: PartyRequest, deliver: (answer: PartyAnswer) => void): void {
    const fate = end.fates.fateOf(request);
    if (!this.#up || fate.before === 'lose') {
      this.#record({ atMs: this.#clock.monotonicMs(), origin, request, answer: undefined });
      return;
    }
    const answer = end.party.handle(request);
    if (fate.before === 'double') this.#clock.timer(DOUBLE_AFTER_MS, () => end.party.handle(request));
    this.#record({ atMs: this.#clock.monotonicMs(), origin, request, answer });
    if (fate.answer === 'lose') return;
    const extraMs = typeof fate.answer === 'object' && 'delayMs' in fate.answer ? fate.answer.delayMs : 0;
    const heard = typeof fate.answer === 'object' && 'replace' in fate.answer ? fate.answer.replace : answer;
    this.#clock.timer(this.#latencyMs + extraMs, () => {
      if (this.#up) deliver(heard);
    });
  }

  #record(record: WireRecord): void {
    for (const watcher of this.#watchers) watcher(record);
  }
}

/** The HTTP port of one boot over several lines: each origin is on exactly one. */
export function httpOver(lines: readonly Line[], alive: () => boolean): HttpPort {
  return {
    request: (request) => {
      const origin = new URL(request.url).origin;
      const line = lines.find((one) => one.reaches(origin));
      if (!line) return Promise.reject(new HttpFailure('notSent', 'refused', `no line leads to ${origin}`));
      return line.exchange(request, alive);
    },
  };
}
