/**
 * What an answer of the payment gateway means for a settlement.
 *
 * `paid` and `unpaid` are final once known; an order that was not found is
 * neither. A later answer that says otherwise is a case for a person.
 */
import type { Found, PaySeen } from './facts.ts';
import { FIRST_STEP_ATTEMPTS, REFUSALS } from './limits.ts';
import type { Moment } from './moment.ts';
import { type Arrival, type PaymentPart, type Saga, withCause, withPerson } from './saga.ts';

export type PaymentFound = Extract<
  Found,
  { step: 'pay.create' | 'pay.charge' | 'pay.close' | 'pay.refund' | 'pay.query' | 'pay.refundState' }
>;

export function foldPayment(saga: Saga, found: PaymentFound, arrival: Arrival): Saga {
  switch (found.step) {
    case 'pay.create':
      return foldCreate(saga, found, arrival);
    case 'pay.charge': {
      const touched = change(saga, { touched: true });
      const { finding } = found;
      if (finding.verdict === 'ok') return seen(touched, finding.value, false);
      if (finding.verdict === 'unknown') return touched;
      if (arrival.late) return saga;
      if (finding.reason === 'unreachable' && saga.collect === 'card') {
        return found.attempt >= FIRST_STEP_ATTEMPTS ? withCause(saga, 'partyUnreachable', 'bank terminal') : saga;
      }
      // A card has no second code to show: whatever its bank says no to is over.
      if (finding.reason === 'amount' || finding.reason === 'insufficientFunds' || saga.collect === 'card') {
        return withCause(saga, 'paymentRefused', finding.detail || finding.reason);
      }
      return saga;
    }
    case 'pay.close':
      return foldClose(saga, found, arrival);
    case 'pay.refund': {
      const { finding } = found;
      if (saga.payment.refund === 'done') return saga;
      if (finding.verdict === 'ok')
        return finding.value.state === 'pending' ? takenIn(saga) : change(saga, { refund: 'done' });
      if (arrival.late) return saga;
      if (finding.verdict === 'unknown') return change(saga, { refund: 'unsure' });
      if (finding.reason === 'unreachable') return saga;
      // A refusal of a repeated number may only mean that it was done before: ask by its number first.
      const refundRefusals = saga.payment.refundRefusals + (endsForGood(finding.reason) ? REFUSALS : 1);
      return change(saga, { refund: 'unsure', refundRefusals });
    }
    case 'pay.query':
      return found.finding.verdict === 'ok' ? seen(saga, found.finding.value, true) : saga;
    case 'pay.refundState': {
      if (found.finding.verdict !== 'ok' || saga.payment.refund === 'done') return saga;
      const { state } = found.finding.value;
      if (state === 'refunded') return change(saga, { refund: 'done' });
      if (state === 'pending') return takenIn(saga);
      if (state === 'failed' || saga.payment.refundRefusals >= REFUSALS) return withPerson(saga, 'refundRefused');
      return change(saga, { refund: 'repeat', refundTaken: false });
    }
  }
}

function takenIn(saga: Saga): Saga {
  return change(saga, { refund: 'unsure', refundTaken: true });
}

function foldCreate(saga: Saga, { finding, attempt }: Extract<Found, { step: 'pay.create' }>, arrival: Arrival): Saga {
  const opened = (at: Moment): Partial<PaymentPart> => ({ touched: true, openedAt: saga.payment.openedAt ?? at });
  if (finding.verdict === 'ok') {
    return change(saga, { ...opened(arrival.at), payCode: finding.value.payCode, last: 'other' });
  }
  if (arrival.late) return saga;
  if (finding.verdict === 'fail' && (finding.reason === 'paid' || finding.reason === 'closed')) {
    // The order exists and is over: only a question tells how.
    return change(saga, opened(arrival.at));
  }
  if (finding.verdict === 'fail' && finding.reason !== 'unreachable') {
    return withCause(saga, 'paymentRefused', finding.detail || finding.reason);
  }
  const left = finding.verdict === 'unknown' ? change(saga, { touched: true }) : saga;
  return attempt >= FIRST_STEP_ATTEMPTS ? withCause(left, 'partyUnreachable', 'payment: order') : left;
}

function foldClose(saga: Saga, { finding }: Extract<Found, { step: 'pay.close' }>, arrival: Arrival): Saga {
  if (saga.payment.final !== undefined || arrival.late) return saga;
  if (finding.verdict === 'ok') return change(saga, { last: 'close', closedAt: arrival.at });
  if (finding.verdict === 'unknown') return change(saga, { last: 'close' });
  if (finding.reason === 'unreachable') return saga;
  return change(saga, { last: 'close', userPaying: finding.reason === 'userPaying' });
}

/** What a question or a charge says about the order. */
function seen(saga: Saga, answer: PaySeen, byQuestion: boolean): Saga {
  const { payment } = saga;
  const last = byQuestion ? 'question' : 'other';
  switch (answer.state) {
    case 'paid': {
      if (payment.final === 'unpaid') return contradicts(saga);
      const paid = change(saga, {
        touched: true,
        final: 'paid',
        paidFen: answer.paidFen,
        route: answer.route ?? undefined,
        paidByQuestion: payment.paidByQuestion || byQuestion,
        userPaying: false,
      });
      return answer.paidFen === saga.collectFen ? paid : withCause(paid, 'paymentRefused', 'another amount was paid');
    }
    case 'refunded': {
      if (payment.final === 'unpaid') return saga;
      const returned = change(saga, { final: 'paid', paidFen: answer.paidFen, paidByQuestion: true, refund: 'done' });
      return payment.refund === 'none'
        ? withCause(returned, 'paymentRefused', 'refunded by the payment side')
        : returned;
    }
    case 'closed': {
      if (payment.final === 'paid') return byQuestion ? contradicts(saga) : saga;
      const unpaid = change(saga, { final: 'unpaid', userPaying: false });
      const nobodyLeft = saga.leaving === undefined && !saga.restarted;
      return nobodyLeft ? withCause(unpaid, 'payOrderExpired', 'closed by the payment side') : unpaid;
    }
    case 'notFound':
      if (payment.final === 'paid') {
        if (!byQuestion) return saga;
        // The answer to a question that was out when a late charge turned out to be paid is old news, once.
        return payment.paidByQuestion || payment.doubted ? contradicts(saga) : change(saga, { doubted: true });
      }
      return payment.final ? saga : change(saga, { last, userPaying: false });
    case 'waiting':
    case 'userPaying':
      if (payment.final) return saga;
      // A closed order that waits again was not closed: close it once more.
      return change(saga, { last, closedAt: undefined, userPaying: answer.state === 'userPaying' });
  }
}

/** This refund number will never give anything back: the route has expired, or it has failed. */
export function endsForGood(reason: string): boolean {
  return reason === 'expired' || reason === 'failed';
}

function change(saga: Saga, part: Partial<PaymentPart>): Saga {
  return { ...saga, payment: { ...saga.payment, ...part } };
}

function contradicts(saga: Saga): Saga {
  return withPerson(saga, 'paymentContradicts');
}
