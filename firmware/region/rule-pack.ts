/**
 * The rule pack (监控规则包): what the government publishes as prices, and the rules that a bill is held against before
 * any money moves (Y4-25: drugs, care, policy, price, visit truth; Y3-20b: embedded and kept current).
 *
 * It is data like the region pack, signed by two people, and changes more often. One promise: a pack that passes has a
 * rule of each of the five kinds, and says from when it is and how long it counts as fresh.
 */
import { platformDate } from '../insurance/platform-time.ts';

/** 药品 诊疗 政策 价格 就诊真实性 */
export const ruleKinds = ['drugs', 'care', 'policy', 'price', 'visitTruth'] as const;
export type RuleKind = (typeof ruleKinds)[number];

/** One line of a published list: a drug, a service or a consumable as it may be charged here. */
export interface PublishedItem {
  /** `med_list_codg` */
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** Published price, decimal yuan: nothing above it is charged (Z-6.2.1, SZ-185). */
  readonly price: string;
  /** `chrgitm_lv`: 01 甲 02 乙 03 自费 */
  readonly level: '01' | '02' | '03';
  /** Name of the list it stands in, e.g. 医疗服务价格项目目录. */
  readonly list: string;
  /** First day on which it may be charged, yyyy-MM-dd. */
  readonly from: string;
  /** First day on which it may not be charged any more (Z-9.2.1). */
  readonly until?: string;
  /** 限定支付: the scope of use that the fund pays for (Z-5.1.6). */
  readonly restricted?: string;
  /** Sold under a 追溯码 of its own package (SZ-273). */
  readonly traced?: boolean;
}

interface Common {
  /** e.g. `PRICE-02`; what audit and staff name. */
  readonly id: string;
  /** `hold`: nothing of the bill is paid before the desk looked. `remind`: the patient is told and may go on. */
  readonly does: 'hold' | 'remind';
}

export type Rule = Common &
  (
    | { readonly kind: 'drugs'; readonly check: 'restrictedUse' | 'traceCode' }
    /** More of one drug in one bill than may be dispensed at once. */
    | { readonly kind: 'drugs'; readonly check: 'mostAtOnce'; readonly code: string; readonly most: string }
    | { readonly kind: 'care'; readonly check: 'asOrdered' | 'asExecuted' | 'quantity' }
    /** A whole service and a part of it on one visit: a split charge. */
    | { readonly kind: 'care'; readonly check: 'split'; readonly whole: string; readonly parts: readonly string[] }
    | { readonly kind: 'policy'; readonly check: 'scope' | 'quota' | 'dispute' }
    | { readonly kind: 'price'; readonly check: 'published' | 'price' | 'unit' | 'inForce' }
    /** A 特需 item and the basic item of the same service. */
    | { readonly kind: 'price'; readonly check: 'specialAndBasic'; readonly special: string; readonly basic: string }
    | { readonly kind: 'visitTruth'; readonly check: 'inHospital' }
    /** An item that only people of certain years can have had. */
    | {
        readonly kind: 'visitTruth';
        readonly check: 'age';
        readonly code: string;
        readonly from: number;
        readonly to: number;
      }
  );

export interface RulePack {
  /** e.g. `990100-demo` */
  readonly id: string;
  /** Grows with each edition. */
  readonly version: number;
  /** yyyy-MM-dd */
  readonly issuedOn: string;
  /** Days after which the kiosk asks for a newer pack (Y3-20b). */
  readonly freshForDays: number;
  readonly published: readonly PublishedItem[];
  readonly rules: readonly Rule[];
}

const DAY_MS = 86_400_000;

/** Whole days since the pack was issued; negative for one that is issued later. */
export function ageInDays(pack: Pick<RulePack, 'issuedOn'>, wallMs: number): number {
  return Math.round((Date.parse(platformDate(wallMs)) - Date.parse(pack.issuedOn)) / DAY_MS);
}

export function isOld(pack: Pick<RulePack, 'issuedOn' | 'freshForDays'>, wallMs: number): boolean {
  return ageInDays(pack, wallMs) > pack.freshForDays;
}
