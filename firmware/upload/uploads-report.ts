/**
 * What a data folder says about its uploads, read beside a running kiosk: what waits with its age, and the proof of
 * what was delivered after each fault (SZ-284b). Rows are read without their sealed parts.
 */
import { AuditTrail } from '../audit/audit-trail.ts';
import type { Clock, Store } from '../ports.ts';
import { JOURNAL_VERSION } from '../settlement/journal-schema.ts';
import { SqlOutbox } from '../settlement/outbox.ts';
import type { LaneState, RowView } from '../settlement/outbox-rows.ts';
import { Seal } from '../settlement/seal.ts';

export interface DeliveryStatement {
  readonly fault: string;
  readonly count: number;
  readonly held: number;
  readonly firstMs?: number;
  readonly lastMs?: number;
  readonly digest: string;
  readonly state: string;
  readonly saidMs: number;
}

export interface UploadsReport {
  readonly lanes: readonly LaneState[];
  readonly rows: readonly (RowView & { readonly ageMs: number })[];
  readonly delivered: readonly DeliveryStatement[];
  readonly auditHolds: boolean;
  /** Something waits for a person, or longer than a day, or the audit chain is broken. */
  readonly trouble: boolean;
}

const DAY_MS = 86_400_000;

/** `undefined` when the file is of another edition. */
export function uploadsReport(store: Store, clock: Clock, limit: number): UploadsReport | undefined {
  if (Number(store.get('PRAGMA user_version')?.['user_version']) !== JOURNAL_VERSION) return undefined;
  // No sealed part is opened here, so any key does.
  const outbox = new SqlOutbox(store, new Seal(new Uint8Array(32)));
  const audit = new AuditTrail(store, clock);
  const nowMs = clock.wallMs();
  const lanes = outbox.state();
  const rows = outbox.waiting(limit).map((row) => ({ ...row, ageMs: Math.max(0, nowMs - row.madeMs) }));
  const statements = audit.entries().filter(({ event }) => event === 'upload.delivered');
  const delivered = statements.map(({ fields, wallMs }): DeliveryStatement => {
    return { ...(JSON.parse(fields) as Omit<DeliveryStatement, 'saidMs'>), saidMs: wallMs };
  });
  const auditHolds = audit.verify().ok;
  const late = rows.some(({ ageMs, hold }) => hold === 'person' || (hold === undefined && ageMs > DAY_MS));
  return { lanes, rows, delivered, auditHolds, trouble: late || !auditHolds };
}
