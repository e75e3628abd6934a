/**
 * What a kiosk is built from, and what it is to whoever built it.
 *
 * Two doors ask for the same: production and the simulator.
 */

import type { AuditTrail } from './audit/audit-trail.ts';
import type { QueueHall } from './calling/queue-hall.ts';
import type { PriceChoice, PriceRoom } from './catalogue/price-room.ts';
import type { KioskConfig } from './config/kiosk-config.ts';
import type { PlatformCalendar } from './insurance/platform-calendar.ts';
import type { KioskDevices } from './kiosk-devices.ts';
import type { World } from './ports.ts';
import type { ReasonId } from './reasons.ts';
import type { Reconciliation } from './reconciliation/reconciliation.ts';
import type { Trust } from './region/pack-signatures.ts';
import type { RulePackState } from './region/rule-pack-watch.ts';
import type { ScreenHub } from './screen/screen-hub.ts';
import type { PathReport } from './self-test/paths.ts';
import type { PresenceSensor } from './session/presence.ts';
import type { LedgerChoice } from './settlement/chosen-ledger.ts';
import type { Settlements } from './settlement/settlements.ts';
import type { LineWatch } from './upload/line-watch.ts';
import type { Uploads } from './upload/uploads.ts';
import type { HeadsetSpeech } from './voice/open-headset.ts';

export interface KioskOptions {
  readonly world: World;
  readonly config: KioskConfig;
  /** The region's rules as they lie in the data folder; they are verified here, always. */
  readonly pack: { readonly profile: Uint8Array; readonly signatures: Uint8Array | undefined };
  /** The rule pack beside it: published prices and rules. */
  readonly rulePack: { readonly rules: Uint8Array; readonly signatures: Uint8Array | undefined };
  /** Where price lists are put down; without it the rule pack's prices hold and none are shown. */
  readonly prices?: PriceChoice | undefined;
  readonly trust: Trust;
  /** 32 bytes that never leave the device. */
  readonly sealingKey: Uint8Array;
  /** Core and store of the money: in this thread on the world's store, in a worker on this database file, or open. */
  readonly ledger: LedgerChoice;
  /** Whose clock an open ledger stamps with; the kiosk's own when absent. */
  readonly calendar?: PlatformCalendar;
  /** The ledger no longer knows what is on the disk: the process must end and start again. */
  readonly onLedgerStopped: (error: Error) => void;
  /** `mac` and `ip` of the sign-in (9001); the unspecified addresses when absent. */
  readonly terminal?: { readonly macAddress: string; readonly ipAddress: string };
  /** The presence sensor; the cabinet's own when absent, and none where there is no cabinet. */
  readonly presenceSensor?: PresenceSensor;
  /** Who makes the speech for the headset and who plays it; espeak-ng and its own sound device when absent. */
  readonly speech?: HeadsetSpeech | undefined;
  /** The word with which each session ended. */
  readonly onSessionEnded?: (end: string) => void;
}

export interface Kiosk {
  readonly screen: ScreenHub;
  readonly settlements: Settlements;
  readonly reconciliation: Reconciliation;
  readonly audit: AuditTrail;
  readonly devices: KioskDevices;
  /** The hall's displays and voice as one; nothing where the map names none. */
  readonly hall: QueueHall;
  /** Edition and age of the rule pack in force (Y3-20b). */
  readonly rulePack: () => RulePackState;
  /** The published prices and their age; `undefined` where none are ever taken. */
  readonly prices: PriceRoom | undefined;
  /** Age of what the centre said of institution, departments and doctors, ms (SZ-277). */
  readonly standings: () => ReadonlyMap<string, number>;
  readonly uploads: Uploads;
  /** Whether the insurance line answers. */
  readonly insuranceLine: LineWatch;
  /** Asks the payment broker and the insurance platform's decoder whether they answer (SZ-268a). */
  readonly testPaths: () => Promise<readonly PathReport[]>;
  /** Resolves when the home screen is open to patients. */
  readonly serving: Promise<void>;
  /** Whoever is there is let go, nobody else is received, and the screen says why. */
  goOutOfService(reason: ReasonId): Promise<void>;
  stop(): Promise<void>;
}
