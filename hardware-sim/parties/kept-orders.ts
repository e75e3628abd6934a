/**
 * What payment broker and card acquirer must hold, order by order, if the hospital's books are
 * true: what each confirmation took, less what each one sent back by its route.
 */
import type { HospitalParty } from './hospital/hospital-party.ts';

export interface KeptOrder {
  /** The bill that the order paid; `undefined` for a deposit taken before the kiosk's time. */
  readonly billId: string | undefined;
  readonly takenFen: number;
  backFen: number;
}

/** By order number, at the code broker and the card acquirer; cash is in no party's book. */
export function keptOrders(hospital: HospitalParty): ReadonlyMap<string, KeptOrder> {
  const kept = new Map<string, KeptOrder>();
  const enter = (orderNumber: string | undefined, order: KeptOrder) => {
    if (orderNumber !== undefined && !kept.has(orderNumber)) kept.set(orderNumber, order);
  };
  const confirmed = [...hospital.book.entries.values()].flatMap(({ bill, settled }) =>
    settled?.by === 'kiosk' ? [{ billId: bill.billId, ...settled.confirmation }] : [],
  );
  for (const { billId, paidBy, payOrderNumber, ownFen, depositFen } of confirmed) {
    if (paidBy !== 'cash') enter(payOrderNumber, { billId, takenFen: ownFen - depositFen, backFen: 0 });
  }
  for (const stay of hospital.ward.stays.values()) {
    for (const { orderNumber, paidBy, amountFen } of stay.deposits) {
      if (paidBy !== 'cash') enter(orderNumber, { billId: undefined, takenFen: amountFen, backFen: 0 });
    }
  }
  for (const { orderNumber, amountFen } of confirmed.flatMap(({ returns }) => returns)) {
    const order = kept.get(orderNumber);
    if (order) order.backFen += amountFen;
  }
  return kept;
}
