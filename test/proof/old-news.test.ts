/** Found by the soak: answers that were on their way before the truth was known contradict nothing. */
import { expect, test } from 'vitest';
import type { Found } from '../../firmware/settlement/facts.ts';
import { openLedgerOn } from '../../firmware/settlement/ledger.ts';
import { MemoryJournal } from '../../hardware-sim/proof/memory-journal.ts';
import { orderFor } from '../../hardware-sim/proof/order-maker.ts';
import { kiosk, seededRandom } from '../firmware/settlement/bench-order.ts';
import { ManualClock } from '../support/manual-clock.ts';

const order = orderFor({
  ...{ flow: 'outpatient', billId: 'bil_1', visitId: 'bil_1', version: '1', plan: 'payThenSettle', collect: 'card' },
  ...{ isInsured: true, totalFen: 10_000, ownFen: 900, isOffSite: false, payOrderLifeMs: 60_000, paidBeforeFen: 0 },
  ...{ former: null, returns: [] },
});
const discharge = orderFor({
  ...{ flow: 'discharge', billId: 'bil_2', visitId: 'bil_2', version: '1', plan: 'payThenSettle', collect: 'code' },
  ...{ isInsured: true, totalFen: 10_000, ownFen: 900, isOffSite: false, payOrderLifeMs: 60_000, paidBeforeFen: 2_000 },
  former: null,
  returns: [
    { orderNumber: 'pay_a', refundNumber: 'ret_a', amountFen: 1_000, mostFen: 1_000, by: 'card' },
    { orderNumber: 'pay_b', refundNumber: 'ret_b', amountFen: 100, mostFen: 1_000, by: 'code' },
  ],
});

function begin(given: typeof order) {
  const clock = new ManualClock();
  const ledger = openLedgerOn(() => new MemoryJournal(), { random: seededRandom(5), clock });
  ledger.resume(kiosk);
  const { number } = ledger.begin(given).status;
  const report = (found: Found) => ledger.report(number, found);
  report({ step: 'hospital.lock', attempt: 1, finding: { verdict: 'ok', value: null } });
  /** What waited for its pace is called. */
  const later = async () => {
    await clock.pass(5_000);
    return ledger.wake(number);
  };
  return { ledger, number, report, later };
}

/** The charge was not answered in time, a question went out, the charge's own "paid" came, then the question's answer. */
test('"not found" by a question that was asked before the charge arrived is no contradiction', () => {
  const { ledger, number, report } = begin(order);
  const paid = { verdict: 'ok', value: { state: 'paid', paidFen: 900, route: 'card' } } as const;
  const asked = report({
    ...{ step: 'pay.charge', attempt: 1 },
    finding: { verdict: 'unknown', detail: 'no answer in time' },
  });
  expect(asked.action).toMatchObject({ do: 'call', call: { step: 'pay.query' } });
  ledger.late(number, { step: 'pay.charge', attempt: 1, finding: paid });
  const notFound = { verdict: 'ok', value: { state: 'notFound', paidFen: 0, route: null } } as const;
  const answered = report({ step: 'pay.query', attempt: 0, finding: notFound });
  expect(answered.action).toMatchObject({ do: 'call', call: { step: 'ins.settle' } });
});

/** Two ways back: the first was not answered, then said to have failed; the second is on its way. */
async function confirmed() {
  const begun = begin(discharge);
  const { report, later } = begun;
  const centre = { settlementId: 'S3', settledAt: '2026-01-01 09:00:00', messageId: 'M', amounts: discharge.agreed };
  report({ step: 'ins.settle', attempt: 1, finding: { verdict: 'ok', value: centre } });
  const receipt = { receiptNumber: 'R1', nextStep: '3 楼 5 号取药' };
  report({ step: 'hospital.confirm', attempt: 1, finding: { verdict: 'ok', value: receipt } });
  const charged = { verdict: 'ok', value: { state: 'paid', paidFen: 1_000, route: 'card' } } as const;
  report({ step: 'pay.returnQuery', attempt: 0, leg: 0, finding: charged });
  report({ step: 'pay.return', attempt: 1, leg: 0, finding: { verdict: 'unknown', detail: 'no answer in time' } });
  await later();
  const failed = { verdict: 'ok', value: { state: 'failed' } } as const;
  report({ step: 'pay.returnState', attempt: 0, leg: 0, finding: failed });
  await later();
  report({ step: 'pay.returnQuery', attempt: 0, leg: 1, finding: charged });
  return begun;
}

test('that a way back was pending once says nothing against its having failed', async () => {
  const { ledger, number } = await confirmed();
  const late = ledger.late(number, {
    ...{ step: 'pay.return', attempt: 1, leg: 0 },
    finding: { verdict: 'ok', value: { state: 'pending' } },
  });
  expect(late.status.view.state).toBe('settled');
  expect(ledger.money(number)?.caseNumber).toBeUndefined();
});

test('a way back that was done after all is a case for a person; the bill stays settled on the screen', async () => {
  const { ledger, number } = await confirmed();
  const late = ledger.late(number, {
    ...{ step: 'pay.return', attempt: 1, leg: 0 },
    finding: { verdict: 'ok', value: { state: 'refunded' } },
  });
  expect(late.status.view.state).toBe('settled');
  expect(ledger.money(number)).toMatchObject({ word: 'withPerson', caseNumber: expect.stringContaining('case_') });
});

test('[part of SZ-284b] a settled bill whose way back a person must go on with is uploaded all the same', async () => {
  const { ledger, number } = await confirmed();
  ledger.late(number, {
    ...{ step: 'pay.return', attempt: 1, leg: 0 },
    finding: { verdict: 'ok', value: { state: 'refunded' } },
  });
  const keys = (ledger.outbox({ ask: 'waiting', args: [100] }) as readonly { readonly key: string }[]).map(
    ({ key }) => key,
  );
  expect(keys).toContain(`${number} settlementList`);
  expect(keys).toContain(`${number} totals`);
});
