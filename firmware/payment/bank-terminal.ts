/**
 * What the kiosk asks of a bank-card terminal (POS 模块). It reads the card, takes the password and talks to the
 * acquirer by itself; the card number never reaches the host, only its last four digits do.
 *
 * One promise that every such terminal must keep: a sale whose answer did not come is reversed before anything else is
 * sent, and the reversal is repeated until it is answered. So a sale is in the end approved or reversed, never both.
 */
import type { PartyAnswer } from '../hospital/hospital-gateway.ts';
import type { Fen } from '../money.ts';

export interface CardSale {
  readonly orderNumber: string;
  readonly amountFen: Fen;
  /** `open`: under way, or its reversal is owed. `returned`: approved, and all of it given back since. */
  readonly state: 'open' | 'approved' | 'declined' | 'reversed' | 'returned';
  /** 检索参考号, once approved. */
  readonly referenceNumber: string | undefined;
  /** 批次号 and 凭证号 */
  readonly batchNumber: string;
  readonly traceNumber: string;
  /** Last four digits. */
  readonly cardTail: string | undefined;
}

export interface BatchTotals {
  readonly batchNumber: string;
  readonly sales: { readonly count: number; readonly fen: Fen };
  /** Voids and refunds. */
  readonly returns: { readonly count: number; readonly fen: Fen };
}

export interface BankTerminal {
  /** Waits for card and password. `signal` takes the offer back while no card has been read. */
  sale(
    order: { readonly orderNumber: string; readonly amountFen: Fen },
    signal: AbortSignal,
  ): Promise<PartyAnswer<CardSale, 'amount' | 'closed' | 'paid' | 'declined' | 'cancelled' | 'busy' | 'outOfService'>>;
  /** What terminal and acquirer know of an order; the last one when none is named. Nothing is changed by asking. */
  lookUp(orderNumber?: string): Promise<PartyAnswer<CardSale | undefined, never>>;
  /** 冲正, also of an order that never arrived: then a later sale of it is refused. */
  reverse(orderNumber: string): Promise<PartyAnswer<void, 'approved' | 'busy'>>;
  /**
   * `void` (撤销) takes a whole sale of the present batch back, `refund` (退货) any part of any sale.
   * `refundNumber` is the idempotence key of both together.
   */
  giveBack(back: {
    readonly orderNumber: string;
    readonly refundNumber: string;
    readonly amountFen: Fen;
    readonly as: 'void' | 'refund';
  }): Promise<PartyAnswer<'returned' | 'pending', 'notPaid' | 'amount' | 'expired' | 'failed' | 'batchOver'>>;
  giveBackState(refundNumber: string): Promise<PartyAnswer<'returned' | 'pending' | 'failed' | 'notFound', never>>;
  /** The present batch as the terminal counts it. */
  totals(): Promise<PartyAnswer<BatchTotals, never>>;
  /** 结算: closes a batch whose totals acquirer and terminal agree on. Repeating it for a closed batch is harmless. */
  settleBatch(batchNumber: string): Promise<PartyAnswer<void, 'differs' | 'saleOpen'>>;
}
