/** An earlier kiosk settlement as the contract tells it. */
import { secondText } from '../beijing-time.ts';
import type { FormerSettlement, HospitalBill } from '../bills/hospital-bill.ts';
import type { BillEntry } from './bill-book.ts';
import { paymentJson } from './kept-money.ts';

/** The settled entry with its kiosk confirmation, or `undefined` when a window settled it or nobody did. */
export function byKiosk(entry: BillEntry | undefined) {
  if (entry?.settled?.by !== 'kiosk') return undefined;
  return { entry, ...entry.settled };
}

export type KioskSettled = NonNullable<ReturnType<typeof byKiosk>>;

export function formerSettlement({ entry, confirmation, settledMs }: KioskSettled, nowMs: number, routeDays: number) {
  const { settlementNumber, kind, totalFen, fundFen, accountFen, ownFen } = confirmation;
  const former: FormerSettlement = {
    settlementNumber,
    kind,
    billId: entry.bill.billId,
    settledAt: secondText(settledMs),
    centre: centreOf(entry.bill, confirmation),
    totalFen,
    fundFen,
    accountFen,
    ownFen,
    payments: entry.kept.filter(({ leftFen }) => leftFen > 0).map((kept) => paymentJson(kept, nowMs, routeDays)),
  };
  return former;
}

function centreOf(
  bill: HospitalBill,
  { centreSettlementId, centreVisitId, centreMessageId }: KioskSettled['confirmation'],
): FormerSettlement['centre'] {
  if (centreSettlementId === undefined) return null;
  // A hospital that left the visit to the kiosk learns of it only by the settlement.
  const visitId = centreVisitId ?? bill.uploaded?.visitId ?? bill.refund?.former.centre?.visitId ?? '';
  return { settlementId: centreSettlementId, visitId, messageId: centreMessageId ?? null };
}
