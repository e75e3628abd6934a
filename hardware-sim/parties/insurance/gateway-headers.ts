/**
 * The gateway in front of the platform: caller, time, nonce and signature in
 * the `x-tif-…` headers (reference, C.1). A nonce counts once in its window.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { answerJson } from '../json-exchange.ts';
import type { PartyAnswer, PartyClock, PartyRequest } from '../party.ts';

const WINDOW_SECONDS = 600;

export class GatewayHeaders {
  readonly #clock: PartyClock;
  readonly #tokens: ReadonlyMap<string, string>;
  readonly #seen = new Map<string, number>();

  /** `tokens`: secret by `x-tif-paasid`. */
  constructor(clock: PartyClock, tokens: ReadonlyMap<string, string>) {
    this.#clock = clock;
    this.#tokens = tokens;
  }

  /** Why a request is turned away, or `undefined`. */
  objection(request: PartyRequest): 'caller' | 'timestamp' | 'signature' | 'nonce' | undefined {
    const token = this.#tokens.get(request.headers['x-tif-paasid'] ?? '');
    if (token === undefined) return 'caller';
    const timestamp = request.headers['x-tif-timestamp'] ?? '';
    const now = Math.floor(this.#clock.wallMs() / 1000);
    if (!/^\d{9,11}$/.test(timestamp) || Math.abs(Number(timestamp) - now) > WINDOW_SECONDS) return 'timestamp';
    const nonce = request.headers['x-tif-nonce'] ?? '';
    if (!sameText(request.headers['x-tif-signature'] ?? '', tifSignature(timestamp, token, nonce))) return 'signature';
    if (nonce === '' || this.#seen.has(nonce)) return 'nonce';
    this.#forgetBefore(now - 2 * WINDOW_SECONDS);
    this.#seen.set(nonce, now);
    return undefined;
  }

  #forgetBefore(second: number): void {
    for (const [nonce, at] of this.#seen) {
      if (at >= second) return;
      this.#seen.delete(nonce);
    }
  }
}

/** Like every web server it says what time it has (RFC 9110, `Date`). */
export function turnedAway(objection: string, wallMs: number): PartyAnswer {
  const answer = answerJson(401, { code: 401, message: `gateway: ${objection}` });
  return { ...answer, headers: { ...answer.headers, date: new Date(wallMs).toUTCString() } };
}

/** Lower-case hex SHA-256 of timestamp + token + nonce + timestamp. */
export function tifSignature(timestamp: string, token: string, nonce: string): string {
  return createHash('sha256')
    .update(timestamp + token + nonce + timestamp, 'utf8')
    .digest('hex');
}

function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
