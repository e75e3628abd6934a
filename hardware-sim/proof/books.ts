/**
 * What the parties' ledgers say of one settlement: its money, its claims, its bill. Used by the invariants only.
 */
import type { Ledgers, VisitFile } from './ledgers.ts';
import { netFen, wentBackFen } from './parties/payment-gateway.ts';
import type { SettlementRecord } from './settlement-record.ts';

export type { Ledgers, VisitFile };

export const stateOf = (record: SettlementRecord) => record.said?.view.state;

export function billOf({ order }: SettlementRecord, { hospital }: Ledgers) {
  return hospital.bills.get(order.billId);
}

/** Its lock ran out at the hospital, and the bill went to somebody else. */
export function isLost(record: SettlementRecord, ledgers: Ledgers): boolean {
  return billOf(record, ledgers)?.lostBy.has(record.number) ?? false;
}

export function isConfirmed(record: SettlementRecord, ledgers: Ledgers): boolean {
  return billOf(record, ledgers)?.confirmed?.by === record.number;
}

/** Notes that were stacked for it, fen. */
export function notesFen({ number, kiosk }: SettlementRecord, { acceptors }: Ledgers): number {
  return acceptors.get(kiosk)?.stackedFor.get(number) ?? 0;
}

/** What it has taken and not given back itself, fen; what later settlements gave back is theirs. */
export function keptFen(record: SettlementRecord, ledgers: Ledgers): number {
  let sum = notesFen(record, ledgers);
  for (const number of record.orders) {
    const order = ledgers.orderOf(number);
    if (!order) continue;
    sum += order.paidFen;
    for (const refundNumber of record.refunds.keys()) sum -= wentBackFen(order, refundNumber);
  }
  return sum;
}

/** What went back by it of earlier money, fen. */
export function returnedFen({ returned }: SettlementRecord, ledgers: Ledgers): number {
  let sum = 0;
  for (const [refundNumber, number] of returned) {
    const order = ledgers.orderOf(number);
    if (order) sum += wentBackFen(order, refundNumber);
  }
  return sum;
}

/** Orders of it that hold money; notes do as long as they are for a bill that it holds, afterwards they are owed. */
export function liveCharges(record: SettlementRecord, ledgers: Ledgers): number {
  const bill = billOf(record, ledgers);
  const isHolder = bill && (isConfirmed(record, ledgers) || ledgers.hospital.holderOf(bill) === record.number);
  let count = isHolder && notesFen(record, ledgers) > 0 ? 1 : 0;
  for (const number of record.orders) {
    const order = ledgers.orderOf(number);
    if (order && netFen(order) > 0) count += 1;
  }
  return count;
}

/** Claims of its own that count; one that a later settlement of the visit undid was still good work of this one. */
export function claimsOf(record: SettlementRecord, { centre, senders }: Ledgers): number {
  let count = 0;
  for (const messageId of record.messages) {
    const claim = centre.claims.get(messageId);
    const undone = claim?.voidedBy !== undefined && senders.get(claim.voidedBy)?.endsWith(' undo');
    if (claim?.state === 'live' || undone) count += 1;
  }
  return count;
}

/** Whether the settlement that a refund undoes still counts, as far as this refund goes: another may have undone it. */
/** Undone, and not by this settlement. */
export function undoneByOthers({ order, number }: SettlementRecord, { centre, senders }: Ledgers): boolean {
  const id = order.former?.settlementId;
  const former = id ? centre.bySettlementId(id) : undefined;
  return former !== undefined && former.state !== 'live' && senders.get(former.voidedBy ?? '') !== `${number} undo`;
}

export function formerCounts({ order, number }: SettlementRecord, { centre, senders }: Ledgers): number {
  const id = order.former?.settlementId;
  const former = id ? centre.bySettlementId(id) : undefined;
  if (!former) return 0;
  const { state, voidedBy = '' } = former;
  return state === 'live' || senders.get(voidedBy) !== `${number} undo` ? 1 : 0;
}
