/** One line of a bill, from the catalogue. */
import { itemByKey } from '../catalogue/catalogue.ts';
import { priceTimes } from '../decimal.ts';
import type { HospitalBillLine } from './hospital-bill.ts';

export interface LineFrame {
  readonly lineNumber: string;
  readonly orderId: string;
  readonly quantity: number;
  readonly doctor: { readonly code: string; readonly name: string };
  readonly performed: boolean;
  /** Instead of the published price. */
  readonly price?: string | undefined;
}

/** @throws RangeError for a key that no item has. */
export function lineOf(key: string, frame: LineFrame): HospitalBillLine {
  const item = itemByKey(key);
  const unitPrice = frame.price ?? item.price;
  return {
    lineNumber: frame.lineNumber,
    catalogueCode: item.code,
    hospitalCode: item.hospitalCode,
    name: item.name,
    specification: item.specification,
    unit: item.unit,
    quantity: String(frame.quantity),
    unitPrice,
    amountFen: priceTimes(unitPrice, String(frame.quantity)) ?? 0,
    doctorCode: frame.doctor.code,
    doctorName: frame.doctor.name,
    category: item.category,
    level: item.rule.level,
    performed: frame.performed,
    consentId: null,
    orderId: frame.orderId,
  };
}

/** `consented`: the ward asked before; `takeHome`: 出院带药, given out only after the settlement. */
export type StayItem = readonly [key: string, quantity: number, how?: 'consented' | 'takeHome'];

/** The fees of a stay; all are done but what is taken home. */
export function stayLines(
  stayId: string,
  doctor: LineFrame['doctor'],
  items: readonly StayItem[],
): readonly HospitalBillLine[] {
  return items.map(([key, quantity, how], index) => {
    const place = `${stayId}-${index + 1}`;
    const performed = how !== 'takeHome';
    const line = lineOf(key, { lineNumber: place, orderId: `o-${place}`, quantity, doctor, performed });
    return how === 'consented' ? { ...line, consentId: `ZQ-${place}` } : line;
  });
}
