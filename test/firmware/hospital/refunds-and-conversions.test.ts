import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { RefundBill } from '../../../firmware/hospital/bill.ts';
import { atHospital, ok } from './hospital-bench.ts';

const DAY_MS = 86_400_000;

async function afterSettling(options: Parameters<typeof atHospital>[0] = {}) {
  const bench = atHospital(options);
  const bill = await bench.settled('zhang', 'severalLines', 'set_1');
  const lineNumbers = bill.lines.map((line) => line.lineNumber);
  const ask = (lines: readonly string[] | 'all', settlementNumber = 'set_1') =>
    ok(bench.gateway.requestRefund({ settlementNumber, lineNumbers: lines, reason: 'notDone' }));
  const approved = async (lines: readonly string[] | 'all', settlementNumber?: string): Promise<RefundBill> => {
    const approval = await ask(lines, settlementNumber);
    if (approval.state !== 'approved') throw new Error(JSON.stringify(approval));
    return approval.bill;
  };
  const refundable = () => ok(bench.gateway.refundable(bench.person('zhang')));
  const hold = (bill: RefundBill, settlementNumber: string) =>
    bench.gateway.lockBill({ billId: bill.billId, version: bill.version, settlementNumber, ttlSeconds: 300 });
  return { ...bench, bill, lineNumbers, ask, approved, refundable, hold };
}

const undone = { formerSettlementNumber: 'set_1', paidBy: 'none', payOrderNumber: undefined } as const;
const wayBack = (amountFen: number) => [{ orderNumber: 'ord_set_1', refundNumber: 'ref_1', amountFen }];

