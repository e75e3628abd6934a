/**
 * 物价规则: nothing unpublished is charged (Z-6.1.4, SZ-141), nothing at another price than the published one without a
 * lawful reason and nothing for another unit (Z-5.3.1, Z-6.2.1, SZ-185, N-18), nothing out of force (Z-9.2.1), and never a 特需 item beside its basic one (SZ-176).
 */
import type { PriceReason } from '../../hospital/bill-marks.ts';
import type { BillLine } from '../../hospital/hospital-gateway.ts';
import type { Rule } from '../rule-pack.ts';
import { compareDecimals } from './decimals.ts';
import { type Found, linesAtFault, priceInForce, type RuleSight } from './rule-hit.ts';

export function priceRule(rule: Extract<Rule, { kind: 'price' }>, sight: RuleSight): readonly Found[] {
  const { bill, prices } = sight;
  switch (rule.check) {
    case 'published':
      return linesAtFault(
        sight,
        'itemNotPublished',
        ({ catalogueCode, priceSource }) => prices.of(catalogueCode) === undefined || priceSource?.published === false,
      );
    case 'price':
      return [
        ...priced(sight, 'priceAbovePublished', 1, ['childSurcharge', 'emergencySurcharge']),
        ...priced(sight, 'priceDiffers', -1, ['reduction', 'secondPart']),
      ];
    case 'unit':
      return linesAtFault(sight, 'unitDiffers', ({ catalogueCode, unit, priceSource }) =>
        [priceInForce(sight, catalogueCode)?.unit, priceSource?.unit].some(
          (listed) => listed !== undefined && written(listed) !== written(unit),
        ),
      );
    case 'inForce':
      return bill.lines.flatMap(({ catalogueCode, lineNumber }) => {
        const listed = prices.of(catalogueCode);
        if (listed === undefined || priceInForce(sight, catalogueCode)) return [];
        const { list, from, until } = listed.at(-1) ?? { list: '', from: '', until: '' };
        const named = { name: list, day: until ?? from };
        return [{ reason: 'itemOutOfForce' as const, billId: bill.billId, lineNumbers: [lineNumber], list: named }];
      });
    case 'specialAndBasic': {
      const charged = new Set(sight.visit.flatMap(({ lines }) => lines.map(({ catalogueCode }) => catalogueCode)));
      // The pair that the pack names, and any pair that the hospital itself marks.
      return linesAtFault(
        sight,
        'specialAndBasic',
        ({ catalogueCode, special, basicItemCode }) =>
          (catalogueCode === rule.special && charged.has(rule.basic)) ||
          (special === true && basicItemCode !== undefined && charged.has(basicItemCode)),
      );
    }
  }
}

/** Lines that cost more or less than published without a lawful reason for it (Z-5.3.1), with both prices for the clerk. */
function priced(
  sight: RuleSight,
  reason: 'priceAbovePublished' | 'priceDiffers',
  side: 1 | -1,
  lawful: readonly PriceReason[],
): readonly Found[] {
  const publishedOf = ({ catalogueCode, priceSource }: BillLine): readonly string[] =>
    [priceInForce(sight, catalogueCode)?.price, priceSource?.price].filter((price) => price !== undefined);
  const wrong = (line: BillLine): boolean =>
    (line.priceReason === undefined || !lawful.includes(line.priceReason)) &&
    publishedOf(line).some((price) => Math.sign(compareDecimals(line.unitPrice, price)) === side);
  const prices = sight.bill.lines
    .filter(wrong)
    .map(
      (line) => `${line.lineNumber} charged ${line.unitPrice} published ${[...new Set(publishedOf(line))].join(' ')}`,
    );
  return linesAtFault(sight, reason, wrong).map((found) => ({ ...found, prices }));
}

/** Full-width forms and spaces are writing, not another unit. */
function written(unit: string): string {
  return unit.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}
