/**
 * What the kiosk asks of the hospital beside bills and queue: papers of what was settled before.
 *
 * One promise of each answer: it is about the one person who was named, or about nobody.
 */
import type { Fen } from '../money.ts';
import type { Bill, BillFlow } from './bill.ts';
import type { PartyAnswer } from './hospital-gateway.ts';
import type { HospitalPerson } from './hospital-persons.ts';

/** One settlement of a kiosk with all that its slip needs. */
export interface PrintableSettlement {
  readonly settlementNumber: string;
  readonly flow: BillFlow;
  /** yyyy-MM-dd HH:mm:ss */
  readonly settledAt: string;
  /** `setl_id`; `undefined` when no insurance was in it. */
  readonly centreSettlementId: string | undefined;
  /** `insutype`, when insurance was in it and the hospital knows it. */
  readonly insuranceType: string | undefined;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly ownFen: Fen;
  readonly receiptNumber: string;
  /** 下一步; empty when the hospital says none. */
  readonly nextStep: string;
  /** As it was settled. */
  readonly bill: Bill;
  /** Copies of its slip so far, at whatever kiosk; the first one counts. */
  readonly copies: number;
  readonly copiesToday: number;
  /** A later settlement undid it: its slip would claim what is not so any more. */
  readonly undone: boolean;
  /** Where the e-invoice (电子票据) is seen, once it is issued. */
  readonly invoiceLink: string | undefined;
}

export interface HospitalServices {
  /** Settlements of a person at kiosks since that day (yyyy-MM-dd), the newest first. */
  printable(asked: {
    readonly person: HospitalPerson;
    readonly since: string;
  }): Promise<PartyAnswer<readonly PrintableSettlement[], 'unknownPatient'>>;
  /** One more copy is going to be printed: its number. Idempotent by `requestId`. */
  claimCopy(claim: {
    readonly settlementNumber: string;
    readonly requestId: string;
  }): Promise<PartyAnswer<{ readonly copy: number }, 'unknownSettlement' | 'undone'>>;
}
