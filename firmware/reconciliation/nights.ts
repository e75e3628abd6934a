/** What a kiosk does when nobody is there: compares the days that are over, and reads its own books through. */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Notices } from '../journeys/notices.ts';
import type { Store } from '../ports.ts';
import { nightCheck } from './night-check.ts';
import { startNightShift } from './night-shift.ts';
import { openReconciliation } from './open-reconciliation.ts';

interface Nights extends Omit<Parameters<typeof openReconciliation>[0], 'onDifference'> {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly notices: Notices;
  readonly busy: () => boolean;
}

export function nightsOf({ audit, notices, busy, ...parts }: Nights) {
  const { store, sealingKey, clock, config } = parts;
  const reconciliation = openReconciliation({
    ...parts,
    onDifference: ({ number: difference, name: reason, state, settlement }) =>
      audit.write('reconciliation.differs', { difference, reason, state, ...(settlement && { settlement }) }),
  });
  const nightShift = startNightShift({
    ...{ reconciliation, clock, busy },
    spreadMs: (config.insurance.messageSequence.first % 600) * 1_000,
    check: nightCheck({ store, sealingKey, clock, audit, notices }),
    onRan: ({ ran }) => audit.write('reconciliation.ran', { state: ran ? 'compared' : 'nobodyAnswered' }),
    onThrew: () => audit.write('reconciliation.failed', { reason: 'unexpected' }),
  });
  return { reconciliation, nightShift };
}
