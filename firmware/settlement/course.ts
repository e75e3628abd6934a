/**
 * Where a settlement is going: derived from its state, never stored.
 */
import type { Fen } from '../money.ts';
import type { OrderFact } from './facts.ts';
import { flows, type Stage } from './flows.ts';
import { LOCK_RESERVE_MS } from './limits.ts';
import type { Moment } from './moment.ts';
import type { Cause, Saga } from './saga.ts';
import type { NotSettledReason } from './settlements.ts';

type Flowing = Pick<OrderFact, 'flow' | 'plan' | 'anew'>;

export function stagesOf({ flow, plan }: Flowing): readonly Stage[] {
  return flows[flow][plan];
}

/** Whether insurance settles in this flow. */
export function isInsured(order: Flowing): boolean {
  return stagesOf(order).includes('settle') && (order.flow !== 'refund' || order.anew);
}

/** The hospital has its receipt, and the claim that belongs to it counts. */
export function isConfirmed(saga: Saga): boolean {
  return saga.confirm.at === 'done' && (saga.insurance.at === 'settled' || !isInsured(saga));
}

/** What a refund has undone, or has begun to undo, is never left half done. */
function undoBegun({ formerPart }: Saga): boolean {
  return formerPart.at === 'voided' || (formerPart.at === 'counts' && formerPart.voiding !== undefined);
}

/**
 * Whether money, claim or bill have moved so far that the settlement goes on to its end without the patient.
 */
export function isCommitted(saga: Saga): boolean {
  if (saga.confirm.at !== 'none' || saga.inFlight?.step === 'hospital.confirm') return true;
  if (saga.flow === 'refund') return undoBegun(saga) || saga.attempts['hospital.confirm'] !== undefined;
  if (saga.collectFen > 0) return saga.payment.final === 'paid' && saga.payment.refund === 'none';
  return saga.insurance.at !== 'none';
}

/** What the cashier owes the patient for this settlement, fen: notes that are kept without a claim on them. */
export function owedFen(saga: Saga): Fen {
  const done = saga.confirm.at === 'done';
  const legs = done
    ? saga.returns.filter(({ by }) => by === 'cashier').reduce((sum, leg) => sum + leg.amountFen, 0)
    : 0;
  const { stackedFen } = saga.payment.cash;
  if (done) return legs + Math.max(0, stackedFen - (saga.collect === 'cash' ? saga.collectFen : 0));
  return saga.end ? stackedFen : 0;
}

/** What a bill lock lives, ms. */
export function lockLifeMs({ payOrderLifeMs, quarantineMs }: OrderFact): number {
  return payOrderLifeMs + 2 * quarantineMs + LOCK_RESERVE_MS;
}

/** The bill may be somebody else's by now. Within one boot; after another one nothing is begun anyway. */
export function lockIsOver(saga: Saga, at: Moment): boolean {
  const { lockedAt } = saga;
  return lockedAt?.boot === at.boot && at.monoMs - lockedAt.monoMs >= lockLifeMs(saga);
}

/**
 * Which way the settlement goes now. Derived, never stored: a payment that turns out to have been made just before
 * an order ran out turns the way forward again, as long as nothing has been undone.
 */
export function direction(saga: Saga): { readonly go: 'forward' } | { readonly go: 'back'; readonly cause: Cause } {
  const { cause, leaving, payment, insurance, restarted } = saga;
  const paid = payment.final === 'paid' && payment.refund === 'none';
  const back = (reason: NotSettledReason): { readonly go: 'back'; readonly cause: Cause } => ({
    go: 'back',
    cause: { reason, detail: '' },
  });
  if (saga.confirm.at === 'done') return { go: 'forward' };
  if (cause) return { go: 'back', cause };
  if (leaving === 'patientGaveUp' || leaving === 'patientGone') return back(leaving);
  if (leaving === 'payOrderExpired' && !paid) return back(leaving);
  if (restarted && saga.flow === 'refund') return isCommitted(saga) ? { go: 'forward' } : back('patientGone');
  if (restarted) {
    // Nobody is there: a 2207 is not sent for the first time, and nobody will pay an order.
    if (isInsured(saga) && insurance.at === 'none') return back('patientGone');
    if (saga.collectFen > 0 && !paid) return back('patientGone');
  }
  return { go: 'forward' };
}
