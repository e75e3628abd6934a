/**
 * The keeper of the invented region's test key RK_SSSE, and the sum both sides do with it.
 *
 * Real cards use SSF33 or SM4 in a PSAM or an encryption machine; the bench
 * uses SHA-256 so that anyone can follow it: the cryptogram is the first eight
 * bytes of SHA-256(test key ‖ card id ‖ challenge ‖ random).
 */
import { createHash } from 'node:crypto';

export const RK_SSSE = 0x0a;

const TEST_KEY = 'Yizhan bench RK_SSSE, opens invented cards only';

/** What a kiosk hands over when a card wants an external authentication. */
export interface AuthorityRequest {
  readonly keyNumber: number;
  readonly cardId: { reveal(): string };
  readonly challenge: Uint8Array;
}

export function testCryptogram(cardIdHex: string, challenge: Uint8Array, random: Uint8Array): Uint8Array {
  const sum = createHash('sha256').update(TEST_KEY).update(cardIdHex.toUpperCase()).update(challenge).update(random);
  return new Uint8Array(sum.digest().subarray(0, 8));
}

/** Stands where a region's PSAM or encryption machine stands; fits the reader's plug-in step. */
export class CardAuthority {
  readonly #holdsKey: boolean;

  /** `holdsKey: false` is an authority of another region: it has no answer for this card. */
  constructor(options: { readonly holdsKey?: boolean } = {}) {
    this.#holdsKey = options.holdsKey ?? true;
  }

  answerChallenge(
    request: AuthorityRequest,
    signal: AbortSignal,
  ): Promise<{ readonly cryptogram: Uint8Array; readonly random: Uint8Array } | undefined> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (!this.#holdsKey || request.keyNumber !== RK_SSSE) return Promise.resolve(undefined);
    const random = createHash('sha256').update('process').update(request.challenge).digest().subarray(0, 8);
    const cryptogram = testCryptogram(request.cardId.reveal(), request.challenge, random);
    return Promise.resolve({ cryptogram, random: new Uint8Array(random) });
  }
}
