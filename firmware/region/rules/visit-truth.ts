/** 就诊真实性规则: nobody is an outpatient while lying in a ward (SZ-230, Y3-7), and items fit the years of the person. */
import type { Rule } from '../rule-pack.ts';
import { type Found, linesAtFault, type RuleSight } from './rule-hit.ts';

export function visitTruthRule(rule: Extract<Rule, { kind: 'visitTruth' }>, sight: RuleSight): readonly Found[] {
  const { bill, age, inHospital } = sight;
  switch (rule.check) {
    case 'inHospital':
      // Nobody asks an emergency where it comes from.
      if (inHospital !== true || bill.emergency) return [];
      return [{ reason: 'inHospitalNow', billId: bill.billId, lineNumbers: [] }];
    case 'age':
      return linesAtFault(
        sight,
        'itemForOtherAge',
        ({ catalogueCode }) => catalogueCode === rule.code && (age < rule.from || age > rule.to),
      );
  }
}
