/**
 * 物价规则: nothing unpublished is charged (Z-6.1.4, SZ-141), nothing above the published price or for another unit
 * (Z-6.2.1, SZ-185, N-18), nothing out of force (Z-9.2.1), and never a 特需 item beside its basic one (SZ-176).
 */
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
      return linesAtFault(sight, 'priceAbovePublished', ({ catalogueCode, unitPrice, priceSource }) =>
        [priceInForce(sight, catalogueCode)?.price, priceSource?.price].some(
          (price) => price !== undefined && compareDecimals(unitPrice, price) > 0,
        ),
      );
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

/** Full-width forms and spaces are writing, not another unit. */
function written(unit: string): string {
  return unit.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}
