/**
 * How the own part is collected, how an order becomes final, and how money goes back.
 *
 * One order number for the life of a settlement. An order ends by question,
 * close, question; money goes back only after a question said it was paid.
 */
import { ask, type Decision, effect, missingMs, type Present } from './next.ts';
import { type CashPart, orderNumber, refundNumber, type Saga } from './saga.ts';

export function nextPay(saga: Saga, present: Present): Decision {
  const { payment } = saga;
  if (saga.collect === 'card') return nextCard(saga, present);
  if (saga.collect === 'cash') return nextCash(saga, present);
  if (payment.codeShown && payment.openedAt) {
    return { do: 'effect', step: 'pay.charge', key: { is: orderNumber(saga) }, afterQuarantine: false };
  }
  if (!payment.openedAt) return effect(orderNumber(saga), 'pay.create', present);
  const leftMs = missingMs(payment.openedAt, saga.payOrderLifeMs, present.now);
  if (leftMs === 0) return { do: 'record', fact: { phase: 'note', step: 'giveUp', reason: 'payOrderExpired' } };
  const decision = ask('pay.query', present, 'payment');
  return decision.do === 'wait' ? { ...decision, ms: Math.min(decision.ms, leftMs) } : decision;
}

/** One sale under the one order number. Unanswered, it is asked after; not paid, it is reversed on the way back. */
function nextCard(saga: Saga, present: Present): Decision {
  const { touched, last } = saga.payment;
  if (!touched) return effect(orderNumber(saga), 'pay.charge', present, 'payment');
  if (last !== 'question') return ask('pay.query', present, 'payment');
  return { do: 'record', fact: { phase: 'note', step: 'giveUp', reason: 'payOrderExpired' } };
}

/** Note by note until it is enough or time is up. */
function nextCash(saga: Saga, present: Present): Decision {
  const { openedAt, cash } = saga.payment;
  if (cash.note) return nextNote(saga, cash.note, present);
  if (!openedAt) return { do: 'record', fact: { phase: 'note', step: 'cashOpened' } };
  const leftMs = missingMs(openedAt, saga.payOrderLifeMs, present.now);
  if (leftMs > 0) return { do: 'wait', ms: leftMs, waiting: 'payment' };
  return { do: 'record', fact: { phase: 'note', step: 'giveUp', reason: 'payOrderExpired' } };
}

function nextNote(saga: Saga, note: NonNullable<CashPart['note']>, present: Present): Decision {
  if (note.asked) return ask('cash.counter', present, 'payment');
  const nth = (saga.attempts['cash.stack'] ?? 0) + 1;
  return { do: 'effect', step: 'cash.stack', key: { is: `${orderNumber(saga)} ${nth}` }, afterQuarantine: false };
}

export function nextEndPayment(saga: Saga, present: Present): Decision {
  if (saga.collect === 'cash') return endCash(saga, present);
  const { last, closedAt } = saga.payment;
  if (last !== 'question') return ask('pay.query', present, 'payment');
  // Closed and still not found: it may be on its way, so the question is repeated for a whole quarantine.
  if (!closedAt) return effect(orderNumber(saga), 'pay.close', present, 'payment');
  if (missingMs(closedAt, saga.quarantineMs, present.now) > 0) return ask('pay.query', present, 'quarantine');
  return { do: 'record', fact: { phase: 'note', step: 'payAbsent' } };
}

function endCash(saga: Saga, present: Present): Decision {
  const { note } = saga.payment.cash;
  // A note that was never asked for lies in the escrow: the acceptor gives it back by itself.
  if (note?.asked) return nextNote(saga, note, present);
  return { do: 'record', fact: { phase: 'note', step: 'payAbsent' } };
}

/** The next leg that is neither done nor refused; `undefined` when there is none. */
export function nextReturn(saga: Saga, present: Present): Decision | undefined {
  const place = saga.legs.findIndex(({ refund }) => refund !== 'done' && refund !== 'refused');
  const leg = saga.legs[place];
  const order = saga.returns[place];
  if (!leg || !order) return undefined;
  if (!leg.charged) return ask('pay.returnQuery', present);
  return leg.refund === 'unsure' ? ask('pay.returnState', present) : effect(order.refundNumber, 'pay.return', present);
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
