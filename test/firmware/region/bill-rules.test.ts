import { describe, expect, test } from 'vitest';
import { billTroubles } from '../../../firmware/region/bill-rules.ts';
import { bill, INSTITUTION, line } from '../kiosk-fixture.ts';

const troubles = (...bills: Parameters<typeof bill>[]) =>
  billTroubles(
    bills.map((one) => bill(...one)),
    INSTITUTION,
  );

describe('bill rules', () => {
  test('a bill that adds up, with a diagnosis and each order once, has no trouble', () => {
    expect(
      troubles([[line({ name: 'a' }), line({ name: 'b', unitPrice: '12.345678', quantity: '3', amountFen: 3_704 })]]),
    ).toEqual([]);
  });

  test('[part of Z-6.2.2] the second line of one order is held, the first is not', () => {
    const lines = [line({ name: 'a', orderId: 'O1' }), line({ name: 'b', orderId: 'O1' })];
    expect(troubles([lines])).toEqual([{ reason: 'duplicateCharge', billId: 'bil_1', lineNumbers: ['L-b'] }]);
  });

  test('[part of Z-6.2.2] one order on two bills is held on the second bill', () => {
    const again = [[line({ name: 'b', orderId: 'O-one' })], { billId: 'bil_2' }] as const;
    expect(troubles([[line()]], [...again])).toMatchObject([{ reason: 'duplicateCharge', billId: 'bil_2' }]);
  });

  test('lines without an order id are not taken for one order', () => {
    expect(troubles([[line({ name: 'a', orderId: '' }), line({ name: 'b', orderId: '' })]])).toEqual([]);
  });

  test('[Z-8.3.3] a bill without a diagnosis code is stopped', () => {
    expect(troubles([[line()], { diagnoses: [] }])).toMatchObject([{ reason: 'diagnosisMissing' }]);
  });

  test('[part of SZ-248] a bill of another institution is stopped before everything else', () => {
    const found = troubles([[line()], { institutionCode: 'H99000200002', diagnoses: [] }]);
    expect(found[0]).toMatchObject({ reason: 'foreignInstitution', billId: 'bil_1' });
  });

  test('a total that is one fen off is stopped', () => {
    expect(troubles([[line()], { totalFen: 5_001 }])).toMatchObject([{ reason: 'billTotalsDiffer' }]);
  });

  test('an amount may differ from price times quantity by one fen, not by two', () => {
    expect(troubles([[line({ unitPrice: '10.00', amountFen: 1_001 })]])).toEqual([]);
    expect(troubles([[line({ unitPrice: '10.00', amountFen: 1_002 })]])).toMatchObject([
      { reason: 'billTotalsDiffer' },
    ]);
  });

  test('splits that the hospital uploaded must cover every line to the fen', () => {
    const one = line();
    const split = {
      lineNumber: one.lineNumber,
      amountFen: 5_000,
      outOfScopeFen: 0,
      overLimitFen: 0,
      preSelfPayFen: 500,
      inScopeFen: 4_500,
      level: '01' as const,
      category: '05',
    };
    const uploaded = { visitId: 'V', chargeBatch: 'B', splits: [split] };
    expect(troubles([[one], { uploaded }])).toEqual([]);
    const short = { ...uploaded, splits: [{ ...split, inScopeFen: 4_499 }] };
    expect(troubles([[one], { uploaded: short }])).toMatchObject([{ reason: 'billTotalsDiffer' }]);
    expect(troubles([[one], { uploaded: { ...uploaded, splits: [] } }])).toMatchObject([
      { reason: 'billTotalsDiffer' },
    ]);
  });
});
