/**
 * Message ids (`msgid`, 30 characters: institution 12, yyyyMMddHHmmss 14, sequence 4) for every call that moves no
 * money; ids of 2207 and 2208 come from the settlement core's durable counter, in the other half of the slice.
 *
 * One promise: within one boot no id is ever handed out twice, whatever the clock does. A clock that steps back is
 * ignored while it is nearly right; after a larger step back the present time is used again, except for seconds in
 * which ids were already given. Nothing is stored: across boots an id could repeat only if the same second is lived
 * twice and the random start falls on the same place, and such a repeat undoes nothing, because 2601 names only
 * money. A durable write for every question would cost more than that.
 */
import type { Clock, RandomSource } from '../ports.ts';
import { platformStamp } from './platform-time.ts';

/** The platform accepts times within ±10 minutes; half of it leaves room for the platform's own clock. */
const NEARLY_RIGHT_SECONDS = 300;
const MOST_RUNS = 500;

/** Seconds (Unix) in which ids were given, both ends included. */
interface Run {
  readonly from: number;
  to: number;
}

export interface MessageIdOptions {
  readonly institutionCode: string;
  /** This kiosk's slice (config `insurance.messageSequence`); its second half is used here. */
  readonly slice: { readonly first: number; readonly last: number };
  readonly clock: Clock;
  readonly random: RandomSource;
}

export class MessageIds {
  readonly #institutionCode: string;
  readonly #first: number;
  readonly #width: number;
  readonly #clock: Clock;
  readonly #runs: Run[] = [];
  #place: number;
  #givenThisSecond = 0;

  /** @throws RangeError when the institution code or the slice cannot make 30-character ids. */
  constructor(options: MessageIdOptions) {
    const { first, last } = options.slice;
    const middle = first + Math.floor((last - first + 1) / 2);
    if (options.institutionCode.length !== 12) throw new RangeError('An institution code has 12 characters.');
    if (!Number.isInteger(first) || !Number.isInteger(last) || first < 0 || last > 9999 || last <= first) {
      throw new RangeError('A message sequence slice needs at least two numbers within 0–9999.');
    }
    this.#institutionCode = options.institutionCode;
    this.#first = middle;
    this.#width = last - middle + 1;
    this.#clock = options.clock;
    const [high = 0, low = 0] = options.random.bytes(2);
    this.#place = (high * 256 + low) % this.#width;
  }

  next(): string {
    const second = this.#second(Math.floor(this.#clock.wallMs() / 1000));
    this.#place = (this.#place + 1) % this.#width;
    this.#givenThisSecond += 1;
    const sequence = String(this.#first + this.#place).padStart(4, '0');
    return `${this.#institutionCode}${platformStamp(second * 1000)}${sequence}`;
  }

  /** A second in which another id fits, and books it. */
  #second(now: number): number {
    const run = this.#runs.at(-1);
    if (run && now <= run.to && run.to - now <= NEARLY_RIGHT_SECONDS) {
      if (this.#givenThisSecond >= this.#width) return this.#start(run.to + 1);
      return run.to;
    }
    return this.#start(now);
  }

  #start(wanted: number): number {
    let second = wanted;
    for (let hit = this.#runCovering(second); hit; hit = this.#runCovering(second)) second = hit.to + 1;
    const run = this.#runs.at(-1);
    // A run grows while time goes on; after a step back, or a step far forward, a new one begins.
    if (run && second > run.to && second - run.to <= NEARLY_RIGHT_SECONDS) run.to = second;
    else this.#runs.push({ from: second, to: second });
    // Bounded: the two oldest runs and the quiet time between them become one.
    const [oldest, next] = this.#runs;
    if (this.#runs.length > MOST_RUNS && oldest && next) {
      this.#runs.splice(0, 2, { from: Math.min(oldest.from, next.from), to: Math.max(oldest.to, next.to) });
    }
    this.#givenThisSecond = 0;
    return second;
  }

  #runCovering(second: number): Run | undefined {
    return this.#runs.find((run) => run.from <= second && second <= run.to);
  }
}
