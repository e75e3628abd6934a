/**
 * Bills that a rule of the pack must hold although no mark says so, and a clean sister. What is wrong with each stands
 * in its name; nothing else is wrong with it.
 */
import type { BillPlan } from './bill-plans.ts';

export const RULE_BILLS = {
  /** An item that the price office has never published. */
  notOnList: {
    items: [
      ['examFee', 1],
      ['newItem', 1],
    ],
  },
  /** Charged below its published price as a 减免, which is lawful. */
  reducedPrice: {
    items: [
      ['examFee', 1],
      ['bloodTest', 1],
    ],
    charged: { 1: '17.50' },
    lineMarks: { 1: { priceReason: 'reduction' } },
  },
  /** Charged above it for a child, which is lawful. */
  childPrice: {
    items: [
      ['examFee', 1],
      ['bloodTest', 1],
    ],
    charged: { 1: '19.80' },
    lineMarks: { 1: { priceReason: 'childSurcharge' } },
  },
  /** Charged below its published price, and nobody says why. */
  belowPublished: {
    items: [
      ['examFee', 1],
      ['bloodTest', 1],
    ],
    charged: { 1: '17.50' },
  },
  oldCode: {
    items: [
      ['examFee', 1],
      ['oldCode', 1],
    ],
  },
  /** The whole test and a part of it. */
  splitCharge: {
    items: [
      ['examFee', 1],
      ['testPanel', 1],
      ['bloodTest', 1],
    ],
  },
  /** The hospital says that the insurance covers what the list says it does not. */
  outsideScope: {
    items: [
      ['examFee', 1],
      ['vitamins', 1],
    ],
    lineMarks: { 1: { level: '01' } },
  },
  /** Restricted, without a basis, and so charged as the patient's own. */
  restrictedOwnExpense: {
    items: [['capsules', 1]],
    lineMarks: { 0: { level: '03', restricted: { basisId: null } } },
  },
  tooMuchAtOnce: {
    items: [
      ['examFee', 1],
      ['tablets', 9],
    ],
  },
  otherAge: {
    items: [
      ['examFee', 1],
      ['childTest', 1],
    ],
  },
  /** Charged is not what was ordered and done. */
  swapped: {
    items: [['scan', 1]],
    lineMarks: { 0: { orderedCode: '990304000030000', executedCode: '990304000030000' } },
  },
  /** Ordered as charged, but something cheaper was done. */
  borrowed: {
    items: [['scan', 1]],
    lineMarks: { 0: { orderedCode: '990203000020000', executedCode: '990304000030000' } },
  },
  tooManyCharged: {
    items: [
      ['examFee', 1],
      ['bloodTest', 2],
    ],
    lineMarks: { 1: { orderedQuantity: '2', executedQuantity: '1' } },
  },
  /** A covered drug becomes own expense because the case is above its quota. */
  quotaShifted: {
    items: [
      ['examFee', 1],
      ['tablets', 1],
    ],
    marks: { quota: 'above' },
    lineMarks: { 1: { level: '03' } },
  },
} as const satisfies Record<string, BillPlan>;
