/**
 * The region pack: a folder with `profile.json`, the rules of the place, and `signatures.json` (pack-signatures.ts).
 *
 * One promise: a profile leaves this file only when two people of different duties have signed these very bytes.
 */
import { join } from 'node:path';
import { mustBeSigned, PackRefusedError, readIfThere, SIGNATURES_FILE, type Trust } from './pack-signatures.ts';
import type { RegionProfile } from './profile.ts';
import { ProfileError, parseProfileBytes } from './profile-schema.ts';

export const PROFILE_FILE = 'profile.json';
/** The price list in its own folder beside the packs; firmware/catalogue reads it. */
export const PRICES_FILE = 'prices.jsonl';

/**
 * @param signatures Content of signatures.json; `undefined` when there is none.
 * @throws PackRefusedError
 */
export function verifyPack(profile: Uint8Array, signatures: Uint8Array | undefined, trust: Trust): RegionProfile {
  mustBeSigned('region', profile, signatures, trust);
  try {
    return parseProfileBytes(profile);
  } catch (error) {
    if (error instanceof ProfileError) throw new PackRefusedError('badForm', error.troubles.join('; '));
    throw error;
  }
}

/** @throws PackRefusedError */
export function loadProfile(packFolder: string, trust: Trust): RegionProfile {
  const profile = readIfThere(join(packFolder, PROFILE_FILE));
  if (profile === undefined) throw new PackRefusedError('unreadable');
  return verifyPack(profile, readIfThere(join(packFolder, SIGNATURES_FILE)), trust);
}
