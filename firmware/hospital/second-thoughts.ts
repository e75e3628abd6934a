/**
 * What can still be done about a settlement afterwards: give lines back, re-account with insurance what was paid at
 * own expense (自费转医保), or leave a bill for staff under a number (补记账).
 */
import type { Bill, BillLine, ConversionBill, RefundBill } from './bill.ts';
import type { PartyAnswer } from './hospital-gateway.ts';
import type { HospitalPerson } from './hospital-persons.ts';
import type { FormerSettlement } from './settled-before.ts';

export interface RefundableSettlement extends FormerSettlement {
  readonly departmentName: string;
  /** `performed` lines cannot go back. */
  readonly lines: readonly BillLine[];
  /** Settlement number of a later one that must be undone first, whoever made it. */
  readonly blockedBy: string | undefined;
}

export const REFUND_REFUSALS = [
  'performed',
  'blocked',
  'tooOld',
  'notApproved',
  'inProgress',
  'refundedBefore',
  'atWindow',
] as const;
export type RefundRefusal = (typeof REFUND_REFUSALS)[number];

/** Where a request stands. Asking again with the same request answers anew. */
export type Approval<Granted extends Bill, Refusal extends string> =
  | { readonly state: 'approved'; readonly bill: Granted }
  /** A doctor, department or staff member still has to say yes. */
  | { readonly state: 'waiting'; readonly applicationId: string }
  | { readonly state: 'refused'; readonly reason: Refusal };

export interface ConvertibleSettlement extends FormerSettlement {
  readonly departmentName: string;
  /** yyyy-MM-dd: last day on which it may be converted. */
  readonly until: string;
  readonly application: 'none' | 'waiting' | 'approved' | 'refused';
  /** 补记账 number on its slip, when it was parked at the time. */
  readonly parkedNumber: string | undefined;
}

export const CONVERSION_REFUSALS = [
  'tooOld',
  'notApproved',
  'notInsured',
  'notSelfPaid',
  'inProgress',
  'refundedBefore',
] as const;
export type ConversionRefusal = (typeof CONVERSION_REFUSALS)[number];

export const PARK_REASONS = ['lineDown', 'cardBroken', 'noCode', 'patientAsked', 'centreRefused', 'cashOnly'] as const;
export type ParkReason = (typeof PARK_REASONS)[number];

export interface ParkedBill {
  readonly parkedNumber: string;
  readonly reason: ParkReason;
  /** yyyy-MM-dd: last day on which staff or kiosk can complete it. */
  readonly until: string;
  readonly state: 'parked' | 'settled' | 'withdrawn';
  /** The bill as it stands now. */
  readonly bill: Bill;
}

export interface SecondThoughts {
  /** Earlier settlements of a person at kiosks that are not wholly refunded. */
  refundable(person: HospitalPerson): Promise<PartyAnswer<readonly RefundableSettlement[], 'unknownPatient'>>;
  /** Idempotent: the same settlement and lines answer the same bill. */
  requestRefund(request: {
    readonly settlementNumber: string;
    readonly lineNumbers: readonly string[] | 'all';
    readonly reason: string;
  }): Promise<PartyAnswer<Approval<RefundBill, RefundRefusal>, 'unknownSettlement' | 'unknownLine'>>;
  /** Settled at own expense and within the allowed time. */
  convertible(person: HospitalPerson): Promise<PartyAnswer<readonly ConvertibleSettlement[], 'unknownPatient'>>;
  requestConversion(request: {
    readonly settlementNumber: string;
    readonly reason: ParkReason;
  }): Promise<PartyAnswer<Approval<ConversionBill, ConversionRefusal>, 'unknownSettlement'>>;
  /** Leaves an open bill for later under a number that the slip shows. Idempotent by that number. */
  parkBill(parked: {
    readonly billId: string;
    readonly parkedNumber: string;
    readonly reason: ParkReason;
  }): Promise<
    PartyAnswer<{ readonly until: string }, 'unknownBill' | 'alreadySettled' | 'lockedElsewhere' | 'numberTaken'>
  >;
  /** A parked bill found again by the number on the slip. */
  billByNumber(parkedNumber: string): Promise<PartyAnswer<ParkedBill, 'unknownNumber'>>;
}
