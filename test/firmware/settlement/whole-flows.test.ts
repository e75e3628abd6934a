/** Bills of every kind through the production desk and the real clients, checked in the parties' own books. */
import { describe, expect, test } from 'vitest';
import type { RefundBill } from '../../../firmware/hospital/bill.ts';
import { forecastRefund } from '../../../firmware/journeys/forecast-refund.ts';
import { inpatientOffers } from '../../../firmware/journeys/inpatient-offers.ts';
import {
  conversionOrder,
  depositOrder,
  dischargeOrder,
  insuredOrder,
  keptBatch,
  refundOrder,
  selfPayOrder,
} from '../../../firmware/journeys/orders.ts';
import { ownExpense } from '../../../firmware/settlement/own-expense.ts';
import { storyOf } from '../../../firmware/settlement/story/story.ts';
import { INSTITUTION } from '../kiosk-fixture.ts';
import { sealingKey } from './bench-order.ts';
import { hallOfParties, ok } from './hall-of-parties.ts';

type Hall = ReturnType<typeof hallOfParties>;

/** Somebody's bill, settled at this kiosk. */
async function settledBill(hall: Hall, key: string, kind: Parameters<Hall['parties']['hospital']['addBill']>[1]) {
  const billId = hall.parties.hospital.addBill(key, kind);
  const { person, ask } = await hall.someone(key);
  const bill = (await ok(hall.hospital.openBills(person))).find((one) => one.billId === billId);
  if (!bill?.uploaded) throw new Error('no uploaded bill');
  const { visitId, chargeBatch } = bill.uploaded;
  const question = ask(visitId, { chargeBatch, totalFen: bill.totalFen, medicalType: bill.medicalType });
  const agreed = await ok(hall.insurance.preSettle(question));
  const status = await hall.settle(key, insuredOrder(hall.frame, bill, { question, agreed }));
  expect(status.view.state).toBe('settled');
  return { bill, status, person, ask, agreed };
}

async function approvedRefund(hall: Hall, settlementNumber: string, lineNumbers: readonly string[] | 'all') {
  const approval = await ok(hall.hospital.requestRefund({ settlementNumber, lineNumbers, reason: 'notDone' }));
  if (approval.state !== 'approved') throw new Error(JSON.stringify(approval));
  return approval.bill;
}

/** What the payment side has of the patient's money for this settlement's own order, fen. */
const takenBy = (hall: Hall, number: string): number => {
  const charge = hall.parties.ledger.charges().find((one) => one.orderNumber === number.replace('set_', 'pay_'));
  return (charge?.paidFen ?? 0) - (charge?.refundedFen ?? 0);
};

