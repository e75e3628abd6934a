/** Parts of an amount over lines: nothing lost, nothing invented, nothing above its line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordedOverLines, spreadOverLines } from '../../../firmware/documents/allocation.ts';

const fen = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 100_000_000 }));
const lines = fc.array(fc.record({ amountFen: fen, covered: fc.boolean() }), { minLength: 1, maxLength: 60 });
const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);
const share = fc.integer({ min: 0, max: 1_000 });

const someOf = (total: number, thousandths: number): number => Math.floor((total / 1_000) * thousandths);

test('[part of SZ-242] over 1,000 random bills the parts add up to the fen, none below nothing or above its line', () => {
  const property = fc.property(lines, share, (bill, thousandths) => {
    const amounts = bill.map(({ amountFen }) => amountFen);
    const whole = someOf(sum(amounts), thousandths);
    for (const parts of [spreadOverLines(whole, amounts), recordedOverLines(whole, bill)]) {
      expect(sum(parts)).toBe(whole);
      expect(parts.every((part, index) => part >= 0 && part <= (amounts[index] ?? -1))).toBe(true);
    }
  });
  fc.assert(property, { numRuns: 1_000, seed: 242 });
});

test('[part of SZ-242] each part is its exact share, rounded down or up to a whole fen', () => {
  const property = fc.property(fc.array(fen, { minLength: 1, maxLength: 60 }), share, (amounts, thousandths) => {
    const total = sum(amounts);
    const whole = someOf(total, thousandths);
    const off = spreadOverLines(whole, amounts).filter((part, index) => {
      const exact = BigInt(whole) * BigInt(amounts[index] ?? 0);
      const below = total === 0 ? 0n : exact / BigInt(total);
      return BigInt(part) !== below && BigInt(part) !== below + 1n;
    });
    expect(off).toEqual([]);
  });
  fc.assert(property, { seed: 242 });
});

test('[part of SZ-242] the fen that is left goes to the largest remainder, between equals to the first line', () => {
  // 100 over 1/3, 1/3, 1/3; then 10 over 2/11, 4/11, 5/11 = 1.82, 3.64, 4.55.
  expect(spreadOverLines(100, [1_000, 1_000, 1_000])).toEqual([34, 33, 33]);
  expect(spreadOverLines(10, [200, 400, 500])).toEqual([2, 4, 4]);
});

describe('what the insurance records', () => {
  test('[part of SZ-242] a line that is not covered shows nothing recorded while the covered ones can hold it', () => {
    const property = fc.property(lines, share, (bill, thousandths) => {
      const coverable = sum(bill.filter(({ covered }) => covered).map(({ amountFen }) => amountFen));
      const parts = recordedOverLines(someOf(coverable, thousandths), bill);
      expect(sum(parts.filter((_, index) => !bill[index]?.covered))).toBe(0);
    });
    fc.assert(property, { seed: 242 });
  });

  test('what an account pays beyond the covered lines stands at the others', () => {
    const bill = [
      { amountFen: 5_000, covered: true },
      { amountFen: 3_000, covered: false },
    ];
    expect(recordedOverLines(6_000, bill)).toEqual([5_000, 1_000]);
  });
});

test('an amount that the lines cannot hold is refused, and so is a line of less than nothing', () => {
  expect(() => spreadOverLines(101, [50, 50])).toThrow(RangeError);
  expect(() => spreadOverLines(-1, [50, 50])).toThrow(RangeError);
  expect(() => spreadOverLines(10, [50, -20])).toThrow(RangeError);
  expect(() => recordedOverLines(101, [{ amountFen: 100, covered: true }])).toThrow(RangeError);
});
