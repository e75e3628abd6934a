import { expect, test } from 'vitest';
import { askJson, HOSPITAL_TOKEN, onBench, PAYMENT_TOKEN, readyToSettle } from './parties-bench.ts';

/** A settlement walked by hand, step by step. */
function byHand() {
  const bench = onBench({ bill: 'example' });
  const ready = readyToSettle(bench);
  const { parties, kiosk } = bench;
  const pay = () => {
    const order = { orderNumber: 'P1', amountFen: 19_025, lifeMs: 60_000, merchantId: 'M1' };
    const { body } = askJson(parties.payment, PAYMENT_TOKEN, 'POST', '/v1/orders', order);
    parties.payment.scanAndPay(body.payCode, parties.wallet('zhang'));
  };
  const settle = () => kiosk.done('2207', { data: ready.copied() }).setlinfo.setl_id as string;
  const confirm = (centreSettlementId: string, change: object = {}) =>
    askJson(parties.hospital, HOSPITAL_TOKEN, 'POST', '/v1/bills/B000001/confirm', {
      settlementNumber: 'set_1',
      kind: 'outpatient',
      centreSettlementId,
      totalFen: 55_740,
      fundFen: 19_680,
      accountFen: 17_035,
      ownFen: 19_025,
      depositFen: 0,
      paidBy: 'code',
      payOrderNumber: 'P1',
      returns: [],
      owed: [],
      ...change,
    });
  return { ...bench, pay, settle, confirm, ledger: parties.ledger };
}

test('paid, settled and confirmed is a good end', () => {
  const { pay, settle, confirm, ledger } = byHand();
  expect(ledger.endViolations()).toEqual([]);
  pay();
  confirm(settle());
  expect(ledger.endViolations()).toEqual([]);
});

test('each half-way end is named', () => {
  const paidOnly = byHand();
  paidOnly.pay();
  expect(paidOnly.ledger.endViolations()).toEqual(['order P1: money kept without a settled bill']);

  const claimedOnly = byHand();
  const id = claimedOnly.settle();
  expect(claimedOnly.ledger.endViolations()).toEqual([`claim ${id}: live, but no bill is confirmed`]);

  const confirmedOnly = byHand();
  confirmedOnly.confirm('S-none');
  expect(confirmedOnly.ledger.endViolations()).toEqual([
    'bill B000001: confirmed without a live claim',
    'bill B000001: own part 19025, taken 0',
  ]);
});

test('an own part that is not the centre’s is named', () => {
  const { pay, settle, confirm, ledger } = byHand();
  pay();
  confirm(settle(), { ownFen: 19_024 });
  expect(ledger.endViolations()).toEqual([
    'bill B000001: confirmed own part differs at the centre',
    'bill B000001: own part 19024, taken 19025',
  ]);
});

test('a bill whose own part is zero needs no payment', () => {
  const bench = onBench({ bill: 'allCovered', whose: 'li' });
  const { copied, bill } = readyToSettle(bench, 'li');
  const info = bench.kiosk.done('2207', { data: copied() }).setlinfo;
  expect(info).toMatchObject({ psn_cash_pay: 0, hifp_pay: 60.55, acct_pay: 25.95 });
  askJson(bench.parties.hospital, HOSPITAL_TOKEN, 'POST', `/v1/bills/${bill.billId}/confirm`, {
    settlementNumber: 'set_1',
    kind: 'outpatient',
    centreSettlementId: info.setl_id,
    totalFen: bill.totalFen,
    fundFen: 6_055,
    accountFen: 2_595,
    ownFen: 0,
    depositFen: 0,
    paidBy: 'none',
    payOrderNumber: null,
    returns: [],
    owed: [],
  });
  expect(bench.parties.ledger.endViolations()).toEqual([]);
});
