/**
 * 诊疗规则: what is charged is what was ordered and what was done (Z-5.2.5, SZ-178, Y3-11a): no swapping (串换), no
 * borrowed item (套用), no more than was done, no service in parts beside the whole (分解).
 */
import type { Rule } from '../rule-pack.ts';
import { compareDecimals } from './decimals.ts';
import { type Found, linesAtFault, type RuleSight } from './rule-hit.ts';

export function careRule(rule: Extract<Rule, { kind: 'care' }>, sight: RuleSight): readonly Found[] {
  switch (rule.check) {
    case 'asOrdered':
      return linesAtFault(
        sight,
        'notAsOrdered',
        ({ orderedCode, catalogueCode }) => orderedCode !== undefined && orderedCode !== catalogueCode,
      );
    case 'asExecuted':
      return linesAtFault(
        sight,
        'notAsExecuted',
        ({ executedCode, catalogueCode }) => executedCode !== undefined && executedCode !== catalogueCode,
      );
    case 'quantity':
      return linesAtFault(sight, 'tooManyCharged', ({ quantity, executedQuantity, orderedQuantity }) =>
        [executedQuantity, orderedQuantity].some((done) => done !== undefined && compareDecimals(quantity, done) > 0),
      );
    case 'split': {
      const charged = sight.visit.flatMap(({ lines }) => lines.map(({ catalogueCode }) => catalogueCode));
      if (!charged.includes(rule.whole)) return [];
      return linesAtFault(sight, 'splitCharge', ({ catalogueCode }) => rule.parts.includes(catalogueCode));
    }
  }
}