describe('a refund', () => {
  test('of some lines: the whole is voided, the kept lines settle anew, the difference goes back by its route', async () => {
    const hall = hallOfParties();
    const first = await settledBill(hall, 'zhang', 'severalLines');
    const ownBefore = takenBy(hall, first.status.number);
    expect(ownBefore).toBe(first.agreed.ownFen);
    const bill = await approvedRefund(hall, first.status.number, [first.bill.lines[1]?.lineNumber ?? '']);
    const question = keptQuestion(first.ask, bill);
    const forecast = forecastRefund(bill, first.bill.lines);
    expect(forecast.old.ownFen).toBe(ownBefore);
    expect(forecast.backFen).toBe(ownBefore - forecast.kept.ownFen);
    expect(forecast.kept.totalFen).toBe(bill.totalFen);
    const status = await hall.settle('zhang', refundOrder(hall.frame, bill, { question, kept: forecast.kept }));
    if (status.view.state !== 'settled') throw new Error(JSON.stringify(status.view));
    const { amounts } = status.view.centre ?? expect.fail('no claim');
    expect(amounts.totalFen).toBe(bill.totalFen);
    const [claim, ...more] = hall.parties.ledger.liveClaims();
    expect([claim?.totalFen, more.length]).toEqual([bill.totalFen, 0]);
    // To the fen: what the patient is out of pocket is the own part of what was kept.
    expect(takenBy(hall, first.status.number)).toBe(amounts.ownFen);
    expect(hall.parties.ledger.violations()).toEqual([]);
  });

  test('of the whole leaves no claim and none of the patient’s money', async () => {
    const hall = hallOfParties();
    const first = await settledBill(hall, 'zhang', 'traceMissing');
    const bill = await approvedRefund(hall, first.status.number, 'all');
    const { centre } = bill.refund.former;
    const question = first.ask(centre?.visitId ?? '', { totalFen: 0 });
    const status = await hall.settle('zhang', refundOrder(hall.frame, bill, { question, kept: ownExpense(0) }));
    expect(status.view.state).toBe('settled');
    expect(hall.parties.ledger.liveClaims()).toEqual([]);
    expect(takenBy(hall, first.status.number)).toBe(0);
  });

  test('[part of Z-6.2.3] that a later settlement blocks at the centre changes nothing and says of which kind it is', async () => {
    const hall = hallOfParties({ insurance: { laterSettlement: 'samePerson' }, hospitalRules: { refundOrder: 'any' } });
    const first = await settledBill(hall, 'zhang', 'traceMissing');
    await hall.clock.pass(60_000);
    await settledBill(hall, 'zhang', 'small');
    const bill = await approvedRefund(hall, first.status.number, 'all');
    const question = first.ask(bill.refund.former.centre?.visitId ?? '', { totalFen: 0 });
    const status = await hall.settle('zhang', refundOrder(hall.frame, bill, { question, kept: ownExpense(0) }));
    expect(status.view).toMatchObject({ state: 'notSettled', reason: 'laterOutpatient' });
    expect(hall.parties.ledger.liveClaims()).toHaveLength(2);
    expect(takenBy(hall, first.status.number)).toBe(first.agreed.ownFen);
    const told = (['zh', 'en'] as const).map((language) =>
      storyOf(hall.store, sealingKey, status.number, language)?.lines.map(({ answer }) => answer?.text),
    );
    expect(told[0]).toContain('对方拒绝:后面有一笔门诊结算,须先撤销那一笔');
    expect(told[1]).toContain('refused: a later outpatient visit was settled and must be undone first');
  });

  test('of what a window has undone in the meantime ends with nothing done, before its first 2208', async () => {
    const hall = hallOfParties();
    const first = await settledBill(hall, 'zhang', 'traceMissing');
    const bill = await approvedRefund(hall, first.status.number, 'all');
    const question = first.ask(bill.refund.former.centre?.visitId ?? '', { totalFen: 0 });
    const id = bill.refund.former.centre?.settlementId ?? '';
    await ok(hall.insurance.voidSettlement(`${INSTITUTION}202611220900009999`, question, id));
    const asked = hall.http.exchanges.length;
    const status = await hall.settle('zhang', refundOrder(hall.frame, bill, { question, kept: ownExpense(0) }));
    expect(status.view).toMatchObject({ state: 'notSettled', reason: 'formerUndone', refund: 'nothingTaken' });
    const sent = hall.http.exchanges.slice(asked).map(({ path }) => path);
    expect(sent.filter((path) => path.endsWith('/cancleSettletment'))).toEqual([]);
    expect((await hall.settlements.money(status.number))?.word).toBe('nothingTaken');
    expect(takenBy(hall, first.status.number)).toBe(first.agreed.ownFen);
  });

  test('is begun where the platform has no such question: the 2208 itself tells', async () => {
    const hall = hallOfParties();
    const first = await settledBill(hall, 'zhang', 'traceMissing');
    const bill = await approvedRefund(hall, first.status.number, 'all');
    const question = first.ask(bill.refund.former.centre?.visitId ?? '', { totalFen: 0 });
    hall.insurance.findSettlementById = async () => ({ outcome: 'refused', infcode: '-1', message: '接口未开通' });
    const status = await hall.settle('zhang', refundOrder(hall.frame, bill, { question, kept: ownExpense(0) }));
    expect(status.view.state).toBe('settled');
    expect(takenBy(hall, first.status.number)).toBe(0);
  });
});

