/** Found by the soak: a refused 2208 was believed while an earlier copy of it was still on its way; another kiosk's was taken for our own. */
import { expect, test } from 'vitest';
import type { Found } from '../../firmware/settlement/facts.ts';
import { openLedgerOn } from '../../firmware/settlement/ledger.ts';
import { MemoryJournal } from '../../hardware-sim/proof/memory-journal.ts';
import { orderFor } from '../../hardware-sim/proof/order-maker.ts';
import { kiosk, seededRandom } from '../firmware/settlement/bench-order.ts';
import { ManualClock } from '../support/manual-clock.ts';

/** A whole refund: nothing is kept, nothing was paid in cash. */
const order = orderFor({
  flow: 'refund',
  billId: 'bil_1r',
  visitId: 'bil_1',
  version: '1',
  plan: 'payThenSettle',
  collect: 'code',
  isInsured: false,
  totalFen: 0,
  ownFen: 0,
  isOffSite: false,
  payOrderLifeMs: 60_000,
  paidBeforeFen: 0,
  former: { settlementNumber: 'set_aaaaaaaaaaaa', settlementId: 'S1' },
  returns: [],
});

/** The first 2208 was not answered, the second was refused. */
async function refusedOnce() {
  const clock = new ManualClock();
  const ledger = openLedgerOn(() => new MemoryJournal(), { random: seededRandom(5), clock });
  ledger.resume(kiosk);
  const { number } = ledger.begin(order).status;
  const report = (found: Found) => ledger.report(number, found);
  const counts = { verdict: 'ok', value: { state: 'counts' } } as const;
  report({ step: 'hospital.lock', attempt: 1, finding: { verdict: 'ok', value: null } });
  report({ step: 'ins.findFormer', attempt: 0, finding: counts });
  report({ step: 'ins.undo', attempt: 1, finding: { verdict: 'unknown', detail: 'time-out' } });
  await clock.pass(2_000);
  ledger.wake(number);
  report({ step: 'ins.findFormer', attempt: 0, finding: counts });
  await clock.pass(2_000);
  ledger.wake(number);
  const refusal = { verdict: 'fail', reason: 'infcode -1', detail: 'no' } as const;
  const refused = report({ step: 'ins.undo', attempt: 2, finding: refusal });
  return { clock, ledger, number, report, refused, counts };
}

test('a refusal is not believed before the copy that was not answered is dead', async () => {
  const { clock, ledger, number, refused } = await refusedOnce();
  expect(refused.action).toMatchObject({ do: 'wait', waiting: 'quarantine' });
  expect(refused.status.view.state).toBe('resolving');
  await clock.pass(120_000);
  expect(ledger.wake(number).action).toMatchObject({ do: 'call', call: { step: 'ins.findFormer' } });
});

test('what that copy did in the meantime is found, and the refund goes on', async () => {
  const { clock, ledger, number, report } = await refusedOnce();
  await clock.pass(120_000);
  ledger.wake(number);
  const voided = { verdict: 'ok', value: { state: 'voided' } } as const;
  const found = report({ step: 'ins.findFormer', attempt: 0, finding: voided });
  expect(found.action).toMatchObject({ do: 'call', call: { step: 'hospital.confirm' } });
});

test('a settlement that still counts then is left as it is', async () => {
  const { clock, ledger, number, report, counts } = await refusedOnce();
  await clock.pass(120_000);
  ledger.wake(number);
  const kept = report({ step: 'ins.findFormer', attempt: 0, finding: counts });
  expect(kept.status.view).toMatchObject({ state: 'notSettled', reason: 'insuranceRefused' });
});

test('a refusal of the only copy, and a settlement that is void all the same: somebody else has undone it, a person looks', async () => {
  const clock = new ManualClock();
  const ledger = openLedgerOn(() => new MemoryJournal(), { random: seededRandom(5), clock });
  ledger.resume(kiosk);
  const { number } = ledger.begin(order).status;
  const report = (found: Found) => ledger.report(number, found);
  report({ step: 'hospital.lock', attempt: 1, finding: { verdict: 'ok', value: null } });
  report({ step: 'ins.findFormer', attempt: 0, finding: { verdict: 'ok', value: { state: 'counts' } } });
  report({ step: 'ins.undo', attempt: 1, finding: { verdict: 'fail', reason: 'infcode -1', detail: 'no' } });
  await clock.pass(2_000);
  ledger.wake(number);
  const voided = { verdict: 'ok', value: { state: 'voided' } } as const;
  const found = report({ step: 'ins.findFormer', attempt: 0, finding: voided });
  expect(found.status.view).toMatchObject({ state: 'handedToPerson', reason: 'insuranceContradicts' });
});
