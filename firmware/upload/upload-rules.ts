/**
 * How this place wants its uploads: the profile's `upload`, or the defaults of the standards where it says nothing.
 */
import type { RegionProfile } from '../region/profile.ts';

/** What the kiosk itself sends after a settlement; what is not named the hospital does. */
export type KioskSends = 'settlementList' | 'selfPayVisits' | 'traceCodes' | 'goods' | 'eInvoice';

export interface UploadRules {
  readonly kioskSends: readonly KioskSends[];
  /** Silence of the insurance line that is told to the authority, ms (SZ-278: at most 60 s). */
  readonly noticeAfterMs: number;
  readonly followUpEveryMs: number;
  readonly telephoneAfterMs: number;
  /** Definite refusals of one row after which a person looks. */
  readonly refusalsBeforePerson: number;
  /** Trace codes go with the settlement, or when the medicine is handed out. */
  readonly traceCodes: 'atSettlement' | 'atDispensing';
  /** Medicine that was settled and not handed out with its codes for so long raises an alarm, ms. */
  readonly traceLimitMs: number;
  /** Acknowledged rows keep their sealed part for so long, ms. */
  readonly keepSealedMs: number;
}

const EVERYTHING: readonly KioskSends[] = ['settlementList', 'selfPayVisits', 'traceCodes', 'goods', 'eInvoice'];

export const UPLOAD_DEFAULTS: UploadRules = {
  kioskSends: [],
  noticeAfterMs: 30_000,
  followUpEveryMs: 1_800_000,
  telephoneAfterMs: 60_000,
  refusalsBeforePerson: 5,
  traceCodes: 'atSettlement',
  traceLimitMs: 86_400_000,
  keepSealedMs: 7 * 86_400_000,
};

export function uploadRules(profile: RegionProfile): UploadRules {
  // Who drives the visit drives what follows from it, unless the place says otherwise.
  const kioskSends = profile.insurance.visitDrivenBy === 'kiosk' ? EVERYTHING : [];
  return { ...UPLOAD_DEFAULTS, kioskSends, traceCodes: profile.checks.traceCodes, ...profile.upload };
}