describe('a refund', () => {
  test('[part of Z-6.2.3] starts from what was settled: each line done or not, how the own part was paid, the centre’s ids', async () => {
    const { refundable, everyExchangeFits } = await afterSettling();
    const [former] = await refundable();
    expect(former).toMatchObject({
      settlementNumber: 'set_1',
      flow: 'outpatient',
      centre: { settlementId: 'S-set_1', messageId: 'M-set_1', visitId: 'V1' },
      ownFen: 1_000,
      payments: [{ orderNumber: 'ord_set_1', refundableFen: 1_000, paidBy: 'code', giveBack: 'route' }],
      blockedBy: undefined,
    });
    expect(former?.lines.map(({ performed }) => performed)).toEqual([true, false, false, false]);
    everyExchangeFits();
  });

  test('is one bill with the kept lines under new numbers, and the same request is the same bill', async () => {
    const { approved, lineNumbers, bill, everyExchangeFits } = await afterSettling();
    const refund = await approved(lineNumbers.slice(1, 2));
    expect(refund.lines.map((line) => line.formerLineNumber)).toEqual([0, 2, 3].map((index) => lineNumbers[index]));
    expect(refund.lines.some((line) => lineNumbers.includes(line.lineNumber))).toBe(false);
    expect(refund.totalFen).toBe(bill.totalFen - (bill.lines[1]?.amountFen ?? 0));
    expect(refund.refund).toMatchObject({ refundedLineNumbers: lineNumbers.slice(1, 2), former: { ownFen: 1_000 } });
    expect(refund.refund.keptBatch).toBeDefined();
    expect(await approved(lineNumbers.slice(1, 2))).toEqual(refund);
    everyExchangeFits();
  });

  test('of the whole keeps nothing, and is refused when anything was done', async () => {
    const { approved, ask, settled, confirm, everyExchangeFits, refundable } = await afterSettling();
    expect(await ask('all')).toEqual({ state: 'refused', reason: 'performed' });
    await settled('zhang', 'traceMissing', 'set_5');
    const refund = await approved('all', 'set_5');
    expect(refund).toMatchObject({ lines: [], totalFen: 0, refund: { keptBatch: undefined } });
    const leg = { orderNumber: 'ord_set_5', refundNumber: 'ref_5', amountFen: 1_000 };
    await ok(confirm(refund, 'set_6', { ...undone, formerSettlementNumber: 'set_5', returns: [leg] }));
    expect((await refundable()).map(({ settlementNumber }) => settlementNumber)).toEqual(['set_1']);
    everyExchangeFits();
  });

  test('of two kiosks one holds it, and the other is told so; afterwards it is done', async () => {
    const { approved, hold, confirm, lineNumbers, refundable, ask, everyExchangeFits } = await afterSettling();
    const mine = await approved(lineNumbers.slice(1, 2));
    const theirs = await approved(lineNumbers.slice(1, 2));
    await ok(hold(mine, 'set_2'));
    expect(await hold(theirs, 'set_3')).toMatchObject({ outcome: 'refused', reason: 'lockedElsewhere' });
    expect(await ask(lineNumbers.slice(2, 3))).toEqual({ state: 'refused', reason: 'inProgress' });
    const change = { ...undone, centreSettlementId: 'S-2', ownFen: 400, returns: wayBack(600) };
    const first = await ok(confirm(mine, 'set_2', change));
    expect(await ok(confirm(mine, 'set_2', change))).toEqual(first);
    expect(await hold(theirs, 'set_3')).toMatchObject({ reason: 'alreadySettled' });
    expect(await confirm(theirs, 'set_3', change)).toMatchObject({ reason: 'alreadySettled' });
    expect(await ask(lineNumbers.slice(2, 3))).toEqual({ state: 'refused', reason: 'refundedBefore' });
    expect(await refundable()).toMatchObject([
      { settlementNumber: 'set_2', flow: 'refund', ownFen: 400, payments: [{ amountFen: 1_000, refundableFen: 400 }] },
    ]);
    everyExchangeFits();
  });

  test('that a window has on its screen is not the kiosk’s, and one that a window made is done', async () => {
    const { approved, hold, lineNumbers, parties, ask, refundable } = await afterSettling();
    const refund = await approved(lineNumbers.slice(1, 2));
    const desk = parties.hospital.openAtWindow(refund.billId);
    if (typeof desk === 'string') throw new Error(desk);
    expect(await hold(refund, 'set_2')).toMatchObject({ reason: 'lockedElsewhere' });
    desk.settle();
    expect(await hold(refund, 'set_2')).toMatchObject({ reason: 'alreadySettled' });
    expect(await ask(lineNumbers.slice(2, 3))).toEqual({ state: 'refused', reason: 'refundedBefore' });
    expect(await refundable()).toEqual([]);
  });

  test('with other lines makes another version, so a kiosk with the old one is told that the bill changed', async () => {
    const { approved, hold, lineNumbers } = await afterSettling();
    const old = await approved(lineNumbers.slice(1, 2));
    const now = await approved(lineNumbers.slice(1, 3));
    expect(now.billId).toBe(old.billId);
    expect(await hold(old, 'set_2')).toMatchObject({ reason: 'changed' });
    await ok(hold(now, 'set_2'));
  });

  test('can be refunded further, down to nothing, each time from what is left', async () => {
    const { approved, confirm, lineNumbers, parties, everyExchangeFits, refundable } = await afterSettling();
    const first = await approved(lineNumbers.slice(1, 2));
    await ok(confirm(first, 'set_2', { ...undone, centreSettlementId: 'S-2', ownFen: 400, returns: wayBack(600) }));
    const rest = first.lines.slice(1).map((line) => line.lineNumber);
    const second = await approved(rest, 'set_2');
    expect(second.refund.former).toMatchObject({
      settlementNumber: 'set_2',
      centre: { settlementId: 'S-2', visitId: 'V1' },
    });
    const leg = [{ orderNumber: 'ord_set_1', refundNumber: 'ref_2', amountFen: 400 }];
    const change = { ...undone, formerSettlementNumber: 'set_2', centreSettlementId: 'S-3', ownFen: 0, returns: leg };
    await ok(confirm(second, 'set_3', change));
    expect(await refundable()).toMatchObject([{ settlementNumber: 'set_3', payments: [] }]);
    expect(parties.ledger.confirmedBills().map(({ settlementNumber }) => settlementNumber)).toEqual([
      'set_1',
      'set_2',
      'set_3',
    ]);
    everyExchangeFits();
  });

  test('gives back exactly the difference, or the hospital does not take it', async () => {
    const { approved, confirm, lineNumbers } = await afterSettling();
    const refund = await approved(lineNumbers.slice(1, 2));
    const change = { ...undone, centreSettlementId: 'S-2', ownFen: 400 };
    for (const returns of [[], wayBack(599), wayBack(601)]) {
      expect((await confirm(refund, 'set_2', { ...change, returns })).outcome).toBe('malformed');
    }
    const byHand = { ...change, returns: wayBack(500), owed: [{ taskNumber: 'task_1', amountFen: 100 }] };
    expect((await confirm(refund, 'set_2', byHand)).outcome).toBe('ok');
  });

  test('waits for a doctor, and goes on with what the doctor says', async () => {
    const { ask, lineNumbers, parties } = await afterSettling({ hospitalRules: { refundApproval: 'doctor' } });
    const wanted = lineNumbers.slice(1, 2);
    const waiting = await ask(wanted);
    if (waiting.state !== 'waiting') throw new Error(waiting.state);
    expect(await ask(wanted)).toEqual(waiting);
    parties.hospital.refunds.approvals.say(waiting.applicationId, 'approved');
    expect((await ask(wanted)).state).toBe('approved');
    const other = await ask(lineNumbers.slice(2, 3));
    if (other.state !== 'waiting') throw new Error(other.state);
    parties.hospital.refunds.approvals.say(other.applicationId, 'refused');
    expect(await ask(lineNumbers.slice(2, 3))).toEqual({ state: 'refused', reason: 'notApproved' });
  });

  test('[part of Z-6.2.3] is refused for a line that was done, when too old, and while a later settlement stands before it', async () => {
    const { ask, lineNumbers, clock, settled, parties, refundable, bill, everyExchangeFits } = await afterSettling({
      hospitalRules: { refundOrder: 'latestFirst' },
    });
    await clock.pass(1_000);
    await settled('zhang', 'small', 'set_later');
    expect(await ask(lineNumbers.slice(1, 2))).toEqual({ state: 'refused', reason: 'blocked' });
    expect((await refundable())[0]?.blockedBy).toBe('set_later');
    parties.hospital.refunds.perform(bill.lines[1]?.orderId ?? '');
    expect(await ask(lineNumbers.slice(1, 2))).toEqual({ state: 'refused', reason: 'performed' });
    await clock.pass(90 * DAY_MS);
    expect(await ask(lineNumbers.slice(2, 3))).toEqual({ state: 'refused', reason: 'tooOld' });
    everyExchangeFits();
  });

  test('of what nobody settled, and of a line that is not in it, is refused by name', async () => {
    const { gateway, lineNumbers } = await afterSettling();
    const request = { settlementNumber: 'set_9', lineNumbers, reason: 'notDone' };
    expect(await gateway.requestRefund(request)).toMatchObject({ reason: 'unknownSettlement' });
    expect(
      await gateway.requestRefund({ ...request, settlementNumber: 'set_1', lineNumbers: ['L-other'] }),
    ).toMatchObject({ reason: 'unknownLine' });
  });

  test('finds a payment that is half a year old to be paid at the cashier', async () => {
    const { refundable, clock } = await afterSettling({ hospitalRules: { refundDays: 1_000 } });
    await clock.pass(180 * DAY_MS - 1);
    expect((await refundable())[0]?.payments[0]?.giveBack).toBe('route');
    await clock.pass(1);
    expect((await refundable())[0]?.payments[0]?.giveBack).toBe('cashier');
  });
});

