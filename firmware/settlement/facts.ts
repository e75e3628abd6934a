/**
 * What the journal can say, and what the core can ask to be done.
 *
 * A fact is one row: an intent (written before an effect leaves), an outcome,
 * or a note. Nothing in a fact names a person; what does is sealed elsewhere.
 */
import type { CentreSettlement, SettlementAmounts, Voided } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';
import type { PayOrderState, RefundState } from '../payment/payment-gateway.ts';
import type { Collecting, Flow, FormerSettlement, MoneyOrder, ReturnLeg } from './flows.ts';
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
  /** One leg of what goes back to the patient by its original route after the hospital confirmed. */
  | 'pay.return'
  /** The acceptor swallows the note that lies in its escrow. */
  | 'cash.stack'
  | 'ins.settle'
  | 'ins.reverse'
  | 'ins.void'
  /** 2208 or 2305 of an earlier settlement: the first half of a refund. */
  | 'ins.undo'
  /** The kept lines are uploaded anew and pre-settled; may be repeated. */
  | 'ins.prepare';

/** Calls that only ask. */
export type QuestionStep =
  | 'pay.query'
  | 'pay.refundState'
  | 'pay.returnQuery'
  | 'pay.returnState'
  | 'cash.counter'
  | 'ins.find'
  | 'ins.findFormer';

export type CallStep = EffectStep | QuestionStep;

/** What a party answers when it answers well. */
export interface Values {
  'hospital.lock': null;
  'hospital.confirm': { readonly receiptNumber: string; readonly nextStep: string };
  'hospital.unlock': null;
  'pay.create': { readonly payCode: string };
  'pay.charge': PaySeen;
  'pay.close': null;
  'pay.refund': { readonly state: 'refunded' | 'pending' };
  'pay.return': { readonly state: 'refunded' | 'pending' };
  'cash.stack': null;
  'ins.settle': CentreSettlement;
  'ins.reverse': { readonly reversed: 'reversed' | 'notFound' };
  'ins.void': Voided;
  'ins.undo': Voided;
  /** What the centre makes of the kept lines now that the former settlement is undone. */
  'ins.prepare': SettlementAmounts;
  'pay.query': PaySeen;
  'pay.refundState': { readonly state: RefundState };
  'pay.returnQuery': PaySeen;
  'pay.returnState': { readonly state: RefundState };
  'cash.counter': { readonly counterFen: Fen };
  'ins.findFormer': { readonly state: 'counts' | 'voided' | 'notFound' };
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
  /** `unreadable`: there was an answer, and nobody can read it: asking again helps only when the party is mended. */
  | { readonly verdict: 'unknown'; readonly detail: string; readonly unreadable?: true };

/**
 * How one call ended. `attempt` is the number of the intent; questions carry 0. `leg` only for the steps of a return:
 * its place in the order's list.
 */
export type Found = {
  [Step in CallStep]: {
    readonly step: Step;
    readonly attempt: number;
    readonly leg?: number;
    readonly finding: Finding<Values[Step]>;
  };
}[CallStep];

/** What an order fixes for the life of its settlement, without the person. */
export interface OrderFact {
  readonly flow: Flow;
  readonly billId: string;
  readonly billVersion: string;
  readonly plan: MoneyOrder;
  /** What the insurance settles; of a bill without insurance, everything is the person's. */
  readonly agreed: SettlementAmounts;
  readonly collect: Collecting;
  /** What the patient has paid for this before: deposits, the own part that a refund undoes, a bill at own expense. */
  readonly paidBeforeFen: Fen;
  /** What is taken now, fen: what the own part is above `paidBeforeFen`. What it is below goes back by `returns`. */
  readonly collectFen: Fen;
  /** What a refund undoes, or a conversion takes over. */
  readonly former: FormerSettlement | null;
  /** A refund keeps lines, which settle anew. */
  readonly anew: boolean;
  readonly returns: readonly ReturnLeg[];
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

/** Who closed a case, and what was found to be so. The two are different people's staff ids. */
export interface CaseClosing {
  readonly by: readonly [string, string];
  /** `setl_id` counts at the centre. */
  readonly claim: 'counts' | 'none';
  /** What the hospital keeps of the patient's money for this bill, fen. */
  readonly keptFen: Fen;
  /** What was done, in a sentence without a person's name. */
  readonly note: string;
}

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
      /** Only for `pay.return`: which leg of the order. */
      readonly leg?: number;
    }
  | { readonly phase: 'outcome'; readonly found: Found }
  /** A question's answer, or a reply that came after its call was given up. */
  | { readonly phase: 'note'; readonly step: 'answer' | 'late'; readonly found: Found }
  | { readonly phase: 'note'; readonly step: 'giveUp'; readonly reason: GiveUpReason }
  /** The machine started again: nobody stands in front of it. */
  | { readonly phase: 'note'; readonly step: 'restarted' }
  /** The patient shows a payment code; the code itself is never written. */
  | { readonly phase: 'note'; readonly step: 'codeShown' }
  /** Notes are taken from now on; the time for them counts from here. */
  | { readonly phase: 'note'; readonly step: 'cashOpened' }
  /** A note lies in the acceptor's escrow. `counterFen`: all that it ever stacked, before this note. */
  | { readonly phase: 'note'; readonly step: 'noteInserted'; readonly amountFen: Fen; readonly counterFen: Fen }
  /** The order stayed unknown to the broker for a whole quarantine after it was closed. */
  | { readonly phase: 'note'; readonly step: 'payAbsent' }
  | { readonly phase: 'note'; readonly step: 'person'; readonly reason: PersonReason }
  | { readonly phase: 'note'; readonly step: 'end'; readonly end: EndWord }
  | { readonly phase: 'note'; readonly step: 'caseClosed'; readonly closing: CaseClosing }
  /** The cashier handed out what the cabinet owed. */
  | { readonly phase: 'note'; readonly step: 'paidOut'; readonly amountFen: Fen; readonly by: string }
  | { readonly phase: 'note'; readonly step: 'copyBegun'; readonly copy: number }
  | {
      readonly phase: 'note';
      readonly step: 'copyEnded';
      readonly copy: number;
      readonly outcome: 'printed' | 'unconfirmed' | 'failed';
    };

/** `settled`: the flow reached what it was for (of a refund: the money is back). `parked`: no money moved, a number stands. */
export type EndWord = 'settled' | 'notSettled' | 'parked' | 'byPerson';

/** Why only a person can go on. */
export type PersonReason =
  | 'offSiteUnknown'
  | 'reversalRefused'
  | 'voidRefused'
  | 'refundRefused'
  /** The former settlement is undone and what should follow (settling anew, the hospital's word) was refused. */
  | 'refundHalfDone'
  /** A way back by its original route was refused; the others were taken. */
  | 'returnRefused'
  /** The acceptor's counter fits neither "stacked" nor "given back". */
  | 'cashMismatch'
  | 'paymentContradicts'
  | 'insuranceContradicts'
  | 'hospitalContradicts'
  /** The hospital answers the confirmation and nobody can read how. It is still asked, and may end the case itself. */
  | 'hospitalUnreadable';

/** A fact with its place and time. */
export interface Entry {
  readonly seq: number;
  readonly at: Moment;
  readonly fact: Fact;
}

/** What a settlement waits for; `party` = a party does not answer and is asked again after a pause. */
export type Waiting = 'payment' | 'quarantine' | 'party' | 'person';
