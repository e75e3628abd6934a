/** What a kiosk of the proof is made of. */
import type { RandomSource } from '../../firmware/ports.ts';
import type { openLedgerOn } from '../../firmware/settlement/ledger.ts';
import type { LedgerFacts } from '../../firmware/settlement/settlement-ledger.ts';
import type { SettlementStatus } from '../../firmware/settlement/settlements.ts';
import type { KioskDisk } from './kiosk-disk.ts';
import type { SettlementRecord } from './settlement-record.ts';
import type { Site } from './site.ts';

/** What of a settlement only the order's maker knows. */
export type Begun = Pick<SettlementRecord, 'visitId' | 'differsByFen' | 'cutsAnewFen'>;

export interface KioskParts {
  readonly site: Site;
  readonly name: string;
  readonly disk: KioskDisk;
  readonly facts: LedgerFacts;
  readonly random: RandomSource;
  /** Production's own when absent; the crash proof listens to it and plays it back. */
  readonly openLedger?: typeof openLedgerOn;
  /** Unix ms at the beginning of virtual time. */
  readonly epochMs: number;
  /** What a settlement of this bill is, for one whose begin was cut off. */
  readonly begunAs: (billId: string) => Begun;
  /** Something new is said of a settlement: patients and paper live by it. */
  readonly onSaid: (record: SettlementRecord, status: SettlementStatus, before: string | undefined) => void;
}
