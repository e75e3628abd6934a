/**
 * What the kiosk asks of the hospital (HIS) through our own contract,
 * docs/interfaces/hospital.openapi.yaml. Amounts are integer fen on this wire.
 */
import type { Fen } from '../money.ts';
import type { Bill, BillFlow } from './bill.ts';
import type { HospitalBooks } from './hospital-books.ts';
import type { HospitalPerson, HospitalPersons } from './hospital-persons.ts';
import type { InpatientDesk } from './inpatient.ts';
import type { QueueTickets } from './queue-tickets.ts';
import type { RegistrationDesk } from './registration.ts';
import type { SecondThoughts } from './second-thoughts.ts';
import type { PaidBy } from './settled-before.ts';

export type { Bill, BillFlow, BillLine } from './bill.ts';

export type PartyAnswer<Value, Refusal extends string> =
  | { readonly outcome: 'ok'; readonly value: Value }
  /** A definite no with a reason word of this contract. */
  | { readonly outcome: 'refused'; readonly reason: Refusal; readonly detail: string }
  | { readonly outcome: 'unreachable'; readonly detail: string }
  | { readonly outcome: 'unknown'; readonly detail: string }
  | { readonly outcome: 'malformed'; readonly detail: string };

/** Money that goes back by the route it came, under a number of its own. */
export interface ReturnLeg {
  readonly orderNumber: string;
  readonly refundNumber: string;
  readonly amountFen: Fen;
}

/** Money that goes back by hand: a task of the cashier with a number. */
export interface OwedAtCashier {
  readonly taskNumber: string;
  readonly amountFen: Fen;
}

export interface BillConfirmation {
  readonly settlementNumber: string;
  /** The bill's own, or `selfPay` for a bill that the patient chose to settle without insurance. */
  readonly flow: BillFlow;
  /** `setl_id`; missing when no insurance is in it: deposit, selfPay, a refund of the whole. */
  readonly centreSettlementId?: string | undefined;
  /** `mdtrt_id`; the kiosk's own when it drove the visit. */
  readonly centreVisitId?: string | undefined;
  /** `medins_setl_id`, so that another kiosk can find this settlement at the centre. */
  readonly centreMessageId?: string | undefined;
  /** Refund and conversion: what was undone or taken over. */
  readonly formerSettlementNumber?: string | undefined;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  /** The patient's own part of the whole. */
  readonly ownFen: Fen;
  /** Discharge: how much of the own part the deposits cover. */
  readonly depositFen?: Fen | undefined;
  readonly paidBy: PaidBy;
  readonly payOrderNumber: string | undefined;
  /** Legs that go back by their routes, decided before the first of them leaves. */
  readonly returns: readonly ReturnLeg[];
  /** What goes back by hand. */
  readonly owed?: readonly OwedAtCashier[] | undefined;
  /** Settled at own expense and meant to be re-accounted (补记账): the number on the patient's slip. */
  readonly parkedNumber?: string | undefined;
}

export interface BillReceipt {
  readonly receiptNumber: string;
  readonly nextStep: string;
}

/** Bills of every flow, held and settled. All that a settlement needs of a hospital. */
export interface HospitalBills {
  /** Open bills of a person: outpatient, registration, and selfPay for people without insurance. */
  openBills(person: HospitalPerson): Promise<PartyAnswer<readonly Bill[], 'unknownPatient'>>;
  /** Locks one bill version for one settlement; repeating it with the same settlement is harmless. */
  lockBill(lock: {
    readonly billId: string;
    readonly version: string;
    readonly settlementNumber: string;
    readonly ttlSeconds: number;
  }): Promise<PartyAnswer<void, 'lockedElsewhere' | 'alreadySettled' | 'changed' | 'unknownBill'>>;
  unlockBill(billId: string, settlementNumber: string): Promise<PartyAnswer<void, 'alreadySettled' | 'unknownBill'>>;
  /** Idempotent by settlement number: repeated for ever until definite. */
  confirmBill(
    billId: string,
    confirmation: BillConfirmation,
  ): Promise<PartyAnswer<BillReceipt, 'lockedElsewhere' | 'alreadySettled' | 'changed' | 'unknownBill'>>;
}

export interface HospitalGateway
  extends HospitalBills,
    HospitalPersons,
    InpatientDesk,
    SecondThoughts,
    HospitalBooks,
    QueueTickets,
    RegistrationDesk {}