function keptQuestion(ask: Awaited<ReturnType<Hall['someone']>>['ask'], bill: RefundBill) {
  const visitId = bill.refund.former.centre?.visitId ?? '';
  return ask(visitId, { chargeBatch: keptBatch(bill), totalFen: bill.totalFen, medicalType: bill.medicalType });
}

describe('a stay in hospital', () => {
  test('[Z-8.4.5] deposit 2 000, settle, and the remainder goes back by its original route', async () => {
    const hall = hallOfParties();
    hall.parties.hospital.admit('zhang', 'noDeposit');
    const { person, ask } = await hall.someone('zhang');
    const stay = await ok(hall.hospital.inpatientStay(person));
    const request = { stayId: stay.stayId, amountFen: 200_000, requestId: 'ses_1' };
    const deposit = await ok(hall.hospital.openDeposit(request));
    const paid = await hall.settle('zhang', depositOrder(hall.frame, deposit));
    expect(paid.view.state).toBe('settled');
    const bill = await ok(hall.hospital.openDischarge(stay.stayId));
    expect(bill.discharge.depositFen).toBe(200_000);
    const question = ask(bill.uploaded?.visitId ?? '', {
      care: 'inpatient',
      medicalType: bill.medicalType,
      totalFen: bill.totalFen,
      dischargedOn: bill.discharge.dischargedAt.slice(0, 10),
    });
    const agreed = await ok(hall.insurance.preSettle(question));
    const ended = await hall.settle('zhang', dischargeOrder(hall.frame, bill, { question, agreed }));
    expect(ended.view).toMatchObject({
      state: 'settled',
      returns: [{ amountFen: 200_000 - agreed.ownFen, state: 'done', by: 'code' }],
    });
    expect(takenBy(hall, paid.number)).toBe(agreed.ownFen);
    expect(hall.parties.ledger.liveClaims()).toHaveLength(1);
  });

  test('deposits of several payers go back by the routes that are open, the rest is owed at the cashier', async () => {
    const hall = hallOfParties();
    const stayId = hall.parties.hospital.admit('zhang', 'severalPayers');
    const { ask } = await hall.someone('zhang');
    const bill = await ok(hall.hospital.openDischarge(stayId));
    const question = ask(bill.uploaded?.visitId ?? '', {
      care: 'inpatient',
      medicalType: bill.medicalType,
      totalFen: bill.totalFen,
      dischargedOn: bill.discharge.dischargedAt.slice(0, 10),
    });
    const agreed = await ok(hall.insurance.preSettle(question));
    const order = dischargeOrder(hall.frame, bill, { question, agreed });
    const back = order.returns.reduce((sum, { amountFen }) => sum + amountFen, 0);
    expect(back).toBe(bill.discharge.depositFen - agreed.ownFen);
    const byCashier = order.returns.filter(({ by, amountFen }) => by === 'cashier' && amountFen > 0);
    // The oldest money stays: the newest routes are the ones that are surely open.
    const order1 = order.returns.findIndex(({ by }) => by === 'cashier');
    expect(order.returns.slice(order1).every(({ by }) => by === 'cashier')).toBe(true);
    expect(byCashier.every(({ amountFen }) => amountFen > 0)).toBe(true);
  });

  test('more fees than deposits: the rest is paid now, and the claim is made once', async () => {
    const hall = hallOfParties();
    const stayId = hall.parties.hospital.admit('zhang', 'owes');
    const { ask } = await hall.someone('zhang');
    const bill = await ok(hall.hospital.openDischarge(stayId));
    const question = ask(bill.uploaded?.visitId ?? '', {
      care: 'inpatient',
      medicalType: bill.medicalType,
      totalFen: bill.totalFen,
      dischargedOn: bill.discharge.dischargedAt.slice(0, 10),
    });
    const agreed = await ok(hall.insurance.preSettle(question));
    const ended = await hall.settle('zhang', dischargeOrder(hall.frame, bill, { question, agreed }));
    expect(ended).toMatchObject({ view: { state: 'settled', returns: [] } });
    expect(takenBy(hall, ended.number)).toBe(Math.max(0, agreed.ownFen - bill.discharge.depositFen));
    expect(hall.parties.ledger.liveClaims()).toHaveLength(1);
  });
});

