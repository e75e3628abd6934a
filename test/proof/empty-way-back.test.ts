/** Found by the soak: a way back that had nothing to carry when it was rehearsed stayed shut when the split changed. */
import { expect, test } from 'vitest';
import type { Found } from '../../firmware/settlement/facts.ts';
import { openLedgerOn } from '../../firmware/settlement/ledger.ts';
import { MemoryJournal } from '../../hardware-sim/proof/memory-journal.ts';
import { orderFor } from '../../hardware-sim/proof/order-maker.ts';
import { kiosk, seededRandom } from '../firmware/settlement/bench-order.ts';
import { ManualClock } from '../support/manual-clock.ts';

/** Own part 9 before and, as rehearsed, 9 after. */
const order = orderFor({
  flow: 'refund',
  billId: 'bil_1r',
  visitId: 'bil_1',
  version: '1',
  plan: 'payThenSettle',
  collect: 'code',
  isInsured: true,
  totalFen: 1_116,
  ownFen: 9,
  isOffSite: false,
  payOrderLifeMs: 60_000,
  paidBeforeFen: 9,
  former: { settlementNumber: 'set_aaaaaaaaaaaa', settlementId: 'S1' },
  returns: [{ orderNumber: 'pay_a', refundNumber: 'ret_a', amountFen: 0, mostFen: 9, by: 'card' }],
});

test('one fen that undoing frees goes back by the way that was empty before', () => {
  const ledger = openLedgerOn(() => new MemoryJournal(), { random: seededRandom(5), clock: new ManualClock() });
  ledger.resume(kiosk);
  const { number } = ledger.begin(order).status;
  const report = (found: Found) => ledger.report(number, found);
  report({ step: 'hospital.lock', attempt: 1, finding: { verdict: 'ok', value: null } });
  report({ step: 'ins.findFormer', attempt: 0, finding: { verdict: 'ok', value: { state: 'counts' } } });
  report({ step: 'ins.undo', attempt: 1, finding: { verdict: 'ok', value: { settlementId: 'S2' } } });
  const amounts = { ...order.agreed, ownFen: 8, personFen: order.agreed.personFen - 1 };
  const freed = { ...amounts, fundFen: amounts.fundFen + 1, basicFundFen: amounts.basicFundFen + 1 };
  report({ step: 'ins.prepare', attempt: 1, finding: { verdict: 'ok', value: freed } });
  const centre = { settlementId: 'S3', settledAt: '2026-01-01 09:00:00', messageId: 'M', amounts: freed };
  report({ step: 'ins.settle', attempt: 1, finding: { verdict: 'ok', value: centre } });
  const confirmed = report({
    ...{ step: 'hospital.confirm', attempt: 1 },
    finding: { verdict: 'ok', value: { receiptNumber: 'R1', nextStep: '3 楼 5 号取药' } },
  });
  expect(ledger.money(number)?.word).toBe('goingBack');
  expect(confirmed.action).toMatchObject({ do: 'call', call: { step: 'pay.returnQuery', orderNumber: 'pay_a' } });
  report({
    step: 'pay.returnQuery',
    attempt: 0,
    leg: 0,
    finding: { verdict: 'ok', value: { state: 'paid', paidFen: 9, route: 'card' } },
  });
  const back = report({
    ...{ step: 'pay.return', attempt: 1, leg: 0 },
    finding: { verdict: 'ok', value: { state: 'refunded' } },
  });
  expect(back.status.view).toMatchObject({ state: 'settled', returns: [{ amountFen: 1, state: 'done' }] });
});
