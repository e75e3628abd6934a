/** 药品规则: restricted use with its basis (Z-5.1.6), trace codes (SZ-273), and no more at once than may be given. */
import type { Rule } from '../rule-pack.ts';
import { addDecimals, compareDecimals } from './decimals.ts';
import { entryInForce, type Found, linesAtFault, type RuleSight } from './rule-hit.ts';

export function drugRule(rule: Extract<Rule, { kind: 'drugs' }>, sight: RuleSight): readonly Found[] {
  switch (rule.check) {
    case 'restrictedUse':
      // Charged as own expense it needs no basis: nothing of it comes from the fund.
      return linesAtFault(sight, 'restrictedUse', (line) => {
        const restricted = line.restricted !== undefined || entryInForce(sight, line.catalogueCode)?.restricted;
        return Boolean(restricted) && !line.restricted?.basisId && line.level !== '03';
      });
    case 'traceCode':
      if (sight.traceCodesDue === 'atDispensing') return [];
      return linesAtFault(sight, 'traceCodeMissing', (line) => {
        const due = line.traceDue === true || entryInForce(sight, line.catalogueCode)?.traced === true;
        return due && (line.traceCodes ?? []).length === 0;
      });
    case 'mostAtOnce': {
      const lines = sight.bill.lines.filter(({ catalogueCode }) => catalogueCode === rule.code);
      const sum = lines.reduce((total, { quantity }) => addDecimals(total, quantity), '0');
      if (compareDecimals(sum, rule.most) <= 0) return [];
      const lineNumbers = lines.map(({ lineNumber }) => lineNumber);
      return [{ reason: 'tooMuchAtOnce', billId: sight.bill.billId, lineNumbers }];
    }
  }
}
