/**
 * The insurance centre at its worst (insurance.md B.8–B.10, C.4): 2207 and 2304, 2208 and 2305, 2601, 5201 and 5203.
 *
 * Everything is keyed by the sender's message id. Two ids may settle the same bill twice; a reversal of a message
 * that is not known leaves no tombstone, so the message still settles when it comes late. Its ledger: claims.
 */
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';

export type Amounts = SettlementOrder['agreed'];

export interface Claim {
  readonly settlementId: string;
  readonly messageId: string;
  /** The visit: what is refunded and settled anew stays one. */
  readonly visitId: string;
  readonly amounts: Amounts | undefined;
  readonly atMs: number;
  state: 'live' | 'reversed' | 'voided';
  /** Message that voided it. */
  voidedBy: string | undefined;
}

export type Voided = { readonly settlementId: string } | 'unknown' | 'reversed' | 'voided';

export class InsuranceCentre {
  /** By message id of the settlement. */
  readonly claims = new Map<string, Claim>();
  readonly #byVisit = new Map<string, Claim[]>();
  readonly #byId = new Map<string, Claim>();
  /** 2208 messages that were carried out, with the id of the negative settlement. */
  readonly #voids = new Map<string, string>();
  /** Messages that were refused: the same again is refused again. */
  readonly #refused = new Set<string>();
  readonly #nowMs: () => number;
  #sequence = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  claimsOf(visitId: string): readonly Claim[] {
    return this.#byVisit.get(visitId) ?? [];
  }

  bySettlementId(settlementId: string): Claim | undefined {
    return this.#byId.get(settlementId);
  }

  /** The patient is not entitled, say: this message never settles. */
  refuseForGood(messageId: string): void {
    if (!this.claims.has(messageId)) this.#refused.add(messageId);
  }

  /** 2207 and 2304. A message that was reversed is refused; one that is known answers what it made. */
  settle(messageId: string, visitId: string, amounts: Amounts | undefined): Claim | 'reversed' | 'refused' {
    if (this.#refused.has(messageId)) return 'refused';
    const known = this.claims.get(messageId);
    if (known) return known.state === 'reversed' ? 'reversed' : known;
    this.#sequence += 1;
    const settlementId = `S${this.#sequence}`;
    const atMs = this.#nowMs();
    const claim: Claim = { settlementId, messageId, visitId, amounts, atMs, state: 'live', voidedBy: undefined };
    this.claims.set(messageId, claim);
    this.#byId.set(settlementId, claim);
    const ofVisit = this.#byVisit.get(visitId);
    if (ofVisit) ofVisit.push(claim);
    else this.#byVisit.set(visitId, [claim]);
    return claim;
  }

  /** 2208 and 2305: the whole settlement. The same message again answers the same. */
  void(messageId: string, settlementId: string): Voided {
    const known = this.#voids.get(messageId);
    if (known !== undefined) return { settlementId: known };
    const claim = this.#byId.get(settlementId);
    if (!claim) return 'unknown';
    if (claim.state !== 'live') return claim.state;
    claim.state = 'voided';
    claim.voidedBy = messageId;
    this.#sequence += 1;
    const negative = `S${this.#sequence}`;
    this.#voids.set(messageId, negative);
    return { settlementId: negative };
  }

  /** 2601, as often as one likes. Nothing is remembered of a message that is not known. */
  reverse(messageId: string): 'reversed' | 'notFound' | 'voided' {
    const claim = this.claims.get(messageId);
    if (!claim) return 'notFound';
    if (claim.state === 'voided') return 'voided';
    claim.state = 'reversed';
    return 'reversed';
  }

  /** 5201 and 5203: what counts under this message id. */
  find(messageId: string): Claim | undefined {
    const claim = this.claims.get(messageId);
    return claim?.state === 'live' ? claim : undefined;
  }
}
