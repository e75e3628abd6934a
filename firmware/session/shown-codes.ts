/**
 * Which e-credential codes this kiosk has sent to the centre already.
 *
 * A 医保码 works once (SZ-217b): a photo of one that was used must not even be
 * asked about. One promise: it knows codes by digest only, in memory only, and
 * never grows beyond its bound.
 */
import { createHash } from 'node:crypto';
import type { Secret } from '../../drivers/secret.ts';
import type { Clock } from '../ports.ts';

/** A code lives for about a minute (insurance interface D.3); a picture of it may come back the same day. Ms. */
const REMEMBERED_MS = 24 * 60 * 60_000;
/** More patients than a kiosk sees in a day. */
const MOST_CODES = 4_096;

export class ShownCodes {
  readonly #clock: Clock;
  /** Digest and when it was sent (monotonic ms), oldest first. */
  readonly #sent = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this code went to the centre before. */
  known(text: Secret<string>): boolean {
    this.#forgetOld();
    return this.#sent.has(digestOf(text));
  }

  /** The code goes to the centre now. The returned function takes it back: nothing of it arrived. */
  send(text: Secret<string>): () => void {
    const digest = digestOf(text);
    this.#sent.set(digest, this.#clock.monotonicMs());
    this.#forgetOld();
    return () => this.#sent.delete(digest);
  }

  #forgetOld(): void {
    const bound = this.#clock.monotonicMs() - REMEMBERED_MS;
    for (const [digest, sentMs] of this.#sent) {
      if (sentMs >= bound && this.#sent.size <= MOST_CODES) return;
      this.#sent.delete(digest);
    }
  }
}

function digestOf(text: Secret<string>): string {
  return createHash('sha256').update(text.reveal()).digest('base64');
}
