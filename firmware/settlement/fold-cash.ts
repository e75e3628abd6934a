/**
 * Notes: what lies in the escrow is the patient's, what is stacked is the hospital's, and only the acceptor's own
 * counter tells which of the two an unanswered "stack" was. Spec: journal 1.3, "Cash in".
 */
import type { Fen } from '../money.ts';
import type { Found } from './facts.ts';
import { type Arrival, type CashPart, type Saga, withPerson } from './saga.ts';

/** One note at a time, and only while this settlement still takes money. */
export function noteInserted(saga: Saga, amountFen: Fen, counterFen: Fen): Saga {
  const { cash, final } = saga.payment;
  if (saga.collect !== 'cash' || cash.note || final !== undefined) return saga;
  return withCash(saga, { ...cash, note: { amountFen, counterFen, asked: false } });
}

/** The intent is durable: from now on the note may be in the stack. */
export function stacking(saga: Saga): Saga {
  const { cash } = saga.payment;
  return cash.note ? withCash(saga, { ...cash, note: { ...cash.note, asked: true } }) : saga;
}

export function foldCash(
  saga: Saga,
  found: Extract<Found, { step: 'cash.stack' | 'cash.counter' }>,
  { late }: Arrival,
): Saga {
  const { note } = saga.payment.cash;
  // The counter is asked after every unanswered "stack", and it is the truth: a late answer adds nothing to it.
  if (!note?.asked || late) return saga;
  switch (found.step) {
    case 'cash.stack': {
      if (found.finding.verdict === 'ok') return stacked(saga);
      // A definite no: the acceptor gave the note back.
      return found.finding.verdict === 'fail' ? givenBack(saga) : saga;
    }
    case 'cash.counter': {
      if (found.finding.verdict !== 'ok') return saga;
      const { counterFen } = found.finding.value;
      if (counterFen === note.counterFen) return givenBack(saga);
      if (counterFen === note.counterFen + note.amountFen) return stacked(saga);
      return withPerson(saga, 'cashMismatch');
    }
  }
}

function stacked(saga: Saga): Saga {
  const { cash } = saga.payment;
  const stackedFen = cash.stackedFen + (cash.note?.amountFen ?? 0);
  const paid = stackedFen >= saga.collectFen;
  const kept = withCash(saga, { stackedFen, note: undefined });
  if (!paid) return kept;
  return { ...kept, payment: { ...kept.payment, final: 'paid', paidFen: stackedFen, route: 'cash' } };
}

function givenBack(saga: Saga): Saga {
  return withCash(saga, { ...saga.payment.cash, note: undefined });
}

function withCash(saga: Saga, cash: CashPart): Saga {
  return { ...saga, payment: { ...saga.payment, touched: true, cash } };
}
