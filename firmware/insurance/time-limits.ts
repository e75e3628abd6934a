/**
 * How long a settling call may take: the region's own people, and people insured elsewhere (异地), whose settlement
 * goes through the national centre and takes longer (protocols/insurance.md C.4).
 */
import type { InsuranceRules } from '../region/profile.ts';

/** Where the profile does not say. */
const OFF_SITE_SETTLE_MS = 120_000;

export function settleLimitMs({ settleMs, offSiteSettleMs }: InsuranceRules['timeouts'], offSite: boolean): number {
  return offSite ? Math.max(settleMs, offSiteSettleMs ?? OFF_SITE_SETTLE_MS) : settleMs;
}

/** The first four digits of an area are province and city; an area that is not known yet counts as ours. */
export function isOffSite(insuredArea: string, areaCode: string): boolean {
  return insuredArea !== '' && insuredArea.slice(0, 4) !== areaCode.slice(0, 4);
}
