/**
 * What a journey may ask of the money.
 *
 * A journey begins a settlement and watches it; it never moves money itself.
 * Whatever happens to the journey, the settlement goes on to a known end.
 */
import type { Unsubscribe } from '../../drivers/ports.ts';
import type { Secret } from '../../drivers/secret.ts';
import type { CentreSettlement, FeeLine, SettlementAmounts, SettleQuestion } from '../insurance/insurance-platform.ts';
import type { LaterSettlement } from '../insurance/refusal-words.ts';
import type { Fen } from '../money.ts';
import type { CaseClosing, EndWord } from './facts.ts';
import type { Collecting, Flow, FormerSettlement, MoneyOrder, ReturnLeg } from './flows.ts';
import type { MoneyPlace } from './money-place.ts';
import type { UploadKind } from './outbox-rows.ts';

/** What 2204 wants of a refund's kept lines. */
export interface KeptLines {
  readonly occurredAt: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly lines: readonly FeeLine[];
}

/** What must leave the kiosk once the settlement has ended so; a row of the outbox in the end's own transaction. */
export interface OwedUpload {
  readonly kind: UploadKind;
  readonly on: EndWord;
  /** Tells several rows of one kind apart, e.g. a line number. */
  readonly part?: string;
  /** Joins the clear part of the row: no person. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  /** JSON object, sealed in the row. */
  readonly person: Secret<string>;
  /** What it says is not complete yet: trace codes come with dispensing. */
  readonly waitsForContent?: boolean;
}

/** Everything that a settlement needs from the session; sealed in the journal, shredded after its end. */
export interface SettlementOrder {
  readonly flow: Flow;
  readonly sessionId: string;
  readonly billId: string;
  readonly billVersion: string;
  /** Of a refund: about the lines that are kept, or the visit that is undone. `null` = no insurance is asked. */
  readonly question: SettleQuestion | null;
  /** The 2206/2303 answer that the patient agreed to; without insurance all of it is the person's (`ownExpense`). */
  readonly agreed: SettlementAmounts;
  readonly consentId: string | undefined;
  /** Fixed for the life of this settlement. */
  readonly plan: MoneyOrder;
  readonly collect: Collecting;
  /** What the patient has paid for this before: deposits, the own part that a refund undoes, a bill at own expense. */
  readonly paidBeforeFen: Fen;
  /** What a refund undoes, or a conversion takes over. */
  readonly former: FormerSettlement | null;
  /** A refund keeps lines, which settle anew. */
  readonly anew: boolean;
  /** The lines that a refund keeps, when the kiosk uploads them itself (2205, 2204). */
  readonly kept: KeptLines | null;
  /** What goes back, each part by its original route. */
  readonly returns: readonly ReturnLeg[];
  readonly payOrderLifeMs: number;
  readonly quarantineMs: number;
  readonly owed?: readonly OwedUpload[];
}

export type NotSettledReason =
  | 'patientGaveUp'
  | 'payOrderExpired'
  | 'paymentRefused'
  | 'billLockedElsewhere'
  | 'billAlreadySettled'
  | 'billChanged'
  | 'insuranceRefused'
  | 'amountsDiffer'
  | 'insuranceReversed'
  /** A refund finds its settlement undone already, at another kiosk or a window. */
  | 'formerUndone'
  /** A refund that a later settlement blocks, by its kind as far as the centre says it. */
  | LaterSettlement
  | 'hospitalRefused'
  | 'partyUnreachable'
  | 'patientGone';

/** Where one settlement stands, as a patient or a cashier may be told. */
export type SettlementView =
  | { readonly state: 'preparing' }
  | { readonly state: 'awaitingPayment'; readonly payCode: string; readonly userPaying: boolean }
  /** The bank terminal asks for the card. */
  | { readonly state: 'awaitingCard' }
  | { readonly state: 'awaitingCash'; readonly insertedFen: Fen; readonly missingFen: Fen }
  /** Money or insurance is moving. */
  | { readonly state: 'committing' }
  /** An outcome is unknown and is being found out. */
  | { readonly state: 'resolving' }
  | {
      readonly state: 'settled';
      /** `null` when no insurance settles in this flow. */
      readonly centre: CentreSettlement | null;
      readonly receiptNumber: string;
      readonly nextStep: string;
      /** Each way back, with how far it is: never "done" for a half. */
      readonly returns: readonly ReturnView[];
    }
  /** 补记账: nothing moved; under this number the bill is found again. */
  | { readonly state: 'parked'; readonly parkedNumber: string }
  | {
      readonly state: 'notSettled';
      readonly reason: NotSettledReason;
      readonly refund: 'nothingTaken' | 'refunded' | 'atCashier';
      /** The party's own words, for staff; no personal data. */
      readonly detail: string;
    }
  /** A person must look: never a silent end. */
  | { readonly state: 'handedToPerson'; readonly caseNumber: string; readonly reason: string }
  /** Two people have closed the case. */
  | { readonly state: 'closedByPerson'; readonly caseNumber: string; readonly closing: CaseClosing };

export interface ReturnView {
  readonly refundNumber: string;
  readonly amountFen: Fen;
  readonly by: ReturnLeg['by'];
  /** `refused`: a person looks after it. */
  readonly state: 'underWay' | 'done' | 'atCashier' | 'refused';
}

export interface SettlementStatus {
  /** `set_…`: printed on paper, shown on screens. */
  readonly number: string;
  readonly view: SettlementView;
  /** What this settlement collects. */
  readonly ownFen: Fen;
  /** What the cashier still owes for it. */
  readonly owedFen: Fen;
  /** Copies of the slip that were started. */
  readonly copies: number;
}

export interface Settlements {
  /** Journals the order and starts it. Rejects when a live settlement for this bill exists. */
  begin(order: SettlementOrder): Promise<SettlementStatus>;
  status(number: string): Promise<SettlementStatus | undefined>;
  /** "Where is my money": as far as this kiosk knows, at any moment. */
  money(number: string): Promise<MoneyPlace | undefined>;
  /** Every change of the view, at once for the present one. */
  watch(number: string, listener: (status: SettlementStatus) => void): Unsubscribe;
  /** The patient shows a payment code instead of scanning ours. */
  payByCode(number: string, authCode: Secret<string>): Promise<void>;
  /** A note lies in the acceptor's escrow; `counterFen` = all it ever stacked. Rejects when no notes are taken now. */
  insertNote(number: string, amountFen: Fen, counterFen: Fen): Promise<void>;
  /** The patient gives up or is gone. Ignored once money or insurance moved for sure. */
  giveUp(number: string, reason: 'patientGaveUp' | 'patientGone' | 'payOrderExpired'): Promise<void>;
  /** Journals the intent to print a slip, before the first byte. Copy 1 is unmarked, later ones are 补打. */
  beginCopy(number: string): Promise<{ readonly copy: number }>;
  endCopy(number: string, copy: number, outcome: 'printed' | 'unconfirmed' | 'failed'): Promise<void>;
  /** Two people end a case that was handed to a person. */
  closeCase(number: string, closing: CaseClosing): Promise<SettlementStatus>;
  /** The cashier hands out what the kiosk owes. `by`: staff id. */
  paidOut(number: string, amountFen: Fen, by: string): Promise<SettlementStatus>;
  /** Numbers of settlements that have not ended. */
  open(): Promise<readonly string[]>;
  /** Resolves when every settlement that was open at start has ended or waits for a named event. */
  recovered(): Promise<void>;
  close(): Promise<void>;
}
