/** "Where is my money" asked of the virtual hospital over the real client, about settlements of any kiosk. */
import { describe, expect, test } from 'vitest';
import type { HospitalEvent } from '../../../firmware/hospital/hospital-books.ts';
import { atHospital, ok } from './hospital-bench.ts';

const at = '2026-11-22 09:30:00';
const of = (settlementNumber: string) => ({ at, settlementNumber });

describe('what a kiosk has told', () => {
  const cases: readonly (readonly [string, readonly HospitalEvent[], object])[] = [
    [
      'an intent that moves money, and nothing since',
      [{ key: '1', ...of('set_1'), kind: 'intentMirrored', step: 'pay.create', attempt: 1, partyKey: 'pay_1' }],
      { word: 'findingOut', amountFen: undefined, toldAt: at },
    ],
    [
      'that it failed before anything was paid',
      [{ key: '1', ...of('set_1'), kind: 'settlementEnded', billId: 'B1', end: 'notSettled', returnedFen: 0 }],
      { word: 'nothingTaken', amountFen: 0 },
    ],
    [
      'that it failed and the money is back',
      [{ key: '1', ...of('set_1'), kind: 'settlementEnded', billId: 'B1', end: 'notSettled', returnedFen: 900 }],
      { word: 'returned', amountFen: 900 },
    ],
    [
      'that it was parked',
      [
        { key: '1', ...of('set_1'), kind: 'settlementEnded', billId: 'B1', end: 'parked', returnedFen: 0 },
        { key: '2', ...of('set_1'), kind: 'billParked', billId: 'B1', parkedNumber: 'acc_1' },
      ],
      { word: 'parked', amountFen: 0 },
    ],
    [
      'that a person must look',
      [
        { key: '1', ...of('set_1'), kind: 'cashOwed', taskNumber: 'owe_1', amountFen: 900, reason: 'notesKept' },
        { key: '2', ...of('set_1'), kind: 'caseOpened', caseNumber: 'case_1', reason: 'cashMismatch' },
      ],
      { word: 'withPerson', caseNumber: 'case_1', amountFen: undefined },
    ],
    [
      'that people closed the case',
      [
        { key: '1', ...of('set_1'), kind: 'caseOpened', caseNumber: 'case_1', reason: 'refundRefused' },
        { key: '2', ...of('set_1'), kind: 'caseClosed', caseNumber: 'case_1' },
      ],
      { word: 'closedByPerson', caseNumber: 'case_1' },
    ],
  ];

  for (const [told, events, known] of cases) {
    test(`${told}`, async () => {
      const { gateway, everyExchangeFits } = atHospital();
      await ok(gateway.postEvents(events));
      expect(await ok(gateway.settlementByNumber('set_1'))).toMatchObject({ settlementNumber: 'set_1', ...known });
      everyExchangeFits();
    });
  }
});

test('cash waits until the cashier has handed it out, no fen more', async () => {
  const { gateway, parties, everyExchangeFits } = atHospital();
  const { money } = parties.hospital;
  const owed = (key: string, amountFen: number): HospitalEvent => ({
    ...{ key, ...of('set_1'), kind: 'cashOwed', taskNumber: 'owe_1', amountFen, reason: 'notesKept' },
  });
  await ok(gateway.postEvents([owed('1', 5_000), owed('2', 7_000)]));
  expect(await ok(gateway.settlementByNumber('set_1'))).toMatchObject({ word: 'atCashier', amountFen: 7_000 });
  expect(money.open()).toMatchObject([{ settlementNumber: 'set_1', word: 'atCashier' }]);
  expect(() => money.handOut('set_1', 7_001, 'SY001')).toThrow(RangeError);
  expect(() => money.handOut('set_2', 1, 'SY001')).toThrow(RangeError);
  money.handOut('set_1', 3_000, 'SY001');
  expect(await ok(gateway.settlementByNumber('set_1'))).toMatchObject({ word: 'atCashier', amountFen: 4_000 });
  money.handOut('set_1', 4_000, 'SY002');
  expect(() => money.handOut('set_1', 1, 'SY001')).toThrow(RangeError);
  expect(money.open()).toMatchObject([{ word: 'findingOut' }]);
  await ok(
    gateway.postEvents([
      { key: '3', ...of('set_1'), kind: 'settlementEnded', billId: 'B1', end: 'notSettled', returnedFen: 0 },
    ]),
  );
  expect(await ok(gateway.settlementByNumber('set_1'))).toMatchObject({ word: 'returned', amountFen: 7_000 });
  expect(money.open()).toEqual([]);
  everyExchangeFits();
});

test('a confirmed settlement keeps what was paid; a refund after it is named, and goes back leg by leg', async () => {
  const { gateway, settled, confirm, everyExchangeFits } = atHospital();
  await settled('zhang', 'small', 'set_1');
  expect(await ok(gateway.settlementByNumber('set_1'))).toMatchObject({
    ...{ word: 'kept', amountFen: 1_000, followedBy: undefined },
  });
  const request = { settlementNumber: 'set_1', lineNumbers: 'all', reason: 'patientAsked' } as const;
  const approval = await ok(gateway.requestRefund(request));
  if (approval.state !== 'approved') throw new Error(approval.state);
  const { bill } = approval;
  await ok(gateway.lockBill({ billId: bill.billId, version: bill.version, settlementNumber: 'set_2', ttlSeconds: 60 }));
  const leg = { orderNumber: 'ord_set_1', refundNumber: 'ret_1', amountFen: 1_000 };
  await ok(
    confirm(bill, 'set_2', {
      formerSettlementNumber: 'set_1',
      returns: [leg],
      ownFen: 0,
      paidBy: 'none',
      payOrderNumber: undefined,
    }),
  );
  expect(await ok(gateway.settlementByNumber('set_1'))).toMatchObject({ word: 'kept', followedBy: 'set_2' });
  expect(await ok(gateway.settlementByNumber('set_2'))).toMatchObject({ word: 'goingBack' });
  const { refundNumber, amountFen } = leg;
  await ok(
    gateway.postEvents([{ key: '1', ...of('set_2'), kind: 'returnEnded', refundNumber, amountFen, end: 'returned' }]),
  );
  expect(await ok(gateway.settlementByNumber('set_2'))).toMatchObject({ word: 'returned', amountFen: 1_000 });
  everyExchangeFits();
});

test('a number that no kiosk told of is unknown', async () => {
  const { gateway, everyExchangeFits } = atHospital();
  expect(await gateway.settlementByNumber('set_cuxmysf9h2jd')).toMatchObject({
    ...{ outcome: 'refused', reason: 'unknownSettlement' },
  });
  everyExchangeFits();
});
