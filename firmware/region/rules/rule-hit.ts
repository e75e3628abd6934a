/** What a rule of the pack found, and what a rule may look at. Checks are functions of this; they ask nobody. */
import type { Bill, BillLine } from '../../hospital/hospital-gateway.ts';
import type { ReasonId } from '../../reasons.ts';
import type { PublishedPrice, PublishedPrices } from '../published-prices.ts';
import type { PublishedItem, Rule, RuleKind } from '../rule-pack.ts';

export type RuleReason = Extract<
  ReasonId,
  | 'restrictedUse'
  | 'traceCodeMissing'
  | 'tooMuchAtOnce'
  | 'notAsOrdered'
  | 'notAsExecuted'
  | 'tooManyCharged'
  | 'splitCharge'
  | 'outsideScope'
  | 'aboveQuota'
  | 'caseInTalks'
  | 'itemNotPublished'
  | 'priceAbovePublished'
  | 'priceDiffers'
  | 'unitDiffers'
  | 'itemOutOfForce'
  | 'specialAndBasic'
  | 'inHospitalNow'
  | 'itemForOtherAge'
>;

export interface RuleHit {
  /** `id` in the pack. */
  readonly rule: string;
  readonly kind: RuleKind;
  readonly does: Rule['does'];
  readonly reason: RuleReason;
  readonly billId: string;
  /** The lines that are held; empty when the whole bill is meant. */
  readonly lineNumbers: readonly string[];
  /** The list that says so and the day from which it does (Z-9.2.1). */
  readonly list?: { readonly name: string; readonly day: string };
  /** Charged and published price of each line, for the clerk. */
  readonly prices?: readonly string[];
}

/** A hit before it is known which rule of the pack asked. */
export type Found = Pick<RuleHit, 'billId' | 'lineNumbers' | 'list' | 'prices'> & { readonly reason: RuleReason };

export interface RuleSight {
  readonly bill: Bill;
  /** All open bills of the same visit, this one included. */
  readonly visit: readonly Bill[];
  /** Whole years. */
  readonly age: number;
  /** Whether the person lies in a hospital now (5303); `undefined` = nobody asked. */
  readonly inHospital: boolean | undefined;
  /** When 追溯码 are due at this place. */
  readonly traceCodesDue: 'atSettlement' | 'atDispensing';
  readonly published: ReadonlyMap<string, readonly PublishedItem[]>;
  /** What may be charged: the price list in force, or the pack's own prices where there is none. */
  readonly prices: PublishedPrices;
}

/** Lines of a bill that a check finds at fault, as one hit; none is no hit. */
export function linesAtFault(
  { bill }: RuleSight,
  reason: RuleReason,
  wrong: (line: BillLine) => boolean,
): readonly Found[] {
  const lineNumbers = bill.lines.filter(wrong).map(({ lineNumber }) => lineNumber);
  return lineNumbers.length === 0 ? [] : [{ reason, billId: bill.billId, lineNumbers }];
}

/** The entry of a published list that holds on the day of the visit. */
export function entryInForce(sight: RuleSight, code: string): PublishedItem | undefined {
  return heldOn(sight.bill, sight.published.get(code));
}

/** The published price that holds on the day of the visit. */
export function priceInForce(sight: RuleSight, code: string): PublishedPrice | undefined {
  return heldOn(sight.bill, sight.prices.of(code));
}

function heldOn<Period extends Pick<PublishedPrice, 'from' | 'until'>>(
  { visitedAt }: Bill,
  periods: readonly Period[] | undefined,
): Period | undefined {
  const day = visitedAt.slice(0, 10);
  return periods?.find(({ from, until }) => from <= day && (until === undefined || day < until));
}
