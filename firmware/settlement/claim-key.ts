/**
 * Whose claim a settlement made, kept sealed when the order itself is shredded.
 *
 * The daily statement (3202) names person and visit of every claim, and so does a reversal (2601) that a difference
 * asks for. One promise: this little is kept, under the device key, until the day's books are closed, and no longer.
 */
import { Secret } from '../../drivers/secret.ts';
import type { VisitIdentity } from '../insurance/insurance-platform.ts';
import type { RandomSource, Store } from '../ports.ts';
import type { Seal } from './seal.ts';
import type { SettlementOrder } from './settlements.ts';

export interface ClaimKey extends VisitIdentity {
  /** `insutype` */
  readonly insuranceType: string;
}

/** Its row lies right behind the order's, see `journal-schema.ts`. */
const OF_CLAIM = 'id = (SELECT 2 * first + 1 FROM saga WHERE saga.id = ?)';

/** In the table of sealed bodies, beside the order's own place. */
export function claimPlace(settlement: string): string {
  return `claim ${settlement}`;
}

/** Of an order about which the insurance is asked. */
export function sealClaimKey(
  seal: Seal,
  settlement: string,
  question: NonNullable<SettlementOrder['question']>,
  random: RandomSource,
): Uint8Array {
  const { personNumber, visitId, insuredArea, insuranceType, care } = question;
  const text = JSON.stringify({ personNumber: personNumber.reveal(), visitId, insuredArea, insuranceType, care });
  return seal.close(claimPlace(settlement), text, random);
}

/** `undefined` when there is none, or it does not open under this key. */
export function readClaimKey(store: Store, seal: Seal, settlement: string): ClaimKey | undefined {
  const place = claimPlace(settlement);
  const bytes = store.get(`SELECT body FROM sealed WHERE ${OF_CLAIM}`, settlement)?.['body'] as Uint8Array | undefined;
  const text = bytes && seal.open(place, bytes);
  if (text === undefined) return undefined;
  const { personNumber, ...rest } = JSON.parse(text) as Omit<ClaimKey, 'personNumber'> & { personNumber: string };
  return { ...rest, personNumber: new Secret(personNumber) };
}

/** Within the caller's transaction: overwrites and removes it. */
export function shredClaimKey(store: Store, settlement: string): void {
  store.run(`UPDATE sealed SET body = zeroblob(length(body)) WHERE ${OF_CLAIM}`, settlement);
  store.run(`DELETE FROM sealed WHERE ${OF_CLAIM}`, settlement);
}
