/**
 * What goes wrong between a party and whoever talks to it: requests and answers
 * lost, doubled, late, or not what the contract says.
 *
 * Faults are objects that wait for a matching exchange. One promise: the same
 * seed and the same exchanges meet the same faults.
 */
import type { PartyAnswer, PartyRequest } from './party.ts';
import { SeededStream } from './seeded-stream.ts';

/** What happens to one exchange on its way. */
export interface WireFate {
  readonly before: 'deliver' | 'lose' | 'double';
  readonly answer: 'deliver' | 'lose' | { readonly delayMs: number } | { readonly replace: PartyAnswer };
}

/** Which exchanges a fault waits for; everything that is given must fit. */
export interface ExchangeFilter {
  /** `infno`, e.g. `2207`. */
  readonly transaction?: string;
  /** Part of the path. */
  readonly path?: string;
  readonly method?: string;
  /** Lets so many matching exchanges pass first. */
  readonly skip?: number;
}

export type Transform = (answer: PartyAnswer, request: PartyRequest) => PartyAnswer;

type Deed =
  | { readonly do: 'loseRequest' | 'loseAnswer' | 'doubleRequest' }
  | { readonly do: 'delayRequest' | 'delayAnswer'; readonly ms: number }
  | { readonly do: 'replace'; readonly answer: PartyAnswer }
  | { readonly do: 'transform'; readonly transform: Transform };

interface Fault {
  readonly deed: Deed;
  readonly filter: ExchangeFilter;
  skip: number;
  left: number;
}

/** Chances in a thousand, for long runs. */
export interface Noise {
  readonly loseRequest?: number;
  readonly loseAnswer?: number;
  readonly doubleRequest?: number;
  readonly delayRequest?: number;
  readonly delayAnswer?: number;
  readonly longestDelayMs: number;
  readonly filter?: ExchangeFilter;
}

const NOISE_ORDER = ['loseRequest', 'loseAnswer', 'doubleRequest', 'delayRequest', 'delayAnswer'] as const;
const NOTHING: WireFate = { before: 'deliver', answer: 'deliver' };

/** Bringing a request or changing an answer needs the party: `PartyWire` does it. */
export interface Hindrance {
  /** Arrives so late that its sender has gone. */
  readonly lateByMs: number | undefined;
  readonly transform: Transform | undefined;
}

export class Mischief {
  readonly #stream: SeededStream;
  readonly #hits = new Map<string, number>();
  #faults: Fault[] = [];
  #noise: Noise | undefined;

  /** `name` keeps the streams of several wires apart. */
  constructor(seed: number, name: string) {
    this.#stream = new SeededStream(seed, `mischief ${name}`);
  }

  /** How often each fault has met an exchange, by `fault transaction-or-path`. */
  get hits(): ReadonlyMap<string, number> {
    return this.#hits;
  }

  /** Faults that still wait. */
  get waiting(): number {
    return this.#faults.length;
  }

  loseRequest(times = 1, filter: ExchangeFilter = {}): void {
    this.#add({ do: 'loseRequest' }, times, filter);
  }

  loseAnswer(times = 1, filter: ExchangeFilter = {}): void {
    this.#add({ do: 'loseAnswer' }, times, filter);
  }

  /** The party receives the same request twice; the first answer is heard. */
  doubleRequest(times = 1, filter: ExchangeFilter = {}): void {
    this.#add({ do: 'doubleRequest' }, times, filter);
  }

  /** The request arrives after `ms`; its sender never hears the answer. */
  delayRequest(ms: number, filter: ExchangeFilter = {}, times = 1): void {
    this.#add({ do: 'delayRequest', ms }, times, filter);
  }

  delayAnswer(ms: number, filter: ExchangeFilter = {}, times = 1): void {
    this.#add({ do: 'delayAnswer', ms }, times, filter);
  }

  /** The party does its work, but something else answers (a proxy, a broken gateway). */
  replaceAnswer(answer: PartyAnswer, filter: ExchangeFilter = {}, times = 1): void {
    this.#add({ do: 'replace', answer }, times, filter);
  }

  /** The party's answer, changed on its way. */
  answer(times: number, transform: Transform, filter: ExchangeFilter = {}): void {
    this.#add({ do: 'transform', transform }, times, filter);
  }

  /** Random trouble from now on, beside the faults that wait; `undefined` ends it. */
  noise(noise: Noise | undefined): void {
    this.#noise = noise;
  }

  /** Forgets every waiting fault and the noise. */
  calm(): void {
    this.#faults = [];
    this.#noise = undefined;
  }

  /** Decides one exchange; each call uses up what it meets. */
  next(request: PartyRequest): { readonly fate: WireFate; readonly hindrance: Hindrance } {
    const deed = this.#waitingFor(request) ?? this.#noiseFor(request);
    if (!deed) return { fate: NOTHING, hindrance: { lateByMs: undefined, transform: undefined } };
    const what = `${deed.do} ${transactionOf(request) ?? request.path.split('?')[0]}`;
    this.#hits.set(what, (this.#hits.get(what) ?? 0) + 1);
    return {
      fate: fateBy(deed),
      hindrance: {
        lateByMs: deed.do === 'delayRequest' ? deed.ms : undefined,
        transform: deed.do === 'transform' ? deed.transform : undefined,
      },
    };
  }

  #add(deed: Deed, times: number, filter: ExchangeFilter): void {
    if (!Number.isSafeInteger(times) || times < 1) throw new RangeError('A fault happens at least once.');
    this.#faults.push({ deed, filter, skip: filter.skip ?? 0, left: times });
  }

  #waitingFor(request: PartyRequest): Deed | undefined {
    for (const fault of this.#faults) {
      if (!fits(fault.filter, request)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.left -= 1;
      if (fault.left === 0) this.#faults = this.#faults.filter((other) => other !== fault);
      return fault.deed;
    }
    return undefined;
  }

  #noiseFor(request: PartyRequest): Deed | undefined {
    const noise = this.#noise;
    if (!noise || !fits(noise.filter ?? {}, request)) return undefined;
    for (const what of NOISE_ORDER) {
      if (!this.#stream.chance(noise[what] ?? 0)) continue;
      if (what === 'delayRequest' || what === 'delayAnswer') {
        return { do: what, ms: 1 + this.#stream.below(noise.longestDelayMs) };
      }
      return { do: what };
    }
    return undefined;
  }
}

function fateBy(deed: Deed): WireFate {
  switch (deed.do) {
    case 'loseRequest':
    case 'delayRequest':
      return { before: 'lose', answer: 'lose' };
    case 'loseAnswer':
      return { before: 'deliver', answer: 'lose' };
    case 'doubleRequest':
      return { before: 'double', answer: 'deliver' };
    case 'delayAnswer':
      return { before: 'deliver', answer: { delayMs: deed.ms } };
    case 'replace':
      return { before: 'deliver', answer: { replace: deed.answer } };
    case 'transform':
      return NOTHING;
  }
}

function fits(filter: ExchangeFilter, request: PartyRequest): boolean {
  if (filter.method !== undefined && filter.method !== request.method) return false;
  if (filter.path !== undefined && !request.path.includes(filter.path)) return false;
  return filter.transaction === undefined || filter.transaction === transactionOf(request);
}

/** `infno` of an envelope, or `undefined` when the body is none. */
export function transactionOf(request: PartyRequest): string | undefined {
  const text = new TextDecoder().decode(request.body.subarray(0, 4_096));
  return /"infno"\s*:\s*"(\w{1,6})"/.exec(text)?.[1];
}
