/**
 * How the own part is collected, how an order becomes final, and how money goes back.
 *
 * One order number for the life of a settlement. An order ends by question,
 * close, question; money goes back only after a question said it was paid.
 */
import { ask, type Decision, effect, missingMs, type Present } from './next.ts';
import { orderNumber, refundNumber, type Saga } from './saga.ts';

export function nextPay(saga: Saga, present: Present): Decision {
  const { payment } = saga;
  if (payment.codeShown && payment.openedAt) {
    return { do: 'effect', step: 'pay.charge', key: { is: orderNumber(saga) }, afterQuarantine: false };
  }
  if (!payment.openedAt) return effect(orderNumber(saga), 'pay.create', present);
  const leftMs = missingMs(payment.openedAt, saga.payOrderLifeMs, present.now);
  if (leftMs === 0) return { do: 'record', fact: { phase: 'note', step: 'giveUp', reason: 'payOrderExpired' } };
  const decision = ask('pay.query', present, 'payment');
  return decision.do === 'wait' ? { ...decision, ms: Math.min(decision.ms, leftMs) } : decision;
}

export function nextEndPayment(saga: Saga, present: Present): Decision {
  const { last, closedAt } = saga.payment;
  if (last !== 'question') return ask('pay.query', present, 'payment');
  // Closed and still not found: it may be on its way, so the question is repeated for a whole quarantine.
  if (!closedAt) return effect(orderNumber(saga), 'pay.close', present, 'payment');
  if (missingMs(closedAt, saga.quarantineMs, present.now) > 0) return ask('pay.query', present, 'quarantine');
  return { do: 'record', fact: { phase: 'note', step: 'payAbsent' } };
}

export function nextRefund(saga: Saga, present: Present): Decision {
  const { payment } = saga;
  if (!payment.paidByQuestion) return ask('pay.query', present);
  switch (payment.refund) {
    case 'none':
    case 'repeat':
      return effect(refundNumber(saga), 'pay.refund', present);
    case 'unsure':
      return ask('pay.refundState', present);
    case 'done':
      throw new Error('A refund that is done is not asked for again.');
  }
}
