/**
 * The state of one settlement: plain data, made only by folding its journal.
 *
 * Each part holds what is known of one party. What is not known has its own
 * word, so no code can mistake it for yes or no.
 */
import type { CentreSettlement } from '../insurance/insurance-platform.ts';
import type { LaterSettlement } from '../insurance/refusal-words.ts';
import type { Fen } from '../money.ts';
import type { CaseClosing, EffectStep, EndWord, GiveUpReason, OrderFact, PersonReason } from './facts.ts';
import type { ReturnLeg } from './flows.ts';
import type { Moment } from './moment.ts';
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
  /** One question did not find what a charge’s own answer had called paid: it may have been asked before. */
  readonly doubted: boolean;
  /** `unsure`: ask for it by its number before it is repeated. */
  readonly refund: RefundState;
  readonly refundRefusals: number;
  /** The channel says that it has taken the refund in: it will be carried out, maybe in days. */
  readonly refundTaken: boolean;
  readonly cash: CashPart;
}

export type RefundState = 'none' | 'unsure' | 'repeat' | 'done';

/** Notes of this settlement, fen. Only what is stacked is the hospital's. */
export interface CashPart {
  readonly stackedFen: Fen;
  /** Lies in the escrow, or may have been stacked: only the acceptor's counter tells. */
  readonly note: { readonly amountFen: Fen; readonly counterFen: Fen; readonly asked: boolean } | undefined;
}

/** One leg of what goes back. */
export interface LegPart {
  /** A question said that the charge it goes back from was paid. */
  readonly charged: boolean;
  readonly refund: RefundState | 'refused';
  readonly refusals: number;
}

/** 2208/2305: `ask` (again), `look` whether it still counts, `refused` and to be looked at. */
export interface Voiding {
  readonly messageId: string;
  readonly stage: 'ask' | 'look' | 'refused';
  /** The last time that it was not answered: that copy may still be on its way. */
  readonly unclearFrom?: Moment;
  /** The centre refused it because a settlement that came later builds on it. */
  readonly blockedBy?: LaterSettlement;
}

export type ConfirmPart =
  | { readonly at: 'none' | 'refused' }
  /**
   * `unclearFrom`: the last time that it was not answered, so a copy may still be on its way. `refused`: asked again,
   * the hospital said no; believed only when it says so once more after that copy is dead.
   */
  | {
      readonly at: 'unsure';
      readonly unclearFrom: Moment;
      readonly refused: boolean;
      /** Answers in a row that could not be read; silence in between neither counts nor ends the row. */
      readonly unreadable: number;
    }
  | { readonly at: 'done'; readonly receiptNumber: string; readonly nextStep: string };

/** The settlement that a refund undoes. */
export type FormerPart =
  /** `elsewhere`: undone before we began, by somebody else. */
  | { readonly at: 'none' | 'voided' | 'elsewhere' }
  | {
      readonly at: 'counts';
      readonly voiding: Voiding | undefined;
      /** Asked before the first 2208 whether it still counts: the answers that came, `done` when one says enough. */
      readonly looked: number | 'done';
    };

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
      readonly voiding: Voiding | undefined;
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
    | {
        readonly step: EffectStep;
        readonly attempt: number;
        readonly afterQuarantine: boolean;
        readonly leg?: number;
      }
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
  readonly formerPart: FormerPart;
  /** The kept lines of a refund lie at the centre and pre-settle to what was agreed. */
  readonly prepared: boolean;
  /** One for each of the order's `returns`. */
  readonly legs: readonly LegPart[];
  readonly confirm: ConfirmPart;
  readonly person: PersonReason | undefined;
  readonly closing: CaseClosing | undefined;
  readonly end: EndWord | undefined;
  /** What the cashier has handed out of `owedFen`, fen. */
  readonly paidOutFen: Fen;
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
      doubted: false,
      refund: 'none',
      refundRefusals: 0,
      refundTaken: false,
      cash: { stackedFen: 0, note: undefined },
    },
    insurance: { at: 'none' },
    formerPart: order.former?.settlementId ? { at: 'counts', voiding: undefined, looked: 0 } : { at: 'none' },
    prepared: false,
    legs: order.returns.map(newLeg),
    confirm: { at: 'none' },
    person: undefined,
    closing: undefined,
    end: undefined,
    paidOutFen: 0,
    copies: 0,
  };
}

export function newLeg({ by, amountFen }: ReturnLeg): LegPart {
  // The cashier's leg is owed from the confirmation on, and a leg of nothing is done: no gateway is asked.
  return { charged: false, refund: by === 'cashier' || amountFen === 0 ? 'done' : 'none', refusals: 0 };
}

/** One payment order and one refund for the whole life of a settlement: their numbers follow from its own. */
export function orderNumber(saga: Saga): string {
  return saga.number.replace(/^set_/, 'pay_');
}

export function refundNumber(saga: Saga): string {
  return saga.number.replace(/^set_/, 'ref_');
}

/** 补记账编号: under it a bill that was parked or paid at own expense is found again. */
export function parkedNumber(saga: Saga): string {
  return saga.number.replace(/^set_/, 'acc_');
}

export function caseNumber(saga: Saga): string {
  return saga.number.replace(/^set_/, 'case_');
}

/** The cashier's task to hand out notes. */
export function cashTaskNumber(saga: Saga): string {
  return saga.number.replace(/^set_/, 'owe_');
}

/** The first cause stays. */
export function withCause(saga: Saga, reason: NotSettledReason, detail: string): Saga {
  return saga.cause ? saga : { ...saga, cause: { reason, detail } };
}

/** The first need of a person stays, but for one that may still go away by itself. */
export function withPerson(saga: Saga, reason: PersonReason): Saga {
  return saga.person === undefined || isStillAsked(saga.person) ? { ...saga, person: reason } : saga;
}

/** A case that the party itself may still end: people look into it, and the kiosk goes on asking. */
export function isStillAsked(person: PersonReason): boolean {
  return person === 'hospitalUnreadable';
}

/** How an answer came: at its time or after its call was given up. */
export interface Arrival {
  readonly at: Moment;
  readonly late: boolean;
  /** The reversal it answers was sent after the quarantine. */
  readonly afterQuarantine: boolean;
}
