/**
 * What the hospital's books take in and give out after a settlement: e-invoices, dispensing, events, and the list of a
 * day. Every call that changes something is idempotent by its key, so an outbox can repeat it for ever.
 */
import type { Fen } from '../money.ts';
import type { MoneyWord } from '../settlement/money-place.ts';
import type { BillFlow } from './bill.ts';
import type { GoodsMark } from './bill-marks.ts';
import type { PartyAnswer, ReturnLeg } from './hospital-gateway.ts';
import type { PaidBy } from './settled-before.ts';

export interface Invoice {
  readonly invoiceNumber: string;
  /** 电子票据代码 and 校验码 */
  readonly invoiceCode: string;
  readonly checkCode: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly issuedAt: string;
  readonly amountFen: Fen;
  /** Text of the code on the slip. */
  readonly link: string;
}

export interface RedInvoice {
  readonly redNumber: string;
  /** The invoice that it takes back. */
  readonly ofInvoiceNumber: string;
  readonly issuedAt: string;
  readonly amountFen: Fen;
}

/** A line given to the patient, with the codes scanned at that moment (SZ-273, SZ-290). */
export interface Dispensed {
  readonly eventId: string;
  readonly settlementNumber: string;
  readonly lineNumber: string;
  /** 追溯码, as scanned. */
  readonly traceCodes: readonly string[];
  /** 拆零 `trdn_flag`: part of a package. */
  readonly opened: boolean;
  readonly goods?: GoodsMark;
  readonly dispensedAt: string;
}

/** What a kiosk tells the hospital; nothing in it names a person. */
export type HospitalEvent = {
  /** Idempotence key. */
  readonly key: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly at: string;
} & (
  | {
      readonly kind: 'settlementEnded';
      readonly settlementNumber: string;
      readonly billId: string;
      readonly end: 'settled' | 'notSettled' | 'parked' | 'byPerson';
      /** What had been paid for one that failed, and is back by its route. */
      readonly returnedFen: Fen;
    }
  /** Only a person can go on: a case for the cashier's list. */
  | {
      readonly kind: 'caseOpened';
      readonly settlementNumber: string;
      readonly caseNumber: string;
      readonly reason: string;
    }
  | { readonly kind: 'caseClosed'; readonly settlementNumber: string; readonly caseNumber: string }
  | {
      readonly kind: 'billParked';
      readonly settlementNumber: string;
      readonly billId: string;
      readonly parkedNumber: string;
    }
  /** A kiosk that dies takes its journal with it: who holds what is told before it moves. */
  | {
      readonly kind: 'intentMirrored';
      readonly settlementNumber: string;
      readonly step: string;
      readonly attempt: number;
      /** Idempotence key as the party gets it. */
      readonly partyKey: string;
    }
  /** Money to be given by hand at the cashier. */
  | {
      readonly kind: 'cashOwed';
      readonly settlementNumber: string;
      readonly taskNumber: string;
      readonly amountFen: Fen;
      readonly reason: string;
    }
  /** One leg of what went back: done, or refused for good. */
  | {
      readonly kind: 'returnEnded';
      readonly settlementNumber: string;
      readonly refundNumber: string;
      readonly amountFen: Fen;
      readonly end: 'returned' | 'refused';
    }
  /** Costs as they happen (Y4-27); of a refund what is kept. */
  | {
      readonly kind: 'settledTotals';
      readonly settlementNumber: string;
      readonly flow: string;
      readonly formerSettlementNumber: string | null;
      readonly totalFen: Fen;
      readonly fundFen: Fen;
      readonly accountFen: Fen;
      readonly ownFen: Fen;
    }
  /** 进销存 (SZ-286): goods that left the shelves, or came back. */
  | {
      readonly kind: 'goodsMoved';
      readonly settlementNumber: string;
      readonly way: 'sold' | 'returned';
      readonly lines: readonly {
        readonly lineNumber: string;
        readonly catalogueCode: string;
        readonly hospitalCode: string;
        readonly quantity: string;
        readonly unitPrice: string;
        readonly amountFen: Fen;
      }[];
    }
  /** 好差评 (Y1-17): one rating of one service. */
  | { readonly kind: 'serviceRated'; readonly kioskId: string; readonly stars: number }
  /** Something that staff must do; `facts` is a JSON object without a person. */
  | { readonly kind: 'staffTask'; readonly taskNumber: string; readonly task: string; readonly facts: string }
  /** For the authority, which the hospital passes on at once (SZ-278); taken = passed on. */
  | {
      readonly kind: 'authorityNotice';
      readonly fault: string;
      readonly number: number;
      readonly stage: string;
      readonly facts: string;
    }
);

/** What the hospital knows of a settlement of any kiosk, from confirmations and events; nothing of a person. */
export interface KnownSettlement {
  readonly settlementNumber: string;
  /** The kiosk's own vocabulary of where money is. */
  readonly word: MoneyWord;
  /** What was paid (`kept`), is back (`returned`) or waits at the cashier (`atCashier`), where that is known. */
  readonly amountFen: Fen | undefined;
  readonly caseNumber: string | undefined;
  /** The refund or conversion that came after it: its number says where the money is now. */
  readonly followedBy: string | undefined;
  /** When the hospital last heard of it, yyyy-MM-dd HH:mm:ss. */
  readonly toldAt: string;
}

/** One confirmation in the hospital's books. */
export interface StatementRow {
  readonly settlementNumber: string;
  readonly flow: BillFlow;
  readonly billId: string;
  readonly receiptNumber: string;
  /** When the hospital took it in, yyyy-MM-dd HH:mm:ss. */
  readonly confirmedAt: string;
  readonly centreSettlementId: string | undefined;
  readonly formerSettlementNumber: string | undefined;
  readonly totalFen: Fen;
  readonly fundFen: Fen;
  readonly accountFen: Fen;
  readonly ownFen: Fen;
  /** Of the own part, what deposits covered. */
  readonly depositFen: Fen;
  readonly paidBy: PaidBy;
  readonly payOrderNumber: string | undefined;
  readonly returns: readonly ReturnLeg[];
  /** Sum that the cashier owes. */
  readonly owedFen: Fen;
}

export interface DayStatement {
  /** yyyy-MM-dd, by the time of confirmation, Beijing. */
  readonly date: string;
  /** In the order of confirmation. */
  readonly rows: readonly StatementRow[];
}

export interface HospitalBooks {
  issueInvoice(
    settlementNumber: string,
    key: string,
  ): Promise<PartyAnswer<Invoice, 'unknownSettlement' | 'nothingToInvoice' | 'invoiceServiceDown'>>;
  /** 红冲. */
  redInvoice(
    settlementNumber: string,
    key: string,
  ): Promise<PartyAnswer<RedInvoice, 'unknownSettlement' | 'noInvoice' | 'invoiceServiceDown'>>;
  /** Dispensing of lines that kiosks settled, in order, after the place where one stopped reading; '' = from the start. */
  dispensed(
    since: string,
  ): Promise<PartyAnswer<{ readonly events: readonly Dispensed[]; readonly next: string }, 'unknownPlace'>>;
  /** Keys that the hospital has now; an event whose key is missing from the answer was not understood. */
  postEvents(events: readonly HospitalEvent[]): Promise<PartyAnswer<{ readonly taken: readonly string[] }, never>>;
  /** "Where is my money", at any kiosk. */
  settlementByNumber(settlementNumber: string): Promise<PartyAnswer<KnownSettlement, 'unknownSettlement'>>;
  /** Confirmations of this kiosk on a day that is over. */
  dayStatement(date: string): Promise<PartyAnswer<DayStatement, 'notYet'>>;
}
