/** Found by the soak: a second copy of a reversal took away a settlement that had been adopted meanwhile. */
import { expect, test } from 'vitest';
import { openLedgerOn } from '../../firmware/settlement/ledger.ts';
import { MemoryJournal } from '../../hardware-sim/proof/memory-journal.ts';
import { kiosk, orderFor, seededRandom } from '../firmware/settlement/bench-order.ts';
import { ManualClock } from '../support/manual-clock.ts';

const order = orderFor(4_000, 'settleThenPay');
const messageIdOf = (action: unknown): string => (action as { call: { messageId: string } }).call.messageId;

/** A 2207 without an answer, looked for in vain, and reversed: "not found". */
async function notFoundByReversal() {
  const clock = new ManualClock();
  const ledger = openLedgerOn(() => new MemoryJournal(), { random: seededRandom(5), clock });
  ledger.resume(kiosk);
  const { number } = ledger.begin(order).status;
  const asked = ledger.report(number, { step: 'hospital.lock', attempt: 1, finding: { verdict: 'ok', value: null } });
  const messageId = messageIdOf(asked.action);
  ledger.report(number, { step: 'ins.settle', attempt: 1, finding: { verdict: 'unknown', detail: 'time-out' } });
  ledger.report(number, { step: 'ins.find', attempt: 0, finding: { verdict: 'ok', value: { centre: null } } });
  const notFound = { verdict: 'ok', value: { reversed: 'notFound' } } as const;
  ledger.report(number, { step: 'ins.reverse', attempt: 1, finding: notFound });
  const centre = { settlementId: 'S1', settledAt: '2026-11-22 09:00:00', messageId, amounts: order.agreed };
  return { ledger, number, clock, centre };
}

test('a late 2207 is not adopted once a reversal was sent: a second copy of that may still come', async () => {
  const { ledger, number, clock, centre } = await notFoundByReversal();
  const late = ledger.late(number, { step: 'ins.settle', attempt: 1, finding: { verdict: 'ok', value: centre } });
  expect(late.status.view.state).toBe('resolving');
  await clock.pass(120_000);
  const { action } = ledger.wake(number);
  expect(action).toMatchObject({ do: 'call', call: { step: 'ins.reverse', messageId: centre.messageId } });
  const reversed = { verdict: 'ok', value: { reversed: 'reversed' } } as const;
  const after = ledger.report(number, { step: 'ins.reverse', attempt: 2, finding: reversed });
  expect(after.status.view.state).not.toBe('settled');
});
