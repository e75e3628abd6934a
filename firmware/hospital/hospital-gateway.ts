/**
 * What the kiosk asks of the hospital (HIS) through our own contract,
 * docs/interfaces/hospital.openapi.yaml. Amounts are integer fen on this wire.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { Diagnosis, FeeLine, FeeSplit } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';

export type PartyAnswer<Value, Refusal extends string> =
  | { readonly outcome: 'ok'; readonly value: Value }
  /** A definite no with a reason word of this contract. */
  | { readonly outcome: 'refused'; readonly reason: Refusal; readonly detail: string }
  | { readonly outcome: 'unreachable'; readonly detail: string }
  | { readonly outcome: 'unknown'; readonly detail: string }
  | { readonly outcome: 'malformed'; readonly detail: string };

/** One bill line: what 2204 needs and what consent and paper need. */
export interface BillLine extends FeeLine {
  /** `med_chrgitm_type` */
  readonly category: string;
  /** `chrgitm_lv` as the hospital knows it; 03 = not covered. */
  readonly level: '01' | '02' | '03';
  /** Already done or dispensed. */
  readonly performed: boolean;
  /** Consent given earlier (Z-6.2.4), or `undefined`. */
  readonly consentId: string | undefined;
  /** Order this charge comes from; two lines of one order are a suspected double charge. */
  readonly orderId: string;
}

export interface Bill {
  readonly billId: string;
  /** Changes whenever the hospital changes the bill. */
  readonly version: string;
  /** Institution whose bill it is (SZ-248). */
  readonly institutionCode: string;
  readonly outpatientNumber: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly specialty: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly visitedAt: string;
  /** `med_type` */
  readonly medicalType: string;
  readonly emergency: boolean;
  readonly diagnoses: readonly Diagnosis[];
  readonly lines: readonly BillLine[];
  readonly totalFen: Fen;
  /** Present when the hospital has done 2201, 2203A and 2204 itself. */
  readonly uploaded:
    | { readonly visitId: string; readonly chargeBatch: string; readonly splits: readonly FeeSplit[] }
    | undefined;
}

export interface BillConfirmation {
  readonly settlementNumber: string;
  readonly centreSettlementId: string;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly ownFen: Fen;
  readonly payOrderNumber: string | undefined;
}

export interface HospitalGateway {
  /** Open bills of a person. */
  openBills(person: {
    readonly certificateNumber: Secret<string>;
    readonly personNumber: Secret<string>;
  }): Promise<PartyAnswer<readonly Bill[], 'unknownPatient'>>;
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
  ): Promise<
    PartyAnswer<
      { readonly receiptNumber: string; readonly nextStep: string },
      'lockedElsewhere' | 'alreadySettled' | 'changed' | 'unknownBill'
    >
  >;
}
