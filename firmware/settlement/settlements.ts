/**
 * What a journey may ask of the money.
 *
 * A journey begins a settlement and watches it; it never moves money itself.
 * Whatever happens to the journey, the settlement goes on to a known end.
 */
import type { Unsubscribe } from '../../drivers/ports.ts';
import type { Secret } from '../../drivers/secret.ts';
import type { CentreSettlement, SettlementAmounts, SettleQuestion } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';

/** Everything that a settlement needs from the session; sealed in the journal, shredded after its end. */
export interface SettlementOrder {
  readonly sessionId: string;
  readonly billId: string;
  readonly billVersion: string;
  readonly question: SettleQuestion;
  /** The 2206 answer that the patient agreed to. */
  readonly agreed: SettlementAmounts;
  readonly consentId: string | undefined;
  /** Fixed for the life of this settlement. */
  readonly plan: 'payThenSettle' | 'settleThenPay';
  readonly payOrderLifeMs: number;
  readonly quarantineMs: number;
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
  | 'hospitalRefused'
  | 'partyUnreachable'
  | 'patientGone';

/** Where one settlement stands, as a patient or a cashier may be told. */
export type SettlementView =
  | { readonly state: 'preparing' }
  | { readonly state: 'awaitingPayment'; readonly payCode: string; readonly userPaying: boolean }
  /** Money or insurance is moving. */
  | { readonly state: 'committing' }
  /** An outcome is unknown and is being found out. */
  | { readonly state: 'resolving' }
  | {
      readonly state: 'settled';
      readonly centre: CentreSettlement;
      readonly receiptNumber: string;
      readonly nextStep: string;
    }
  | {
      readonly state: 'notSettled';
      readonly reason: NotSettledReason;
      readonly refund: 'nothingTaken' | 'refunded';
      /** The party's own words, for staff; no personal data. */
      readonly detail: string;
    }
  /** A person must look: never a silent end. */
  | { readonly state: 'handedToPerson'; readonly caseNumber: string; readonly reason: string };

export interface SettlementStatus {
  /** `set_…`: printed on paper, shown on screens. */
  readonly number: string;
  readonly view: SettlementView;
  readonly ownFen: Fen;
  /** Copies of the slip that were started. */
  readonly copies: number;
}

export interface Settlements {
  /** Journals the order and starts it. Rejects when a live settlement for this bill exists. */
  begin(order: SettlementOrder): Promise<SettlementStatus>;
  status(number: string): Promise<SettlementStatus | undefined>;
  /** Every change of the view, at once for the present one. */
  watch(number: string, listener: (status: SettlementStatus) => void): Unsubscribe;
  /** The patient shows a payment code instead of scanning ours. */
  payByCode(number: string, authCode: Secret<string>): Promise<void>;
  /** The patient gives up or is gone. Ignored once money or insurance moved for sure. */
  giveUp(number: string, reason: 'patientGaveUp' | 'patientGone' | 'payOrderExpired'): Promise<void>;
  /** Journals the intent to print a slip, before the first byte. Copy 1 is unmarked, later ones are 补打. */
  beginCopy(number: string): Promise<{ readonly copy: number }>;
  endCopy(number: string, copy: number, outcome: 'printed' | 'unconfirmed' | 'failed'): Promise<void>;
  /** Numbers of settlements that have not ended. */
  open(): Promise<readonly string[]>;
  /** Resolves when every settlement that was open at start has ended or waits for a named event. */
  recovered(): Promise<void>;
  close(): Promise<void>;
}
