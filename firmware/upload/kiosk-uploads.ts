/**
 * The uploads of a kiosk: its line watch, its desks and its drain, put together for `kiosk.ts`.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { HospitalGateway } from '../hospital/hospital-gateway.ts';
import type { InsurancePlatform } from '../insurance/insurance-platform.ts';
import type { InsuranceUploads } from '../insurance/insurance-uploads.ts';
import type { Clock } from '../ports.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { SettlementLedger } from '../settlement/settlement-ledger.ts';
import { DispensingWatch } from './dispensing-watch.ts';
import { eventsDesk, invoiceDesk } from './hospital-desk.ts';
import { insuranceDesk } from './insurance-desk.ts';
import type { LineWatch } from './line-watch.ts';
import { uploadRules } from './upload-rules.ts';
import { Uploads } from './uploads.ts';

export interface KioskUploadsOptions {
  readonly ledger: SettlementLedger;
  readonly insurance: InsurancePlatform & { readonly uploads: InsuranceUploads };
  readonly hospital: HospitalGateway;
  readonly line: LineWatch;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly newId: (prefix: string) => string;
  readonly onStopped: (error: Error) => void;
}

const EVENTS_AT_ONCE = 50;

export interface KioskUploads {
  readonly uploads: Uploads;
  start(): Promise<void>;
  close(): void;
}

export function kioskUploads(options: KioskUploadsOptions): KioskUploads {
  const { ledger, insurance, hospital, line, clock, audit, config, profile, newId, onStopped } = options;
  const rules = uploadRules(profile);
  const uploads = new Uploads({
    ...{ ledger, line, clock, audit, newId, rules, onStopped },
    desks: {
      hospital: eventsDesk(hospital, EVENTS_AT_ONCE),
      insurance: insuranceDesk(insurance),
      invoice: invoiceDesk(hospital),
      // The kiosk has one link: the hospital passes the authority's messages on.
      authority: eventsDesk(hospital, 1),
    },
    kioskId: config.kioskId,
    institutionCode: config.hospital.institutionCode,
    authorityPhone: profile.texts.insurancePhone,
    retentionYears: profile.retentionYears,
  });
  const dispensing =
    rules.traceCodes === 'atDispensing'
      ? new DispensingWatch({
          hospital,
          clock,
          waiting: async () => (await uploads.coverage('traceCodes')).heldForContent > 0,
          complete: (key, changed) => uploads.complete(key, changed),
        })
      : undefined;
  let closed = false;
  return {
    uploads,
    start: async () => {
      await uploads.start();
      if (!closed) dispensing?.start();
    },
    close: () => {
      closed = true;
      dispensing?.close();
      uploads.close();
    },
  };
}
