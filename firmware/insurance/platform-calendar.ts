/**
 * How far the kiosk's calendar is from the platform's: apart by more than a few seconds, no insurance settles here
 * (product.md 2.9).
 *
 * Every envelope says when it was answered (`respond_time`, insurance.md A.2). While it was out the steady clock ran
 * from `sentMs` to `heardMs`, so the platform's calendar lies between two bounds, and so does the gap: a slow line
 * widens them and is no gap. Bounds are kept against the steady clock, so a calendar that jumps later shows at once.
 *
 * Two promises: only what is sure counts as a gap; and as long as there is one, `clock` stamps with the platform's
 * calendar, so that a settlement under way is not turned away for its date.
 */
import type { Clock, Unsubscribe } from '../ports.ts';
import { parseStamp } from './platform-time.ts';

/** Profile `insurance.clockLimitMs` when it is left out. */
export const CLOCK_LIMIT_MS = 5_000;
/** Two honest crystals part by no more than this. */
const DRIFT = 200e-6;

/** When an exchange left and when its answer was here, by the steady clock. */
export interface Outing {
  readonly sentMs: number;
  readonly heardMs: number;
}

/** What the platform's calendar is ahead of the steady clock, ms. */
interface Bounds {
  readonly leastMs: number;
  readonly mostMs: number;
}

interface Known extends Bounds {
  readonly heardMs: number;
  readonly by: 'envelope' | 'gateway';
}

export class PlatformCalendar {
  /** The kiosk's clock; the platform's calendar while the kiosk's own is wrong. */
  readonly clock: Clock;
  limitMs = CLOCK_LIMIT_MS;
  readonly #own: Clock;
  readonly #listeners = new Set<(wrong: boolean) => void>();
  #known: Known | undefined;
  #told = false;

  constructor(own: Clock) {
    this.#own = own;
    this.clock = {
      monotonicMs: () => own.monotonicMs(),
      timer: (delayMs, fire) => own.timer(delayMs, fire),
      wallMs: () => (this.wrong ? this.#platformMs() : own.wallMs()),
    };
  }

  /** How much the kiosk's calendar is ahead for sure, ms; below zero: behind; 0 while nothing is sure. */
  get gapMs(): number {
    if (!this.#known) return 0;
    const monoMs = this.#own.monotonicMs();
    const { leastMs, mostMs } = aged(this.#known, monoMs);
    const aheadMs = this.#own.wallMs() - monoMs;
    if (aheadMs > mostMs) return aheadMs - mostMs;
    return aheadMs < leastMs ? aheadMs - leastMs : 0;
  }

  get wrong(): boolean {
    return Math.abs(this.gapMs) > this.limitMs;
  }

  /** Told when an answer shows that the calendar went wrong, or is right again. */
  onTurned(listener: (wrong: boolean) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param respondTime `respond_time` of an envelope; what is no time says nothing */
  answered(outing: Outing, respondTime: string | undefined): void {
    const digits = respondTime?.replace(/[-: .T]/g, '') ?? '';
    const secondMs = /^\d{14}(\d{3})?$/.test(digits) ? parseStamp(digits.slice(0, 14)) : undefined;
    if (secondMs === undefined) return;
    const fine = digits.length === 17;
    this.#learn(outing, secondMs + (fine ? Number(digits.slice(14)) : 0), fine ? 1 : 1_000, 'envelope');
  }

  /**
   * The gateway's `date` header, heard for as long as no envelope was: a gateway that turns a wrong calendar away says
   * at least what time it is.
   */
  turnedAway(outing: Outing, date: string | undefined): void {
    if (date === undefined || this.#known?.by === 'envelope') return;
    const secondMs = Date.parse(date);
    if (Number.isFinite(secondMs)) this.#learn(outing, secondMs, 1_000, 'gateway');
  }

  #learn({ sentMs, heardMs }: Outing, saidMs: number, resolutionMs: number, by: Known['by']): void {
    const fresh = { leastMs: saidMs - heardMs, mostMs: saidMs + resolutionMs - sentMs };
    const before = this.#known?.by === by ? aged(this.#known, heardMs) : fresh;
    const leastMs = Math.max(fresh.leastMs, before.leastMs);
    const mostMs = Math.min(fresh.mostMs, before.mostMs);
    // No overlap: the platform's own calendar was set, and the newest word counts.
    this.#known = { ...(leastMs <= mostMs ? { leastMs, mostMs } : fresh), heardMs, by };
    const { wrong } = this;
    if (wrong === this.#told) return;
    this.#told = wrong;
    for (const listener of this.#listeners) listener(wrong);
  }

  #platformMs(): number {
    const monoMs = this.#own.monotonicMs();
    const { leastMs, mostMs } = this.#known ?? { leastMs: 0, mostMs: 0 };
    return Math.floor(monoMs + (leastMs + mostMs) / 2);
  }
}

function aged({ leastMs, mostMs, heardMs }: Known, monoMs: number): Bounds {
  const driftMs = Math.max(0, monoMs - heardMs) * DRIFT;
  return { leastMs: leastMs - driftMs, mostMs: mostMs + driftMs };
}
