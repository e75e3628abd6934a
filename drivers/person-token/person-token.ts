/**
 * What a member of staff proves to be themselves with: a certificate, a PIN and a key that never leaves its chip.
 *
 * The contract for every make of it: PIV cards today, domestic USB keys (SKF of
 * GM/T 0016, PKCS#11) behind the same words. It knows no role and no kiosk: who
 * may do what is the certificate's and the firmware's business.
 */
import type { X509Certificate } from 'node:crypto';
import type { CommandOptions, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { Secret } from '../secret.ts';
import type { PinEntry } from './pin-entry.ts';

/** `invalid` = something is there that does not answer. */
export type TokenMedia = 'present' | 'notPresent' | 'invalid' | 'unknown';

export type TokenEvent =
  | { readonly event: 'mediaInserted' }
  | { readonly event: 'mediaRemoved' }
  /** It does not answer: turn it over. */
  | { readonly event: 'invalidMedia' };

/**
 * `noMedia` no token, or it was taken away half-way · `invalidMedia` it is none, or it talks nonsense ·
 * `keyNotFound` it holds no certificate or no key for a person · `formatNotSupported` a key or a
 * certificate form that this kiosk can't use · `accessDenied` no PIN was shown since the token came ·
 * `securityFail` the token refuses by its own rules, or its signature does not fit its certificate.
 */
export type TokenFault =
  | 'noMedia'
  | 'invalidMedia'
  | 'keyNotFound'
  | 'formatNotSupported'
  | 'accessDenied'
  | 'securityFail';

/**
 * What the token said to a PIN. Tries are counted by the token alone, and its own number is passed on;
 * `triesLeft` is `undefined` when it does not tell.
 */
export type PinVerdict =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'wrong'; readonly triesLeft: number | undefined }
  /** No PIN helps any more; somebody with the PUK does. */
  | { readonly verdict: 'blocked' };

/** What the token says when it is asked without a PIN, which costs no try. */
export type PinState =
  | { readonly pin: 'shown' }
  | { readonly pin: 'notShown'; readonly triesLeft: number | undefined }
  | { readonly pin: 'blocked' };

/** Named for what `node:crypto` needs to check it. ECDSA signatures are DER. */
export type TokenAlgorithm = 'rsaPkcs1Sha256' | 'ecdsaSha256';

export interface TokenSignature {
  readonly algorithm: TokenAlgorithm;
  readonly signature: Uint8Array;
}

/** The shortest and the longest challenge that is signed, bytes: nobody gets a signature over nothing. */
export const CHALLENGE_BYTES = { least: 32, most: 1_024 } as const;

export interface PersonToken extends Device {
  readonly deviceClass: 'personToken';
  readonly media: TokenMedia;
  onTokenEvent(listener: (event: TokenEvent) => void): Unsubscribe;
  /** Who it says it is. Whether that is to be believed (chain, end, revocation) is the caller's to check. */
  readCertificate(options: CommandOptions): Promise<Completion<Secret<X509Certificate>, TokenFault>>;
  pinState(options: CommandOptions): Promise<Completion<PinState, TokenFault>>;
  /**
   * Shows a PIN, once; it is never repeated by itself. The entry is wiped whatever happens.
   * `invalidData` = not in the form of a PIN, so the token was not even asked.
   */
  verifyPin(pin: PinEntry, options: CommandOptions): Promise<Completion<PinVerdict, TokenFault>>;
  /**
   * Signs a challenge that the caller made fresh, after `verifyPin`. Done means that the signature was
   * checked against the token's own certificate.
   * @throws RangeError for a challenge that is too short or too long: our own mistake
   */
  sign(challenge: Uint8Array, options: CommandOptions): Promise<Completion<TokenSignature, TokenFault>>;
  /** The token forgets that a PIN was shown. It does so by itself after a time, and when it is taken away. */
  release(): Promise<void>;
}
