/** Bills of every flow through the production desk, then the next morning: each leaves the lines that others have. */
import { describe, expect, test } from 'vitest';
import { forecastRefund } from '../../../firmware/journeys/forecast-refund.ts';
import { insuredOrder, keptBatch, refundOrder, selfPayOrder } from '../../../firmware/journeys/orders.ts';
import { openReconciliation } from '../../../firmware/reconciliation/open-reconciliation.ts';
import { ownExpense } from '../../../firmware/settlement/own-expense.ts';
import { config, profile } from '../kiosk-fixture.ts';
import { sealingKey } from '../settlement/bench-order.ts';
import { hallOfParties, ok } from '../settlement/hall-of-parties.ts';

type Hall = ReturnType<typeof hallOfParties>;

async function settledBill(hall: Hall, key: string, kind: Parameters<Hall['parties']['hospital']['addBill']>[1]) {
  const billId = hall.parties.hospital.addBill(key, kind);
  const { person, ask } = await hall.someone(key);
  const bill = (await ok(hall.hospital.openBills(person))).find((one) => one.billId === billId);
  if (!bill?.uploaded) throw new Error('no uploaded bill');
  const { visitId, chargeBatch } = bill.uploaded;
  const question = ask(visitId, { chargeBatch, totalFen: bill.totalFen, medicalType: bill.medicalType });
  const agreed = await ok(hall.insurance.preSettle(question));
  const status = await hall.settle(key, insuredOrder(hall.frame, bill, { question, agreed }));
  return { bill, ask, number: status.number };
}

async function approvedRefund(hall: Hall, settlementNumber: string, lineNumbers: readonly string[] | 'all') {
  const approval = await ok(hall.hospital.requestRefund({ settlementNumber, lineNumbers, reason: 'notDone' }));
  if (approval.state !== 'approved') throw new Error(JSON.stringify(approval));
  return approval.bill;
}

/** Noon of the next day: every book is there. */
async function nextDay(hall: Hall) {
  const { store, insurance, hospital, payment, clock } = hall;
  const site = { ...config, insurance: { ...config.insurance, messageSequence: { first: 100, last: 199 } } };
  const reconciliation = openReconciliation({
    ...{ store, sealingKey, insurance, hospital, payment, clock },
    config: site,
    profile: profile(),
  });
  await clock.pass(27 * 3_600_000);
  const night = reconciliation.runDue();
  let ended = false;
  night.then(
    () => {
      ended = true;
    },
    () => {
      ended = true;
    },
  );
  for (let turn = 0; turn < 2_000 && !ended; turn += 1) await clock.pass(1);
  const outcome = await night;
  if (!outcome.ran) throw new Error(outcome.why);
  return { reconciliation, days: outcome.days.map(({ date, state, differences }) => ({ date, state, differences })) };
}

const CLOSED = [
  { date: '2026-11-21', state: 'closed', differences: [] },
  { date: '2026-11-22', state: 'closed', differences: [] },
];

describe('the day after', () => {
  test('a refund of some lines: the old claim, its void, the new one and the money back stand in every book', async () => {
    const hall = hallOfParties();
    const first = await settledBill(hall, 'zhang', 'severalLines');
    const bill = await approvedRefund(hall, first.number, [first.bill.lines[1]?.lineNumber ?? '']);
    const visitId = bill.refund.former.centre?.visitId ?? '';
    const { totalFen, medicalType } = bill;
    const question = first.ask(visitId, { chargeBatch: keptBatch(bill), totalFen, medicalType });
    const { kept } = forecastRefund(bill, first.bill.lines);
    const { number } = await hall.settle('zhang', refundOrder(hall.frame, bill, { question, kept }));
    const { days, reconciliation } = await nextDay(hall);
    expect(days).toEqual(CLOSED);
    const lines = reconciliation.book.ofSettlement(number);
    const kinds = lines.map((line) => (line.kind === 'claim' && line.reversal ? 'void' : line.kind));
    expect(kinds).toEqual(expect.arrayContaining(['bill', 'claim', 'void']));
  });

  test('a refund of the whole leaves a claim, its void and a charge with its refund', async () => {
    const hall = hallOfParties();
    const first = await settledBill(hall, 'zhang', 'traceMissing');
    const bill = await approvedRefund(hall, first.number, 'all');
    const question = first.ask(bill.refund.former.centre?.visitId ?? '', { totalFen: 0 });
    await hall.settle('zhang', refundOrder(hall.frame, bill, { question, kept: ownExpense(0) }));
    const { days, reconciliation } = await nextDay(hall);
    expect(days).toEqual(CLOSED);
    const totals = reconciliation.view('2026-11-22')?.totals.find(({ party }) => party === 'centre');
    expect(totals?.theirs).toEqual({ totalFen: 0, fundFen: 0, accountFen: 0, ownFen: 0 });
  });

  test('a bill at own expense is in the hospital’s and the channel’s books and not in the centre’s', async () => {
    const hall = hallOfParties();
    const billId = hall.parties.hospital.addBill('zhang', 'small');
    const { person } = await hall.someone('zhang');
    const bill = (await ok(hall.hospital.openBills(person))).find((one) => one.billId === billId);
    if (!bill) throw new Error('no bill');
    await hall.settle('zhang', selfPayOrder(hall.frame, bill));
    const { days, reconciliation } = await nextDay(hall);
    expect(days).toEqual(CLOSED);
    expect(
      reconciliation.view('2026-11-22')?.totals.map(({ party, ours }) => [party, ours.totalFen, ours.ownFen]),
    ).toEqual([
      ['centre', 0, 0],
      ['hospital', bill.totalFen, bill.totalFen],
      ['channel wechat', 0, bill.totalFen],
      ['channel alipay', 0, 0],
      ['channel unionPay', 0, 0],
      ['channel card', 0, 0],
    ]);
  });
});
