/**
 * The contract of a bank-card terminal (POS 模块).
 *
 * It reads the card and takes the password by itself. One promise: after an
 * exchange that was cut, nothing else is said to it before it has been asked
 * what became of that order; so a sale is one debit or none, and never guessed.
 */
import type { CommandOptions, CommonFault, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';

/** `open`: under way, or its reversal is owed. `returned`: approved, and all of it given back since. */
export type SaleState = 'open' | 'approved' | 'declined' | 'reversed' | 'returned';

export interface CardSale {
  readonly orderNumber: string;
  readonly amountFen: number;
  readonly state: SaleState;
  /** 检索参考号, once approved. */
  readonly referenceNumber: string | undefined;
  /** 批次号 and 凭证号, as the terminal writes them. */
  readonly batchNumber: string;
  readonly traceNumber: string;
  /** Last four digits: all that the host ever learns of a card. */
  readonly cardTail: string | undefined;
}

export interface BatchTotals {
  readonly batchNumber: string;
  readonly sales: { readonly count: number; readonly fen: number };
  /** Voids and refunds. */
  readonly returns: { readonly count: number; readonly fen: number };
}

/** `acquirerUnreachable`: the terminal is well, its line to the bank is not. `busy`: it serves a sale. */
type TerminalFault = 'acquirerUnreachable' | 'busy' | 'paperOut';
export type SaleFault = TerminalFault | 'declined' | 'amount' | 'closed' | 'paid' | 'outcomeOwed';
export type ReverseFault = TerminalFault | 'approved';
export type GiveBackFault = TerminalFault | 'notPaid' | 'amount' | 'expired' | 'failed' | 'batchOver' | 'outcomeOwed';
export type SettleFault = TerminalFault | 'differs' | 'saleOpen';

/**
 * How a command ended that may move money. `effect` says what is known when it failed: `none`, nothing was moved by
 * it; `unknown`, only the terminal can say, and it is asked before anything else.
 */
export type MoneyCompletion<Value, Fault extends string> =
  | { readonly done: true; readonly value: Value }
  | {
      readonly done: false;
      readonly fault: Fault | CommonFault;
      readonly detail: string;
      readonly effect: 'none' | 'unknown';
    };

/** Where a sale stands, for the screen beside the terminal. */
export type SaleProgress = 'cardWanted' | 'cardRead' | 'pinWanted' | 'authorising' | 'cardToBeTaken';

export type BankTerminalEvent =
  | { readonly event: 'saleProgress'; readonly progress: SaleProgress }
  /** What became of an order whose exchange was cut: told when the terminal has said it. */
  | { readonly event: 'outcomeFound'; readonly number: string; readonly outcome: SaleState | 'never' | GiveBackState }
  /** A module that sends card numbers takes no more sales until a person has looked at it. */
  | { readonly event: 'cardNumberRefused' };

export type GiveBackState = 'returned' | 'pending' | 'failed' | 'notFound';

export interface BankTerminal extends Device {
  readonly deviceClass: 'bankTerminal';
  /** Order or refund number of which the terminal still has to say what became of it. */
  readonly owed: string | undefined;
  onTerminalEvent(listener: (event: BankTerminalEvent) => void): Unsubscribe;
  /**
   * 消费. Waits for card and password. `options.signal` takes the offer back while no card has been read; it does not
   * end the wait for an answer, only the terminal's answer or the deadline does.
   */
  sale(
    order: { readonly orderNumber: string; readonly amountFen: number },
    options: CommandOptions,
  ): Promise<MoneyCompletion<CardSale, SaleFault>>;
  /** 查询末笔: an order as terminal and acquirer know it; the last one when none is named. Changes nothing. */
  lookUp(
    orderNumber: string | undefined,
    options: CommandOptions,
  ): Promise<Completion<CardSale | undefined, TerminalFault>>;
  /** 冲正, also of an order that never arrived: a later sale of it is then refused. */
  reverse(orderNumber: string, options: CommandOptions): Promise<MoneyCompletion<void, ReverseFault>>;
  /** 撤销 (`void`, a whole sale of the present batch) or 退货 (`refund`). `refundNumber` is the idempotence key. */
  giveBack(
    back: {
      readonly orderNumber: string;
      readonly refundNumber: string;
      readonly amountFen: number;
      readonly as: 'void' | 'refund';
    },
    options: CommandOptions,
  ): Promise<MoneyCompletion<'returned' | 'pending', GiveBackFault>>;
  giveBackState(refundNumber: string, options: CommandOptions): Promise<Completion<GiveBackState, TerminalFault>>;
  /** The present batch as the terminal counts it. */
  totals(options: CommandOptions): Promise<Completion<BatchTotals, TerminalFault>>;
  /** 结算. Repeating it for a closed batch is harmless. */
  settleBatch(batchNumber: string, options: CommandOptions): Promise<MoneyCompletion<void, SettleFault>>;
}
