/**
 * What a patient or a cashier may be told of a settlement, made from its state.
 *
 * Pure, and called only on committed states: nothing is said to be done that a
 * power cut could undo.
 */
import type { EffectStep } from './facts.ts';
import { caseNumber, direction, ownFen, type Saga } from './saga.ts';
import type { SettlementStatus, SettlementView } from './settlements.ts';

export function statusOf(saga: Saga): SettlementStatus {
  return { number: saga.number, view: viewOf(saga), ownFen: ownFen(saga), copies: saga.copies };
}

export function viewOf(saga: Saga): SettlementView {
  const { payment, insurance, confirm } = saga;
  if (saga.person) return { state: 'handedToPerson', caseNumber: caseNumber(saga), reason: saga.person };
  if (confirm.at === 'done' && insurance.at === 'settled') {
    const { receiptNumber, nextStep } = confirm;
    return { state: 'settled', centre: insurance.centre, receiptNumber, nextStep };
  }
  const way = direction(saga);
  if (way.go === 'back') {
    const paymentOpen = payment.touched && payment.final === undefined;
    const insuranceOpen = insurance.at !== 'none' && insurance.at !== 'gone';
    const refundOpen = payment.final === 'paid' && payment.refund !== 'done';
    const opening = saga.inFlight?.step === 'pay.create' || saga.inFlight?.step === 'pay.charge';
    if (!paymentOpen && !insuranceOpen && !refundOpen && !opening) {
      const refund = payment.final === 'paid' ? 'refunded' : 'nothingTaken';
      return { state: 'notSettled', reason: way.cause.reason, refund, detail: way.cause.detail };
    }
    const voidUnclear =
      insurance.at === 'settled' && insurance.voiding !== undefined && insurance.voiding.stage !== 'ask';
    const asking = (insuranceOpen && unanswered(saga, 'ins.void')) || (refundOpen && unanswered(saga, 'pay.refund'));
    const unclear = paymentOpen || insurance.at === 'unknown' || voidUnclear || payment.refund === 'unsure' || asking;
    return { state: unclear ? 'resolving' : 'committing' };
  }
  const confirming = confirm.at === 'unsure' || unanswered(saga, 'hospital.confirm');
  if (insurance.at === 'unknown' || confirming) return { state: 'resolving' };
  const collecting = saga.plan === 'payThenSettle' || insurance.at === 'settled';
  if (ownFen(saga) > 0 && collecting && payment.final === undefined && saga.lock === 'held') {
    const { payCode, userPaying } = payment;
    if (payCode === undefined) return { state: saga.plan === 'payThenSettle' ? 'preparing' : 'committing' };
    return { state: 'awaitingPayment', payCode, userPaying: userPaying || saga.inFlight?.step === 'pay.charge' };
  }
  return { state: saga.lock === 'held' && way.go === 'forward' ? 'committing' : 'preparing' };
}

/** Asked once without success, and asked again since: nobody should be kept standing in front of that. */
function unanswered(saga: Saga, step: EffectStep): boolean {
  const asked = saga.attempts[step] ?? 0;
  return asked > 1 || (asked === 1 && saga.inFlight?.step !== step);
}
