/** A stay in hospital, what was paid in advance for it, and how it ends. */
import type { Fen } from '../money.ts';
import type { DepositBill, DischargeBill } from './bill.ts';
import type { PartyAnswer } from './hospital-gateway.ts';
import type { HospitalPerson } from './hospital-persons.ts';
import type { Deposit } from './settled-before.ts';

export interface InpatientStay {
  readonly stayId: string;
  /** `mdtrt_id` of 2401; `undefined` when the stay is not registered with insurance. */
  readonly visitId: string | undefined;
  /** `ipt_no` */
  readonly inpatientNumber: string;
  readonly ward: string;
  readonly bed: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly admittedAt: string;
  /** Deposits less fees so far; below zero when the patient owes. */
  readonly balanceFen: Fen;
  /** Fees posted so far. */
  readonly feesFen: Fen;
  /** Oldest first. */
  readonly deposits: readonly Deposit[];
  readonly depositLimits: { readonly minFen: Fen; readonly maxFen: Fen };
  /** What a discharge settlement needs, each as one tick on the screen. */
  readonly discharge: {
    readonly ordered: boolean;
    /** yyyy-MM-dd HH:mm:ss, once ordered. */
    readonly orderedAt: string | undefined;
    readonly feesPosted: boolean;
    readonly disputed: boolean;
    /** 病案编码 */
    readonly coded: boolean;
    /** 2402 is done at the centre. */
    readonly registered: boolean;
  };
}

/** Why a stay cannot be settled yet; the first of them in this order. */
export const NOT_READY = ['noDischargeOrder', 'feesMissing', 'codingMissing', 'disputed'] as const;
export type NotReady = (typeof NOT_READY)[number];

export interface InpatientDesk {
  inpatientStay(person: HospitalPerson): Promise<PartyAnswer<InpatientStay, 'unknownPatient' | 'notInpatient'>>;
  /** A bill that takes this much in advance. `requestId` is the idempotence key: the same again is the same bill. */
  openDeposit(deposit: {
    readonly stayId: string;
    readonly amountFen: Fen;
    readonly requestId: string;
  }): Promise<PartyAnswer<DepositBill, 'unknownStay' | 'notInpatient' | 'amount'>>;
  /** The one bill that ends a stay; asking again answers the same bill while nothing has changed. */
  openDischarge(stayId: string): Promise<PartyAnswer<DischargeBill, 'unknownStay' | 'alreadySettled' | NotReady>>;
}
