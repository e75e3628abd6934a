/** Builds reconciliation from what a kiosk has: its database, its key, its lines to the parties, its place. */
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { NationalInsurancePlatform } from '../insurance/national-platform.ts';
import type { Clock, Store } from '../ports.ts';
import type { RegionProfile } from '../region/profile.ts';
import { Journal } from '../settlement/journal.ts';
import { Seal } from '../settlement/seal.ts';
import type { ChannelFiles, HospitalDays } from './books-of-others.ts';
import type { Difference } from './difference.ts';
import { Reconciliation } from './reconciliation.ts';

export interface ReconciliationParts {
  /** `kiosk.db`, beside the ledger's own connection. */
  readonly store: Store;
  readonly sealingKey: Uint8Array;
  readonly insurance: Pick<NationalInsurancePlatform, 'statements' | 'reverse'>;
  readonly hospital: HospitalDays;
  readonly payment: ChannelFiles;
  readonly clock: Clock;
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly onDifference?: (difference: Difference) => void;
}

export function openReconciliation(parts: ReconciliationParts): Reconciliation {
  const { store, sealingKey, insurance, hospital, payment, clock, config, profile, onDifference } = parts;
  const seal = new Seal(sealingKey);
  let journal: Journal | undefined;
  return new Reconciliation({
    ...{ store, seal, hospital, payment, clock },
    // The ledger makes the journal's tables; by the first night they are there.
    journal: () => (journal ??= new Journal(store, seal)),
    statements: insurance.statements,
    platform: insurance,
    site: {
      areaCode: config.hospital.areaCode,
      messageSequence: config.insurance.messageSequence,
      insuranceTypes: profile.insurance.insuranceTypes,
    },
    ...(onDifference && { onDifference }),
  });
}
