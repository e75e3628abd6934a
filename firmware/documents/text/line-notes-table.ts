/** What stands beside a line of a fee list, in both languages. `{}` is filled in. */
import type { PriceReason } from '../../hospital/bill-marks.ts';

export const lineNotesZh = {
  basis: '限定支付 依据号 {}',
  noBasis: '自费:限定支付药品,没有用药依据',
  priceReason: '价格依据 {}',
  traceTails: '追溯码尾号 {}',
  traceCount: '追溯码共 {} 个',
} as const;

export type LineNoteId = keyof typeof lineNotesZh;

export const lineNotesEn: Readonly<Record<LineNoteId, string>> = {
  basis: 'Restricted use, basis no. {}',
  noBasis: 'Paid by you: restricted use without a basis',
  priceReason: 'Price because of: {}',
  traceTails: 'Trace code ends in {}',
  traceCount: 'Trace codes: {} in all',
};

export const priceReasonsZh: Readonly<Record<PriceReason, string>> = {
  reduction: '减免',
  childSurcharge: '儿童加收',
  secondPart: '第二部位',
  emergencySurcharge: '急诊加收',
};

export const priceReasonsEn: Readonly<Record<PriceReason, string>> = {
  reduction: 'reduction',
  childSurcharge: 'child surcharge',
  secondPart: 'second body part',
  emergencySurcharge: 'emergency surcharge',
};
