/**
 * What a patient or a cashier may be told of a settlement, made from its state.
 *
 * Pure, and called only on committed states: nothing is said to be done that a
 * power cut could undo.
 */
import { direction, isConfirmed, isInsured, owedFen } from './course.ts';
import type { EffectStep } from './facts.ts';
import { type Cause, caseNumber, parkedNumber, type Saga } from './saga.ts';
import type { ReturnView, SettlementStatus, SettlementView } from './settlements.ts';

export function statusOf(saga: Saga): SettlementStatus {
  return {
    number: saga.number,
    view: viewOf(saga),
    ownFen: saga.collectFen,
    owedFen: owedFen(saga) - saga.paidOutFen,
    copies: saga.copies,
  };
}

export function viewOf(saga: Saga): SettlementView {
  const { insurance, confirm, person, closing } = saga;
  if (closing) return { state: 'closedByPerson', caseNumber: caseNumber(saga), closing };
  // What a person must look into afterwards (a way back, a party that contradicts itself) undoes no settled bill.
  if (isConfirmed(saga) && confirm.at === 'done') {
    const { receiptNumber, nextStep } = confirm;
    const centre = insurance.at === 'settled' ? insurance.centre : null;
    return { state: 'settled', centre, receiptNumber, nextStep, returns: returnsOf(saga) };
  }
  if (person) return { state: 'handedToPerson', caseNumber: caseNumber(saga), reason: person };
  if (saga.end === 'parked') return { state: 'parked', parkedNumber: parkedNumber(saga) };
  const way = direction(saga);
  return way.go === 'back' ? viewBack(saga, way.cause) : viewForward(saga);
}

function viewBack(saga: Saga, cause: Cause): SettlementView {
  const { payment, insurance, formerPart } = saga;
  const cash = saga.collect === 'cash';
  const paymentOpen = payment.touched && payment.final === undefined;
  const undoing = formerPart.at === 'voided' || (formerPart.at === 'counts' && formerPart.voiding !== undefined);
  const insuranceOpen = (insurance.at !== 'none' && insurance.at !== 'gone') || undoing;
  const refundOpen = !cash && payment.final === 'paid' && payment.refund !== 'done';
  const { step } = saga.inFlight ?? {};
  const opening = step === 'pay.create' || step === 'pay.charge' || step === 'cash.stack';
  if (!paymentOpen && !insuranceOpen && !refundOpen && !opening) {
    const taken = cash ? payment.cash.stackedFen > 0 : payment.final === 'paid';
    const refund = !taken ? 'nothingTaken' : cash ? 'atCashier' : 'refunded';
    return { state: 'notSettled', reason: cause.reason, refund, detail: cause.detail };
  }
  const voidUnclear =
    insurance.at === 'settled' && insurance.voiding !== undefined && insurance.voiding.stage !== 'ask';
  const asking =
    (insuranceOpen && (unanswered(saga, 'ins.void') || unanswered(saga, 'ins.undo'))) ||
    (refundOpen && unanswered(saga, 'pay.refund'));
  const unclear = paymentOpen || insurance.at === 'unknown' || voidUnclear || payment.refund === 'unsure' || asking;
  return { state: unclear ? 'resolving' : 'committing' };
}

function viewForward(saga: Saga): SettlementView {
  const { payment, insurance, confirm, formerPart } = saga;
  const confirming = confirm.at === 'unsure' || unanswered(saga, 'hospital.confirm');
  const undoUnclear = formerPart.at === 'counts' && formerPart.voiding !== undefined && unanswered(saga, 'ins.undo');
  if (insurance.at === 'unknown' || confirming || undoUnclear) return { state: 'resolving' };
  const collecting = saga.plan === 'payThenSettle' || insurance.at === 'settled' || !isInsured(saga);
  if (saga.collectFen > 0 && collecting && payment.final === undefined && saga.lock === 'held') {
    return viewCollecting(saga);
  }
  return { state: saga.lock === 'held' ? 'committing' : 'preparing' };
}

function viewCollecting(saga: Saga): SettlementView {
  const { payCode, userPaying, cash, openedAt, touched } = saga.payment;
  const before: SettlementView = { state: saga.plan === 'payThenSettle' ? 'preparing' : 'committing' };
  switch (saga.collect) {
    case 'code':
      if (payCode === undefined) return before;
      return { state: 'awaitingPayment', payCode, userPaying: userPaying || saga.inFlight?.step === 'pay.charge' };
    case 'card':
      if (touched) return { state: 'resolving' };
      return saga.inFlight?.step === 'pay.charge' ? { state: 'awaitingCard' } : before;
    case 'cash': {
      if (!openedAt) return before;
      if (cash.note?.asked && saga.inFlight?.step !== 'cash.stack') return { state: 'resolving' };
      const insertedFen = cash.stackedFen + (cash.note?.amountFen ?? 0);
      return { state: 'awaitingCash', insertedFen, missingFen: Math.max(0, saga.collectFen - insertedFen) };
    }
  }
}

function returnsOf({ returns, legs }: Saga): readonly ReturnView[] {
  return returns.flatMap(({ refundNumber, amountFen, by }, place) => {
    if (amountFen === 0) return [];
    const refund = legs[place]?.refund;
    const state = by === 'cashier' ? 'atCashier' : refund === 'done' || refund === 'refused' ? refund : 'underWay';
    return [{ refundNumber, amountFen, by, state } as const];
  });
}

/** Asked once without success, and asked again since: nobody should be kept standing in front of that. */
function unanswered(saga: Saga, step: EffectStep): boolean {
  const asked = saga.attempts[step] ?? 0;
  return asked > 1 || (asked === 1 && saga.inFlight?.step !== step);
}
