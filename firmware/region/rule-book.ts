/**
 * Holds bills against the rule pack (Y4-25) before anything is asked of the fund.
 *
 * One promise: the same bills, person and pack give the same hits, gravest first, each with the rule's own id; nothing
 * on a bill is changed (SZ-207: the kiosk never reclassifies a line).
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { PublishedPrices } from './published-prices.ts';
import type { PublishedItem, Rule, RulePack } from './rule-pack.ts';
import { careRule } from './rules/care.ts';
import { drugRule } from './rules/drugs.ts';
import { policyRule } from './rules/policy.ts';
import { priceRule } from './rules/price.ts';
import type { Found, RuleHit, RuleSight } from './rules/rule-hit.ts';
import { visitTruthRule } from './rules/visit-truth.ts';

export type { RuleHit } from './rules/rule-hit.ts';

/** What a person's bills are seen beside. */
export type Circumstances = Pick<RuleSight, 'age' | 'inHospital' | 'traceCodesDue'>;

export class RuleBook {
  readonly pack: RulePack;
  readonly #published: ReadonlyMap<string, readonly PublishedItem[]>;

  readonly #pricesInForce: () => PublishedPrices | undefined;

  /** @param pricesInForce The price list that is shown now; without one the pack's own prices hold. */
  constructor(pack: RulePack, pricesInForce: () => PublishedPrices | undefined = () => undefined) {
    this.pack = pack;
    this.#published = Map.groupBy(pack.published, ({ code }) => code);
    this.#pricesInForce = pricesInForce;
  }

  /** Whether this pack wants to know if the person lies in a hospital (5303). */
  get asksWhetherInHospital(): boolean {
    return this.pack.rules.some(({ check }) => check === 'inHospital');
  }

  /** Hits of all bills: what holds first, then what reminds; within each the order of the pack. */
  hits(bills: readonly Bill[], circumstances: Circumstances): readonly RuleHit[] {
    // Once for all lines: a list that is taken meanwhile counts for the next bills, never for half of these.
    const prices = this.#pricesInForce() ?? { of: (code) => this.#published.get(code) };
    const visits = Map.groupBy(bills, (bill) => bill.outpatientNumber);
    const found = this.pack.rules.flatMap((rule) =>
      bills.flatMap((bill) => {
        const visit = visits.get(bill.outpatientNumber) ?? [bill];
        return checked(rule, { ...circumstances, bill, visit, published: this.#published, prices }).map(
          (one): RuleHit => ({ ...one, rule: rule.id, kind: rule.kind, does: rule.does }),
        );
      }),
    );
    return [...found.filter(({ does }) => does === 'hold'), ...found.filter(({ does }) => does === 'remind')];
  }
}

function checked(rule: Rule, sight: RuleSight): readonly Found[] {
  switch (rule.kind) {
    case 'drugs':
      return drugRule(rule, sight);
    case 'care':
      return careRule(rule, sight);
    case 'policy':
      return policyRule(rule, sight);
    case 'price':
      return priceRule(rule, sight);
    case 'visitTruth':
      return visitTruthRule(rule, sight);
  }
}