describe('自费转医保', () => {
  async function selfPaid(options: Parameters<typeof atHospital>[0] = {}) {
    const bench = atHospital(options);
    const { gateway, parties, person, confirm } = bench;
    parties.hospital.addBill('zhang', 'severalLines');
    const [bill] = await ok(gateway.openBills(person('zhang')));
    if (!bill) throw new Error('no bill');
    await ok(confirm(bill, 'set_1', { flow: 'selfPay', parkedNumber: 'park_1' }));
    const ask = () => ok(gateway.requestConversion({ settlementNumber: 'set_1', reason: 'noCode' }));
    return { ...bench, bill, ask };
  }

  test('[part of SZ-84] is applied for, approved by staff, and then a bill over the same lines', async () => {
    const { gateway, person, ask, parties, bill, confirm, everyExchangeFits } = await selfPaid();
    const list = () => ok(gateway.convertible(person('zhang')));
    expect(await list()).toMatchObject([
      { application: 'none', flow: 'selfPay', centre: undefined, parkedNumber: 'park_1' },
    ]);
    const waiting = await ask();
    if (waiting.state !== 'waiting') throw new Error(waiting.state);
    expect(await list()).toMatchObject([{ application: 'waiting' }]);
    parties.hospital.conversions.approvals.say(waiting.applicationId, 'approved');
    const approval = await ask();
    if (approval.state !== 'approved') throw new Error(approval.state);
    expect(approval.bill).toMatchObject({ flow: 'conversion', totalFen: bill.totalFen, lines: bill.lines });
    const change = { ...undone, centreSettlementId: 'S-2', ownFen: 1_000 };
    const returns = wayBack(bill.totalFen - 1_000);
    expect((await confirm(approval.bill, 'set_2', { ...change, returns: wayBack(1) })).outcome).toBe('malformed');
    await ok(confirm(approval.bill, 'set_2', { ...change, returns }));
    expect(await list()).toEqual([]);
    expect(await ask()).toEqual({ state: 'refused', reason: 'refundedBefore' });
    expect(await ok(gateway.billByNumber('park_1'))).toMatchObject({ state: 'settled' });
    everyExchangeFits();
  });

  test('and a refund of the same settlement never both happen', async () => {
    const { ask, gateway, confirm, bill } = await selfPaid({ hospitalRules: { conversionApproval: 'automatic' } });
    const conversion = await ask();
    const refund = await ok(
      gateway.requestRefund({
        settlementNumber: 'set_1',
        lineNumbers: bill.lines.slice(1, 2).map((line) => line.lineNumber),
        reason: 'notDone',
      }),
    );
    if (conversion.state !== 'approved' || refund.state !== 'approved') throw new Error('not approved');
    const keptFen = refund.bill.totalFen;
    const change = { ...undone, ownFen: keptFen, returns: wayBack(bill.totalFen - keptFen) };
    await ok(confirm(refund.bill, 'set_2', change));
    const lock = { billId: conversion.bill.billId, version: '1', settlementNumber: 'set_3', ttlSeconds: 60 };
    expect(await gateway.lockBill(lock)).toMatchObject({ reason: 'changed' });
  });

  test('[part of SZ-84] is over when the allowed time is, and nothing for people without insurance', async () => {
    const { ask, clock, gateway, parties, confirm } = await selfPaid();
    await clock.pass(90 * DAY_MS);
    expect((await ask()).state).toBe('waiting');
    await clock.pass(1);
    expect(await ask()).toEqual({ state: 'refused', reason: 'tooOld' });
    parties.hospital.addBill('visitor', 'small');
    const visitor = { certificateType: '07', certificateNumber: new Secret('XX9900017') };
    const [bill] = await ok(gateway.openBills(visitor));
    if (!bill) throw new Error('no bill');
    expect(bill).toMatchObject({ flow: 'selfPay', uploaded: undefined });
    await ok(confirm(bill, 'set_v'));
    const answer = await ok(gateway.requestConversion({ settlementNumber: 'set_v', reason: 'noCode' }));
    expect(answer).toEqual({ state: 'refused', reason: 'notInsured' });
    expect(await ok(gateway.convertible(visitor))).toEqual([]);
  });
});

