/**
 * The kiosk's own day book: what its journal says happened, as lines that other books can be laid beside.
 *
 * A line names numbers and amounts, never a person. Its day is the business day of the party that keeps the other
 * book, as far as it is known; a line whose time the kiosk could only guess says so.
 */
import type { ClearingGroup } from '../insurance/statements.ts';
import type { Fen } from '../money.ts';
import type { Sums } from './sums.ts';

/** yyyy-MM-dd */
export type BusinessDate = string;

interface Line {
  /** Unique over all lines of the kiosk, and found again at the other party. */
  readonly key: string;
  /** `set_…` */
  readonly settlement: string;
  readonly date: BusinessDate;
  /** yyyy-MM-dd HH:mm:ss */
  readonly at: string;
  /** The time is the party's own word, not the kiosk's clock put right. */
  readonly exact: boolean;
}

/** One line at the centre: a settlement, or the 2208/2305 that takes one back (all amounts negative). */
export interface ClaimLine extends Line {
  readonly kind: 'claim';
  readonly sums: Sums;
  readonly messageId: string;
  /** `undefined`: the centre knows it, but its number was never heard. */
  readonly settlementId: string | undefined;
  readonly reversal: boolean;
  readonly group: ClearingGroup | undefined;
  /** What the day's report counts by; not there in rows of an earlier edition. */
  readonly of?: ClaimOf;
}

/** What a claim is of: what a day's report counts by (N-14, Y4-5). */
export interface ClaimOf {
  readonly care: 'outpatient' | 'inpatient';
  /** 异地 */
  readonly offSite: boolean;
  /** 全自费: what no insurance counts, fen; negative where it is taken back. */
  readonly outOfScopeFen: Fen;
}

/** A message that made nothing that counts, or nobody knows yet. */
export interface MessageLine extends Line {
  readonly kind: 'message';
  readonly messageId: string;
  readonly fate: 'gone' | 'open';
  /** 异地: never reversed without a person. */
  readonly offSite: boolean;
}

/** A confirmation in the hospital's books. */
export interface BillLine extends Line {
  readonly kind: 'bill';
  readonly sums: Sums;
  readonly payOrderNumber: string | undefined;
  readonly centreSettlementId: string | undefined;
}

/** Money in through a channel. */
export interface ChargeLine extends Line {
  readonly kind: 'charge';
  readonly sums: Sums;
  readonly orderNumber: string;
  readonly route: string | undefined;
}

/** Money back through a channel, negative. */
export interface RefundLine extends Line {
  readonly kind: 'refund';
  readonly sums: Sums;
  readonly orderNumber: string;
  readonly refundNumber: string;
}

/** An order that was never paid as far as the kiosk knows: a charge for it in a channel's file is ours all the same. */
export interface OrderLine extends Line {
  readonly kind: 'order';
  readonly orderNumber: string;
  readonly fate: 'unpaid' | 'open';
}

/** Notes in the cash box; what the cashier must give back of them is still in it. */
export interface CashLine extends Line {
  readonly kind: 'cash';
  readonly sums: Sums;
}

/** A settlement that has not ended: its day cannot close. */
export interface UnfinishedLine extends Line {
  readonly kind: 'unfinished';
  /** It takes notes: the cash box is not counted meanwhile. */
  readonly cash?: true;
  /** `case_…` when a person must look. */
  readonly caseNumber: string | undefined;
}

export type BookLine =
  | ClaimLine
  | MessageLine
  | BillLine
  | ChargeLine
  | RefundLine
  | OrderLine
  | CashLine
  | UnfinishedLine;

export type LineKind = BookLine['kind'];

export function linesOfKind<Kind extends LineKind>(
  lines: readonly BookLine[],
  kind: Kind,
): readonly Extract<BookLine, { kind: Kind }>[] {
  return lines.filter((line): line is Extract<BookLine, { kind: Kind }> => line.kind === kind);
}

export const keys = {
  message: (messageId: string) => `message ${messageId}`,
  bill: (settlement: string) => `bill ${settlement}`,
  order: (orderNumber: string) => `order ${orderNumber}`,
  refund: (refundNumber: string) => `refund ${refundNumber}`,
  cash: (settlement: string) => `cash ${settlement}`,
} as const;

/** Of the person's own part; the other sums of a channel's line are none of its business. */
export function ownPart(ownFen: Fen): Sums {
  return { totalFen: 0, fundFen: 0, accountFen: 0, ownFen };
}
