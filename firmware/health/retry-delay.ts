/**
 * How long to wait before the next CONNECT.
 *
 * A broker that comes back is met by its whole fleet at once, and each TLS handshake costs it about
 * a millisecond of processor; so the wait is drawn from the whole span (full jitter), and the span
 * doubles up to its limit. A session has to last a while before the span starts small again.
 */
import type { RandomSource } from '../ports.ts';

export interface RetrySpan {
  readonly firstMs: number;
  readonly longestMs: number;
}

const DRAWS = 0x1_0000_0000;

export class RetryDelay {
  readonly #random: RandomSource;
  readonly #span: RetrySpan;
  #spanMs: number;

  constructor(random: RandomSource, span: RetrySpan) {
    this.#random = random;
    this.#span = span;
    this.#spanMs = span.firstMs;
  }

  /** Draws from the present span, ms, and doubles it. */
  next(): number {
    const drawn = new DataView(Uint8Array.from(this.#random.bytes(4)).buffer).getUint32(0) / DRAWS;
    const delayMs = Math.ceil(drawn * this.#spanMs);
    this.#spanMs = Math.min(this.#spanMs * 2, this.#span.longestMs);
    return delayMs;
  }

  reset(): void {
    this.#spanMs = this.#span.firstMs;
  }
}
