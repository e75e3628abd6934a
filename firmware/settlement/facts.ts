/**
 * What the journal can say, and what the core can ask to be done.
 *
 * A fact is one row: an intent (written before an effect leaves), an outcome,
 * or a note. Nothing in a fact names a person; what does is sealed elsewhere.
 */
import type { CentreSettlement, SettlementAmounts } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';
import type { PayOrderState } from '../payment/payment-gateway.ts';
import type { Moment } from './moment.ts';
import type { NotSettledReason } from './settlements.ts';

/** Calls that change something at a party: never without a durable intent. */
export type EffectStep =
  | 'hospital.lock'
  | 'hospital.confirm'
  | 'hospital.unlock'
  | 'pay.create'
  | 'pay.charge'
  | 'pay.close'
  | 'pay.refund'
  | 'ins.settle'
  | 'ins.reverse'
  | 'ins.void';

/** Calls that only ask. */
export type QuestionStep = 'pay.query' | 'pay.refundState' | 'ins.find';

export type CallStep = EffectStep | QuestionStep;

/** What a party answers when it answers well. */
export interface Values {
  'hospital.lock': null;
  'hospital.confirm': { readonly receiptNumber: string; readonly nextStep: string };
  'hospital.unlock': null;
  'pay.create': { readonly payCode: string };
  'pay.charge': PaySeen;
  'pay.close': null;
  'pay.refund': null;
  'ins.settle': CentreSettlement;
  'ins.reverse': { readonly reversed: 'reversed' | 'notFound' };
  'ins.void': { readonly settlementId: string };
  'pay.query': PaySeen;
  'pay.refundState': { readonly state: 'refunded' | 'notFound' };
  'ins.find': { readonly centre: CentreSettlement | null };
}

export interface PaySeen {
  readonly state: PayOrderState;
  readonly paidFen: Fen;
  readonly route: string | null;
}

/** `unreachable`: the call certainly did not leave. Any other reason is the party's word. */
export type Finding<Value> =
  | { readonly verdict: 'ok'; readonly value: Value }
  | { readonly verdict: 'fail'; readonly reason: string; readonly detail: string }
  | { readonly verdict: 'unknown'; readonly detail: string };

/** How one call ended. `attempt` is the number of the intent; questions carry 0. */
export type Found = {
  [Step in CallStep]: { readonly step: Step; readonly attempt: number; readonly finding: Finding<Values[Step]> };
}[CallStep];

/** What an order fixes for the life of its settlement, without the person. */
export interface OrderFact {
  readonly billId: string;
  readonly billVersion: string;
  readonly plan: 'payThenSettle' | 'settleThenPay';
  readonly agreed: SettlementAmounts;
  readonly consentId: string | null;
  readonly sessionId: string;
  /** 异地: an unknown 2207 is only asked after, never reversed. */
  readonly offSite: boolean;
  readonly payOrderLifeMs: number;
  readonly quarantineMs: number;
  /** Digest of the sealed body, hex. */
  readonly sealed: string;
}

export type GiveUpReason = Extract<NotSettledReason, 'patientGaveUp' | 'patientGone' | 'payOrderExpired'>;

export type Fact =
  | { readonly phase: 'note'; readonly step: 'order'; readonly body: OrderFact }
  | {
      readonly phase: 'intent';
      readonly step: EffectStep;
      readonly attempt: number;
      /** Idempotence key as sent. */
      readonly key: string;
      /** Only for `ins.reverse`: asked again after the quarantine, so a second "not found" is final. */
      readonly afterQuarantine: boolean;
    }
  | { readonly phase: 'outcome'; readonly found: Found }
  /** A question's answer, or a reply that came after its call was given up. */
  | { readonly phase: 'note'; readonly step: 'answer' | 'late'; readonly found: Found }
  | { readonly phase: 'note'; readonly step: 'giveUp'; readonly reason: GiveUpReason }
  /** The machine started again: nobody stands in front of it. */
  | { readonly phase: 'note'; readonly step: 'restarted' }
  /** The patient shows a payment code; the code itself is never written. */
  | { readonly phase: 'note'; readonly step: 'codeShown' }
  /** The order stayed unknown to the broker for a whole quarantine after it was closed. */
  | { readonly phase: 'note'; readonly step: 'payAbsent' }
  | { readonly phase: 'note'; readonly step: 'person'; readonly reason: PersonReason }
  | { readonly phase: 'note'; readonly step: 'end'; readonly end: 'settled' | 'notSettled' }
  | { readonly phase: 'note'; readonly step: 'copyBegun'; readonly copy: number }
  | {
      readonly phase: 'note';
      readonly step: 'copyEnded';
      readonly copy: number;
      readonly outcome: 'printed' | 'unconfirmed' | 'failed';
    };

/** Why only a person can go on. */
export type PersonReason =
  | 'offSiteUnknown'
  | 'reversalRefused'
  | 'voidRefused'
  | 'refundRefused'
  | 'paymentContradicts'
  | 'insuranceContradicts'
  | 'hospitalContradicts';

/** A fact with its place and time. */
export interface Entry {
  readonly seq: number;
  readonly at: Moment;
  readonly fact: Fact;
}

/** One call, complete except for what is sealed (person, credential) or never kept (payment code). */
export type Call =
  | { readonly step: 'hospital.lock'; readonly attempt: number; readonly ttlSeconds: number }
  | {
      readonly step: 'hospital.confirm';
      readonly attempt: number;
      readonly centre: CentreSettlement;
      readonly orderNumber: string | null;
    }
  | { readonly step: 'hospital.unlock'; readonly attempt: number }
  | {
      readonly step: 'pay.create';
      readonly attempt: number;
      readonly orderNumber: string;
      readonly amountFen: Fen;
      readonly lifeMs: number;
    }
  | { readonly step: 'pay.charge'; readonly attempt: number; readonly orderNumber: string; readonly amountFen: Fen }
  | { readonly step: 'pay.close'; readonly attempt: number; readonly orderNumber: string }
  | {
      readonly step: 'pay.refund';
      readonly attempt: number;
      readonly orderNumber: string;
      readonly refundNumber: string;
      readonly amountFen: Fen;
    }
  | { readonly step: 'ins.settle'; readonly attempt: number; readonly messageId: string }
  | { readonly step: 'ins.reverse'; readonly attempt: number; readonly messageId: string }
  | { readonly step: 'ins.void'; readonly attempt: number; readonly messageId: string; readonly settlementId: string }
  | { readonly step: 'pay.query'; readonly attempt: 0; readonly orderNumber: string }
  | { readonly step: 'pay.refundState'; readonly attempt: 0; readonly refundNumber: string }
  | { readonly step: 'ins.find'; readonly attempt: 0; readonly messageId: string };

/** What a settlement waits for; `party` = a party does not answer and is asked again after a pause. */
export type Waiting = 'payment' | 'quarantine' | 'party' | 'person';
