/**
 * 医保政策规则: nothing outside the scope is charged to the fund (SZ-207), a case above its quota costs the patient no
 * more (Y3-13), and what is in dispute is not put into insurance (SZ-257). Nothing is reclassified here: the bill goes
 * back to the hospital with the reason.
 */
import type { Rule } from '../rule-pack.ts';
import { entryInForce, type Found, linesAtFault, type RuleSight } from './rule-hit.ts';

export function policyRule(rule: Extract<Rule, { kind: 'policy' }>, sight: RuleSight): readonly Found[] {
  const { bill } = sight;
  switch (rule.check) {
    case 'scope':
      return linesAtFault(
        sight,
        'outsideScope',
        ({ catalogueCode, level }) => level !== '03' && entryInForce(sight, catalogueCode)?.level === '03',
      );
    case 'quota':
      // Above its quota a covered item must not turn into the patient's own: the list says what it is.
      if (bill.quota !== 'above') return [];
      return linesAtFault(sight, 'aboveQuota', ({ catalogueCode, lineNumber, level }) => {
        const listed = entryInForce(sight, catalogueCode);
        const split = bill.uploaded?.splits.find((one) => one.lineNumber === lineNumber);
        return (level === '03' || split?.level === '03') && listed !== undefined && listed.level !== '03';
      });
    case 'dispute':
      return bill.disputed === true ? [{ reason: 'caseInTalks', billId: bill.billId, lineNumbers: [] }] : [];
  }
}
