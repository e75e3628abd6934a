/**
 * The night's reading of the journal and the outbox, and whom it tells.
 *
 * One promise: what is found damaged is told under one number, once, to the hospital's staff and to the authority; the
 * kiosk goes on, for what it settles now is checked on its own.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Notices } from '../journeys/notices.ts';
import type { Clock, Store } from '../ports.ts';
import { checkBooks } from '../settlement/night-check.ts';
import { Seal } from '../settlement/seal.ts';

export interface NightCheckParts {
  /** `kiosk.db`, beside the ledger's own connection. */
  readonly store: Store;
  readonly sealingKey: Uint8Array;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly notices: Notices;
}

export function nightCheck({ store, sealingKey, clock, audit, notices }: NightCheckParts): () => Promise<void> {
  const seal = new Seal(sealingKey);
  const pause = (): Promise<void> => new Promise((resolve) => void clock.timer(0, resolve));
  return async () => {
    const verdict = await checkBooks(store, seal, pause);
    if (verdict.ok) {
      audit.write('journal.checked', { count: verdict.entries + verdict.uploads });
      return;
    }
    const { where, at, reason } = verdict;
    audit.write('journal.damaged', { kind: where, count: at, reason });
    const number = `chk_${where}_${at}`;
    void notices.staffTask(number, 'journalDamaged', { where, at, reason });
    notices.authorityAlarm(number, 'high', { where, at, reason });
  };
}
