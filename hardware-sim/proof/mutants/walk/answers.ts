/** What a party says to a call when it arrives: it acts on its own ledger and answers. */
import type { Call } from '../../../../firmware/settlement/call.ts';
import type { Finding, Found } from '../../../../firmware/settlement/facts.ts';
import type { Broker } from './broker.ts';
import type { Parties, Trip } from './trip.ts';

export type AnyFinding = Found['finding'];

export function answer(call: Call, trip: Trip, parties: Parties): AnyFinding {
  const { hospital, centre, box } = parties;
  const { number, order } = trip;
  const gateway = (by: string): Broker => (by === 'card' ? parties.terminal : parties.broker);
  switch (call.step) {
    case 'hospital.lock':
      return hospital.lock(order.billId, number, call.ttlSeconds);
    case 'hospital.unlock':
      return hospital.unlock(order.billId, number);
    case 'hospital.confirm':
      return hospital.confirm(order.billId, number, call);
    case 'pay.create':
      return parties.broker.create(call.orderNumber, call.amountFen);
    case 'pay.charge':
      return gateway(call.by).charge(call.orderNumber, call.amountFen, call.by === 'card' ? 'card' : 'code');
    case 'pay.close':
      return gateway(call.by).close(call.orderNumber);
    case 'pay.query':
    case 'pay.returnQuery':
      return gateway(call.by).query(call.orderNumber);
    case 'pay.refund':
    case 'pay.return':
      return gateway(call.by).refund(call.orderNumber, call.refundNumber, call.amountFen);
    case 'pay.refundState':
    case 'pay.returnState':
      return gateway(call.by).refundState(call.refundNumber);
    case 'cash.stack':
      return stacked(trip, box.stack(), call.amountFen);
    case 'cash.counter':
      return box.counter();
    case 'ins.settle':
      return centre.settle(call.messageId, call.preSettled);
    case 'ins.reverse':
      return centre.reverse(call.messageId);
    case 'ins.void':
    case 'ins.undo':
      return centre.void(call.settlementId);
    case 'ins.prepare':
      return centre.prepare();
    case 'ins.find':
      return centre.find(call.messageId);
    case 'ins.findFormer':
      return centre.findFormer(call.settlementId);
  }
}

/** The note that fell into the box was this patient's. */
function stacked(trip: Trip, finding: Finding<null>, amountFen: number): AnyFinding {
  if (finding.verdict === 'ok') trip.notesFen += amountFen;
  return finding;
}

/** The keys that a call carries, noted as it leaves. */
export function noteKeys(call: Call, trip: Trip): void {
  switch (call.step) {
    case 'pay.create':
    case 'pay.charge':
    case 'pay.close':
      trip.orders.add(call.orderNumber);
      return;
    case 'pay.refund':
      trip.refunds.add(call.refundNumber);
      return;
    case 'pay.return':
      trip.returned.add(call.refundNumber);
      return;
    case 'ins.settle':
      trip.messages.add(call.messageId);
      return;
    default:
  }
}

/** What an answer about an order told the kiosk. */
export function noteAnswer(call: Call, finding: AnyFinding, trip: Trip, isLate: boolean): void {
  if (call.step === 'hospital.confirm') noteConfirm(finding, trip);
  if (isLate) return;
  const hasLeft = finding.verdict !== 'fail' || finding.reason !== 'unreachable';
  if (call.step === 'pay.close' && hasLeft) trip.lastPayAnswer = 'closeTaken';
  if ((call.step !== 'pay.query' && call.step !== 'pay.returnQuery') || finding.verdict !== 'ok') return;
  const value = finding.value as { readonly state: string };
  const isPaid = value.state === 'paid' || value.state === 'refunded';
  if (isPaid) trip.seenPaid.add(call.orderNumber);
  if (call.step === 'pay.returnQuery') return;
  if (isPaid) trip.lastPayAnswer = 'paid';
  else trip.lastPayAnswer = value.state === 'closed' || value.state === 'notFound' ? value.state : 'open';
}

/** One refusal that can be read ends a row of answers that cannot. */
function noteConfirm(finding: AnyFinding, trip: Trip): void {
  if (finding.verdict === 'unknown' && finding.unreadable) trip.denials = Math.min(trip.denials, 1);
  if (finding.verdict === 'unknown') trip.unreadable += finding.unreadable ? 1 : 0;
  else if (finding.verdict === 'fail' && finding.reason !== 'unreachable') trip.unreadable = 0;
}
