/**
 * Gateway headers (protocols/insurance.md C.1). Provinces differ, so the signer is a plug; the promise of `tif` is
 * the national one: lower-case hex SHA-256 of timestamp + token + nonce + timestamp. It does not cover the body.
 */
import { createHash } from 'node:crypto';
import type { Clock, RandomSource } from '../ports.ts';

/** Fresh headers for one request. */
export type Signer = () => Readonly<Record<string, string>>;

export interface Caller {
  /** `x-tif-paasid` */
  readonly callerId: string;
  readonly callerToken: string;
}

/** @param timestamp Unix seconds, decimal text. */
export function tifSignature(timestamp: string, token: string, nonce: string): string {
  return createHash('sha256').update(`${timestamp}${token}${nonce}${timestamp}`, 'utf8').digest('hex');
}

export function tifSigner(caller: Caller, clock: Clock, random: RandomSource): Signer {
  return () => {
    const timestamp = String(Math.floor(clock.wallMs() / 1000));
    const nonce = Buffer.from(random.bytes(16)).toString('hex');
    return {
      'x-tif-paasid': caller.callerId,
      'x-tif-timestamp': timestamp,
      'x-tif-nonce': nonce,
      'x-tif-signature': tifSignature(timestamp, caller.callerToken, nonce),
    };
  };
}

/** A link that is protected below HTTP only. */
export const noSigner: Signer = () => ({});