describe('a parked bill', () => {
  test('[part of SZ-240] is kept for its time and found by the number on the slip', async () => {
    const { gateway, parties, person, everyExchangeFits } = atHospital();
    const billId = parties.hospital.addBill('zhang', 'small');
    const parked = { billId, parkedNumber: 'park_1', reason: 'lineDown' } as const;
    const { until } = await ok(gateway.parkBill(parked));
    expect(until).toBe('2026-12-22');
    expect(await ok(gateway.parkBill(parked))).toEqual({ until });
    expect(await ok(gateway.billByNumber('park_1'))).toMatchObject({
      state: 'parked',
      reason: 'lineDown',
      bill: { billId },
    });
    expect(await ok(gateway.openBills(person('zhang')))).toHaveLength(1);
    const other = parties.hospital.addBill('li', 'small');
    expect(await gateway.parkBill({ ...parked, billId: other })).toMatchObject({ reason: 'numberTaken' });
    expect(await gateway.billByNumber('park_9')).toMatchObject({ reason: 'unknownNumber' });
    everyExchangeFits();
  });

  test('is settled by a window from its number, and held bills are not parked', async () => {
    const { gateway, parties, person, everyExchangeFits } = atHospital();
    const billId = parties.hospital.addBill('zhang', 'small');
    const [bill] = await ok(gateway.openBills(person('zhang')));
    await ok(gateway.parkBill({ billId, parkedNumber: 'park_1', reason: 'cardBroken' }));
    const desk = parties.hospital.openAtWindow(billId);
    if (typeof desk === 'string') throw new Error(desk);
    const late = { billId, parkedNumber: 'park_2', reason: 'noCode' } as const;
    expect(await gateway.parkBill(late)).toMatchObject({ reason: 'lockedElsewhere' });
    desk.settle();
    expect(await ok(gateway.billByNumber('park_1'))).toMatchObject({
      state: 'settled',
      bill: { billId: bill?.billId },
    });
    expect(await gateway.parkBill(late)).toMatchObject({ reason: 'alreadySettled' });
    everyExchangeFits();
  });
});

describe('people without insurance', () => {
  test('[part of SZ-284a] a passport, a newborn and a bare visit card are found, and nobody else', async () => {
    const { gateway, everyExchangeFits } = atHospital();
    const visitor = await ok(gateway.patient({ certificateType: '07', certificateNumber: new Secret('XX9900017') }));
    expect(visitor).toMatchObject({ certificateType: '07', sex: '2', birthDate: '1994-02-17' });
    const newborn = await ok(gateway.patient({ visitCardNumber: new Secret('JZ99000000902') }));
    expect(newborn).toMatchObject({ certificateType: undefined, certificateNumber: undefined, motherPatientId: 'li' });
    expect(String(newborn.name)).not.toContain('之女');
    for (const stranger of ['XX9900018', '990001197903141012']) {
      const asked = { certificateType: '07', certificateNumber: new Secret(stranger) };
      expect(await gateway.patient(asked)).toMatchObject({ reason: 'unknownPatient' });
    }
    everyExchangeFits();
  });
});
