/**
 * Stays in the invented hospital, by kind: ready to leave or not, with deposits
 * by several payers and routes. Amounts in fen.
 */

import type { StayItem } from './bill-lines.ts';

export interface PlannedDeposit {
  readonly amountFen: number;
  readonly paidBy: 'code' | 'card' | 'cash';
  readonly route: 'wechat' | 'alipay' | 'unionPay' | 'card' | null;
  /** Whose money; the patient's own unless given. */
  readonly payer?: string;
  readonly daysAgo: number;
}

export interface StayPlan {
  /** Catalogue keys with quantities. */
  readonly items: readonly StayItem[];
  readonly deposits: readonly PlannedDeposit[];
  readonly ordered?: false;
  readonly feesMissing?: true;
  readonly uncoded?: true;
  readonly disputed?: true;
  /** 2402 has not been sent yet. */
  readonly unregistered?: true;
}

const OWN_DEPOSIT: PlannedDeposit = { amountFen: 200_000, paidBy: 'code', route: 'wechat', daysAgo: 5 };

export const STAY_PLANS = {
  /** One deposit of 2,000.00 and everything ready: some of it goes back. */
  ready: {
    items: [
      ['scan', 1],
      ['bloodTest', 3],
      ['tablets', 4],
    ],
    deposits: [OWN_DEPOSIT],
  },
  /** The fees are more than the deposit. */
  owes: {
    items: [
      ['scan', 4],
      ['capsules', 6],
      ['own20000', 2, 'consented'],
    ],
    deposits: [{ ...OWN_DEPOSIT, amountFen: 10_000 }],
  },
  /** The patient, a daughter, a window and an old payment; three of five go back by their routes. */
  severalPayers: {
    items: [
      ['scan', 1],
      ['tablets', 4],
    ],
    deposits: [
      { amountFen: 30_000, paidBy: 'code', route: 'unionPay', daysAgo: 400 },
      { amountFen: 100_000, paidBy: 'code', route: 'wechat', daysAgo: 6 },
      { amountFen: 50_000, paidBy: 'cash', route: null, daysAgo: 5 },
      { amountFen: 80_000, paidBy: 'code', route: 'alipay', payer: 'li', daysAgo: 4 },
      { amountFen: 20_000, paidBy: 'card', route: 'card', daysAgo: 3 },
    ],
  },
  /** 自费 of 136.80 that the ward asked about, and 91.20 to take home: together over the mark. */
  ownAddsUp: {
    items: [
      ['scan', 1],
      ['vitamins', 3, 'consented'],
      ['vitamins', 2, 'takeHome'],
    ],
    deposits: [OWN_DEPOSIT],
  },
  /** 自费 that nobody asked about. */
  notAsked: {
    items: [
      ['scan', 1],
      ['own20000', 1],
    ],
    deposits: [OWN_DEPOSIT],
  },
  noDischargeOrder: { items: [['bloodTest', 1]], deposits: [OWN_DEPOSIT], ordered: false, unregistered: true },
  /** Ordered, and nothing else of it is done. */
  nothingReady: {
    items: [['bloodTest', 1]],
    deposits: [OWN_DEPOSIT],
    feesMissing: true,
    uncoded: true,
    disputed: true,
  },
  feesMissing: { items: [['bloodTest', 1]], deposits: [OWN_DEPOSIT], feesMissing: true },
  uncoded: { items: [['bloodTest', 1]], deposits: [OWN_DEPOSIT], uncoded: true },
  disputedStay: { items: [['bloodTest', 1]], deposits: [OWN_DEPOSIT], disputed: true },
  noDeposit: { items: [['bloodTest', 2]], deposits: [] },
} as const satisfies Record<string, StayPlan>;

export type StayKind = keyof typeof STAY_PLANS;
