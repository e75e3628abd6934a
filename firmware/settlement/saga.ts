/**
 * The state of one settlement: plain data, made only by folding its journal.
 *
 * Each part holds what is known of one party. What is not known has its own
 * word, so no code can mistake it for yes or no.
 */
import type { CentreSettlement } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';
import type { EffectStep, GiveUpReason, OrderFact, PersonReason } from './facts.ts';
import type { Moment } from './moment.ts';
import { LOCK_RESERVE_MS } from './plans.ts';
import type { NotSettledReason } from './settlements.ts';

export interface Cause {
  readonly reason: NotSettledReason;
  readonly detail: string;
}

export interface PaymentPart {
  /** An order with our number may exist at the broker. */
  readonly touched: boolean;
  readonly payCode: string | undefined;
  /** When the order was first opened; its life counts from here. */
  readonly openedAt: Moment | undefined;
  readonly codeShown: boolean;
  readonly userPaying: boolean;
  /** What the last exchange about the order was; a close follows only a question that was answered. */
  readonly last: 'question' | 'close' | 'other';
  readonly closedAt: Moment | undefined;
  /** `unpaid`: can never be paid any more. */
  readonly final: 'paid' | 'unpaid' | undefined;
  readonly paidFen: Fen;
  readonly route: string | undefined;
  /** A question, not only a charge's own answer, said that it is paid. */
  readonly paidByQuestion: boolean;
  /** `unsure`: ask for it by its number before it is repeated. */
  readonly refund: 'none' | 'unsure' | 'repeat' | 'done';
  readonly refundRefusals: number;
}

export type InsurancePart =
  | { readonly at: 'none' }
  | { readonly at: 'asked'; readonly messageId: string }
  | {
      readonly at: 'unknown';
      readonly messageId: string;
      readonly lookedUp: 'no' | 'absent' | 'failed';
      readonly lookUps: number;
      /** A reversal with unknown outcome may still arrive: adopting is no longer safe. */
      readonly lingering: boolean;
      readonly quarantineFrom: Moment | undefined;
      /** Its own answer, come while it was being reversed, said that it is settled. */
      readonly saidSettled: boolean;
      readonly refusals: number;
    }
  | {
      readonly at: 'settled';
      readonly messageId: string;
      readonly centre: CentreSettlement;
      /** 2208: `ask` (again), `look` whether it still counts, `refused` and to be looked at. */
      readonly voiding: { readonly messageId: string; readonly stage: 'ask' | 'look' | 'refused' } | undefined;
    }
  | {
      readonly at: 'gone';
      readonly messageId: string;
      readonly how: 'refused' | 'neverSent' | 'reversed' | 'absent' | 'voided';
    };

export interface Saga extends OrderFact {
  readonly number: string;
  /** The intent whose outcome is not yet written. */
  readonly inFlight:
    | { readonly step: EffectStep; readonly attempt: number; readonly afterQuarantine: boolean }
    | undefined;
  readonly attempts: Readonly<Partial<Record<EffectStep, number>>>;
  readonly restarted: boolean;
  readonly leaving: GiveUpReason | undefined;
  /** The first definite reason why this bill will not be settled. */
  readonly cause: Cause | undefined;
  readonly lock: 'none' | 'held' | 'unsure' | 'refused' | 'released';
  /** When the hospital last said that the bill is ours. */
  readonly lockedAt: Moment | undefined;
  readonly payment: PaymentPart;
  readonly insurance: InsurancePart;
  readonly confirm:
    | { readonly at: 'none' | 'unsure' | 'refused' }
    | { readonly at: 'done'; readonly receiptNumber: string; readonly nextStep: string };
  readonly person: PersonReason | undefined;
  readonly end: 'settled' | 'notSettled' | undefined;
  readonly copies: number;
}

export function newSaga(number: string, order: OrderFact): Saga {
  return {
    ...order,
    number,
    inFlight: undefined,
    attempts: {},
    restarted: false,
    leaving: undefined,
    cause: undefined,
    lock: 'none',
    lockedAt: undefined,
    payment: {
      touched: false,
      payCode: undefined,
      openedAt: undefined,
      codeShown: false,
      userPaying: false,
      last: 'other',
      closedAt: undefined,
      final: undefined,
      paidFen: 0,
      route: undefined,
      paidByQuestion: false,
      refund: 'none',
      refundRefusals: 0,
    },
    insurance: { at: 'none' },
    confirm: { at: 'none' },
    person: undefined,
    end: undefined,
    copies: 0,
  };
}

/** The own part that this settlement collects, fen. */
export function ownFen(saga: Saga): Fen {
  return saga.agreed.ownFen;
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

/** One payment order and one refund for the whole life of a settlement: their numbers follow from its own. */
export function orderNumber(saga: Saga): string {
  return saga.number.replace(/^set_/, 'pay_');
}

export function refundNumber(saga: Saga): string {
  return saga.number.replace(/^set_/, 'ref_');
}

export function caseNumber(saga: Saga): string {
  return saga.number.replace(/^set_/, 'case_');
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
  if (restarted) {
    // Nobody is there: a 2207 is not sent for the first time, and nobody will pay an order.
    if (insurance.at === 'none') return back('patientGone');
    if (ownFen(saga) > 0 && !paid) return back('patientGone');
  }
  return { go: 'forward' };
}

/** The first cause stays. */
export function withCause(saga: Saga, reason: NotSettledReason, detail: string): Saga {
  return saga.cause ? saga : { ...saga, cause: { reason, detail } };
}

/** How an answer came: at its time or after its call was given up. */
export interface Arrival {
  readonly at: Moment;
  readonly late: boolean;
  /** The reversal it answers was sent after the quarantine. */
  readonly afterQuarantine: boolean;
}