describe('own expense', () => {
  test('[SZ-84] a bill paid at own expense settles with insurance afterwards, to the fen as if it had been direct', async () => {
    const direct = hallOfParties();
    const { agreed } = await settledBill(direct, 'zhang', 'small');

    const hall = hallOfParties();
    const billId = hall.parties.hospital.addBill('zhang', 'small');
    const { person, ask } = await hall.someone('zhang');
    const bill = (await ok(hall.hospital.openBills(person))).find((one) => one.billId === billId);
    if (!bill) throw new Error('no bill');
    const paid = await hall.settle('zhang', selfPayOrder(hall.frame, bill));
    expect(takenBy(hall, paid.number)).toBe(bill.totalFen);
    const wanted = { settlementNumber: paid.number, reason: 'lineDown' } as const;
    const applied = await ok(hall.hospital.requestConversion(wanted));
    if (applied.state === 'waiting') hall.parties.hospital.conversions.approvals.say(applied.applicationId, 'approved');
    const approval = await ok(hall.hospital.requestConversion(wanted));
    if (approval.state !== 'approved') throw new Error(JSON.stringify(approval));
    const { uploaded, totalFen, medicalType } = approval.bill;
    const question = ask(uploaded?.visitId ?? '', { chargeBatch: uploaded?.chargeBatch ?? '', totalFen, medicalType });
    const split = { question, agreed: await ok(hall.insurance.preSettle(question)) };
    const ended = await hall.settle('zhang', conversionOrder(hall.frame, approval.bill, split));
    expect(ended.view.state).toBe('settled');
    expect(takenBy(hall, paid.number)).toBe(agreed.ownFen);
    expect(hall.parties.ledger.liveClaims()).toHaveLength(1);
  });
});

describe('what is offered', () => {
  test('[Z-8.4.3] a discharge order opens the discharge settlement; without one there are only deposit and daily list', async () => {
    const hall = hallOfParties();
    const stayOf = async (key: string) => {
      const { person } = await hall.someone(key);
      return ok(hall.hospital.inpatientStay(person));
    };
    hall.parties.hospital.admit('zhang', 'ready');
    expect(inpatientOffers(await stayOf('zhang')).offers).toEqual(['discharge', 'dailyList', 'deposit']);
    hall.parties.hospital.admit('li', 'noDischargeOrder');
    const { person } = await hall.someone('li');
    const stay = await ok(hall.hospital.inpatientStay(person));
    expect(inpatientOffers(stay)).toEqual({ offers: ['deposit', 'dailyList'], waitsFor: undefined });
    // Whoever asks all the same is told why.
    expect(await hall.hospital.openDischarge(stay.stayId)).toMatchObject({ reason: 'noDischargeOrder' });
  });

  test.each([
    ['feesMissing', 'feesMissing'],
    ['uncoded', 'codingMissing'],
    ['disputedStay', 'disputed'],
  ] as const)('a stay that is %s says that it waits for that', async (kind, waitsFor) => {
    const hall = hallOfParties();
    hall.parties.hospital.admit('zhang', kind);
    const { person } = await hall.someone('zhang');
    const stay = await ok(hall.hospital.inpatientStay(person));
    expect(inpatientOffers(stay)).toEqual({ offers: ['deposit', 'dailyList'], waitsFor });
    expect(await hall.hospital.openDischarge(stay.stayId)).toMatchObject({ reason: waitsFor });
  });

  test('[SZ-212] a registration fee is paid from the personal account, and nothing is collected', async () => {
    const hall = hallOfParties();
    const { status, agreed, bill } = await settledBill(hall, 'zhang', 'registration');
    expect(bill.flow).toBe('registration');
    expect(agreed.accountFen).toBeGreaterThan(0);
    expect([agreed.ownFen, status.ownFen, takenBy(hall, status.number)]).toEqual([0, 0, 0]);
    expect(hall.parties.ledger.liveClaims()[0]?.accountFen).toBe(agreed.accountFen);
  });
});
