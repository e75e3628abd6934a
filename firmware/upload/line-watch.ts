/**
 * Whether a line answers, and since when not.
 *
 * It watches the exchanges that happen anyway and asks a small question of its own when there are none. One promise: a
 * single lost message is no fault, because the question that follows it is answered.
 */
import type { Clock, Unsubscribe } from '../ports.ts';

export type LineState =
  | { readonly state: 'unknown' | 'answers' }
  /** `sinceWallMs`: when the first call was sent that nobody answered. */
  | { readonly state: 'silent'; readonly sinceMs: number; readonly sinceWallMs: number };

export interface LineWatchOptions {
  readonly clock: Clock;
  /** A small question; its exchange is seen like every other. */
  readonly ask: () => Promise<unknown>;
  /** Silence of our own side after which a question is asked, ms. */
  readonly quietMs: number;
}

/** While the line is silent it is asked so often, ms: at first, and when it has been away for a while. */
const ASK_SOON_MS = 5_000;
const ASK_LATER_MS = 30_000;
const AWHILE_MS = 120_000;

export class LineWatch {
  readonly #options: LineWatchOptions;
  readonly #listeners = new Set<(line: LineState) => void>();
  #line: LineState = { state: 'unknown' };
  #answeredMs = Number.NEGATIVE_INFINITY;
  #stopTimer: Unsubscribe = () => undefined;
  #asking = false;
  #closed = false;

  constructor(options: LineWatchOptions) {
    this.#options = options;
  }

  get line(): LineState {
    return this.#line;
  }

  onChanged(listener: (line: LineState) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    this.#comeBack();
  }

  answered(): void {
    this.#answeredMs = this.#options.clock.monotonicMs();
    if (this.#line.state !== 'answers') this.#change({ state: 'answers' });
  }

  /** A call that was sent then got no answer. */
  missed(sentMs: number): void {
    // Another call has been answered since: this one alone was lost.
    if (sentMs < this.#answeredMs || this.#line.state === 'silent') return;
    const { clock } = this.#options;
    const sinceWallMs = clock.wallMs() - (clock.monotonicMs() - sentMs);
    this.#change({ state: 'silent', sinceMs: sentMs, sinceWallMs });
    this.#ask();
  }

  close(): void {
    this.#closed = true;
    this.#stopTimer();
  }

  #change(line: LineState): void {
    if (this.#closed) return;
    this.#line = line;
    for (const listener of this.#listeners) listener(line);
  }

  #ask(): void {
    if (this.#closed || this.#asking) return;
    this.#asking = true;
    const done = (): void => {
      this.#asking = false;
      this.#comeBack();
    };
    this.#options.ask().then(done, done);
  }

  #comeBack(): void {
    this.#stopTimer();
    if (this.#closed) return;
    const { clock, quietMs } = this.#options;
    const nowMs = clock.monotonicMs();
    const quietForMs = nowMs - this.#answeredMs;
    const { line } = this;
    const again = line.state === 'silent' && nowMs - line.sinceMs < AWHILE_MS ? ASK_SOON_MS : ASK_LATER_MS;
    const waitMs = line.state === 'silent' ? again : quietForMs < quietMs ? quietMs - quietForMs : quietMs;
    this.#stopTimer = clock.timer(waitMs, () => {
      const silent = this.#line.state === 'silent';
      if (silent || clock.monotonicMs() - this.#answeredMs >= quietMs) this.#ask();
      else this.#comeBack();
    });
  }
}
