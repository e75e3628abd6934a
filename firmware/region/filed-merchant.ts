/**
 * Whose account the patients' money goes to (收款商户号), as two people have signed it for this hospital.
 *
 * One promise: where the region's pack names the accounts, no yuan is ever asked for into another one (不得另设自付账号);
 * changing it needs a new filing and a newly signed pack, not an edit of the site file.
 */
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { RegionProfile } from './profile.ts';

export class MerchantNotFiledError extends Error {
  override readonly name = 'MerchantNotFiledError';
}

/** The same profile. @throws MerchantNotFiledError */
export function filedFor(
  { hospital, paymentGateway }: Pick<KioskConfig, 'hospital' | 'paymentGateway'>,
  profile: RegionProfile,
): RegionProfile {
  const { merchants } = profile.money;
  if (!merchants) return profile;
  const filed = merchants.filter(({ institutionCode }) => institutionCode === hospital.institutionCode);
  if (filed.length === 0) {
    throw new MerchantNotFiledError(`The signed region pack names no account for ${hospital.institutionCode}.`);
  }
  if (filed.some(({ merchantId }) => merchantId === paymentGateway.merchantId)) return profile;
  throw new MerchantNotFiledError('The site file names another account than the signed region pack.');
}
