/**
 * A call arrives at its party: what the party does, and what it says.
 *
 * The only place that knows both the ledger's calls and the parties. Words are those of the contracts.
 */
import type { Call, Finding, PaySeen } from '../../firmware/settlement/facts.ts';
import type { SettlementOrder } from '../../firmware/settlement/settlements.ts';
import type { Ledgers, SettlementRecord } from './ledgers.ts';
import type { PayOrder } from './parties/payment-gateway.ts';
import { netFen } from './parties/payment-gateway.ts';

/** What else decides an answer. */
export interface Mood {
  /** The party says no, for a reason of its own. */
  readonly refuses: boolean;
  /** What the bank says to a payment code. */
  readonly wallet: 'takes' | 'asks' | 'badCode' | 'insufficientFunds';
  /** Whether 5201 and 5203 can be used at all. */
  readonly canFind: boolean;
  /** The centre settles another amount than it had said. */
  readonly differsByFen: number;
}

export type AnyFinding = Finding<unknown>;

const ok = (value: unknown): AnyFinding => ({ verdict: 'ok', value });
const no = (reason: string): AnyFinding => ({ verdict: 'fail', reason, detail: reason });
const REFUSED = no('infcode -1');

export function answerOf(call: Call, record: SettlementRecord, ledgers: Ledgers, mood: Mood): AnyFinding {
  ledgers.touched.add(record.billId);
  const { hospital, gateway, centre } = ledgers;
  const { billId, number, order } = record;
  switch (call.step) {
    case 'hospital.lock': {
      const refusal = hospital.lock(billId, order.billVersion, number, call.ttlSeconds * 1_000);
      return refusal ? no(refusal) : ok(null);
    }
    case 'hospital.unlock': {
      const refusal = hospital.unlock(billId, number);
      return refusal ? no(refusal) : ok(null);
    }
    case 'hospital.confirm': {
      if (mood.refuses) hospital.refuseForGood(billId, number);
      const { settlementId, amounts } = call.centre;
      const told = { by: number, centreSettlementId: settlementId, ownFen: amounts.ownFen };
      const confirmed = hospital.confirm(billId, told);
      if (typeof confirmed === 'string') return no(confirmed);
      return ok({ receiptNumber: confirmed.receiptNumber, nextStep: '3 楼 5 号取药' });
    }
    case 'pay.create': {
      if (mood.refuses) return no('amount');
      const refusal = gateway.create(call.orderNumber, call.amountFen, call.lifeMs);
      return refusal ? no(refusal) : ok({ payCode: `pay:${call.orderNumber}` });
    }
    case 'pay.charge': {
      const wallet = mood.refuses ? 'insufficientFunds' : mood.wallet;
      const charged = gateway.charge(call.orderNumber, call.amountFen, wallet);
      return typeof charged === 'string' ? no(charged) : ok(seen(charged));
    }
    case 'pay.close': {
      const refusal = gateway.close(call.orderNumber);
      return refusal ? no(refusal) : ok(null);
    }
    case 'pay.query':
      return ok(seen(gateway.find(call.orderNumber)));
    case 'pay.refund': {
      if (mood.refuses) return no('amount');
      const refusal = gateway.refund(call.orderNumber, call.refundNumber, call.amountFen);
      return refusal ? no(refusal) : ok(null);
    }
    case 'pay.refundState':
      return ok({ state: gateway.wasRefunded(call.refundNumber) ? 'refunded' : 'notFound' });
    case 'ins.settle': {
      if (mood.refuses) centre.refuseForGood(call.messageId);
      const claim = centre.settle(call.messageId, billId, order.agreed.fundFen);
      if (typeof claim === 'string') return REFUSED;
      return ok(centreAnswer(claim.settlementId, call.messageId, order, mood.differsByFen));
    }
    case 'ins.find': {
      if (!mood.canFind) return REFUSED;
      const claim = centre.find(call.messageId);
      return ok({ centre: claim ? centreAnswer(claim.settlementId, call.messageId, order, mood.differsByFen) : null });
    }
    case 'ins.reverse': {
      if (mood.refuses) return REFUSED;
      const reversed = centre.reverse(call.messageId);
      return reversed === 'voided' ? REFUSED : ok({ reversed });
    }
    case 'ins.void': {
      if (mood.refuses) return REFUSED;
      const voided = centre.void(call.messageId, call.settlementId);
      return typeof voided === 'string' ? REFUSED : ok(voided);
    }
  }
}

function seen(order: PayOrder | undefined): PaySeen {
  if (!order) return { state: 'notFound', paidFen: 0, route: null };
  const { paidFen, route } = order;
  const back = order.state === 'paid' && netFen(order) === 0;
  return { state: back ? 'refunded' : order.state, paidFen, route };
}

function centreAnswer(settlementId: string, messageId: string, { agreed }: SettlementOrder, differsByFen: number) {
  const amounts =
    differsByFen === 0
      ? agreed
      : { ...agreed, fundFen: agreed.fundFen - differsByFen, accountFen: agreed.accountFen + differsByFen };
  return { settlementId, settledAt: '2026-01-01 09:00:00', messageId, amounts };
}
