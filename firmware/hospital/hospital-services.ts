/**
 * What the kiosk asks of the hospital beside bills and queue: papers of what was settled before, a
 * person who comes, what became of a complaint.
 *
 * One promise of each answer: it is about the one person who was named, or about nobody.
 */
import type { Fen } from '../money.ts';
import type { Bill, BillFlow, BillLine } from './bill.ts';
import type { PartyAnswer } from './hospital-gateway.ts';
import type { HospitalPerson } from './hospital-persons.ts';
import type { StayPapers } from './stay-papers.ts';

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

/** What became of a complaint. */
export interface ComplaintAnswer {
  readonly state: 'received' | 'answered';
  readonly about: string;
  /** The hospital's own words, once it has answered. */
  readonly answer: string;
}

/** A call to the guide desk (导诊台): what staff are told, never who stands there. */
export interface HelpRequest {
  readonly kioskId: string;
  /** The screen's name. */
  readonly screen: string;
  /** Our code on that screen; empty when it says none. */
  readonly staffCode: string;
  readonly requestId: string;
}

/** `guardian`: 监护人 of a child; `expired`: the authorisation had a last day. */
export const PROXY_STATES = ['registered', 'guardian', 'expired', 'none'] as const;
export type ProxyState = (typeof PROXY_STATES)[number];

/** 一日清单 */
export interface DayOfStay {
  /** yyyy-MM-dd */
  readonly day: string;
  readonly lines: readonly BillLine[];
  readonly totalFen: Fen;
  /** Opens the same list on a phone; `undefined` where the hospital has no such page. */
  readonly link: string | undefined;
}

export interface HospitalServices {
  /** What was charged for a stay on one day; an empty day is an answer. */
  dayOfStay(asked: { readonly stayId: string; readonly day: string }): Promise<PartyAnswer<DayOfStay, 'unknownStay'>>;
  /** Settlements of a person at kiosks since that day (yyyy-MM-dd), the newest first. */
  printable(asked: {
    readonly person: HospitalPerson;
    readonly since: string;
  }): Promise<PartyAnswer<readonly PrintableSettlement[], 'unknownPatient'>>;
  /** 出院单据 of a stay that a kiosk settled. */
  stayPapers(asked: {
    readonly settlementNumber: string;
    readonly person: HospitalPerson;
  }): Promise<PartyAnswer<StayPapers, 'unknownSettlement' | 'unknownPatient'>>;
  /** One more copy is going to be printed: its number. Idempotent by `requestId`. */
  claimCopy(claim: {
    readonly settlementNumber: string;
    readonly requestId: string;
  }): Promise<PartyAnswer<{ readonly copy: number }, 'unknownSettlement' | 'undone'>>;
  /** 亲友代办: whether somebody may act for a patient, as registered with the hospital or the centre. */
  proxyState(asked: {
    readonly person: HospitalPerson;
    readonly proxy: HospitalPerson;
  }): Promise<PartyAnswer<{ readonly state: ProxyState }, 'unknownPatient'>>;
  /** Idempotent by `requestId`, which names the call from here on. */
  callHelp(request: HelpRequest): Promise<PartyAnswer<void, 'nobodyThere'>>;
  helpState(requestId: string): Promise<PartyAnswer<{ readonly state: 'ringing' | 'coming' }, 'unknownCall'>>;
  /** Nobody needs to come any more. */
  endHelp(requestId: string): Promise<PartyAnswer<void, 'unknownCall'>>;
  /** By the number on the patient's slip; nothing of a person. */
  complaintAnswer(number: string): Promise<PartyAnswer<ComplaintAnswer, 'unknownNumber'>>;
}
