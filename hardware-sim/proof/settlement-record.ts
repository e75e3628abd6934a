/**
 * One settlement as the outside knows it: keys it used, answers it got, what is said of it.
 */
import type { GiveUpReason } from '../../firmware/settlement/facts.ts';
import type { MoneyPlace } from '../../firmware/settlement/money-place.ts';
import type { SettlementOrder, SettlementStatus } from '../../firmware/settlement/settlements.ts';

export interface SettlementRecord {
  readonly number: string;
  readonly visitId: string;
  readonly kiosk: string;
  readonly order: SettlementOrder;
  /** What is collected at the kiosk, fen. */
  readonly collectFen: number;
  readonly begunAtMs: number;
  /** The kiosk's boot in which it began. */
  readonly begunBoot: number;
  /** Keys as they were sent. */
  readonly orders: Set<string>;
  readonly messages: Set<string>;
  /** Refund number → order number: of its own money, and of what goes back of earlier money. */
  readonly refunds: Map<string, string>;
  readonly returned: Map<string, string>;
  /** Orders of which a question said to this kiosk that they were paid. */
  readonly seenPaid: Set<string>;
  /** The last answer about its order that reached the kiosk: a question's, or of a close after it. */
  lastPayAnswer: 'paid' | 'closed' | 'notFound' | 'open' | 'closeTaken' | undefined;
  /** What the kiosk says now. */
  said: SettlementStatus | undefined;
  money: MoneyPlace | undefined;
  endedAtMs: number | undefined;
  /** When a person was first asked for; from then on it takes as long as people take. */
  handedAtMs: number | undefined;
  leaves: GiveUpReason | undefined;
  /** Troubles that touched it; `lock` counts those of lock and unlock. */
  troubles: number;
  lockTroubles: number;
  /** Something was done to it on purpose that only a person can sort out. */
  needsPerson: boolean;
  /** Confirmations of it whose answers nobody could read. */
  unreadable: number;
  /** By how much the centre settles another amount than it had said, fen. */
  differsByFen: number;
  /** By how much the centre cuts kept lines otherwise than at the rehearsal, fen. */
  cutsAnewFen: number;
  /** What the cashier has handed out for it, fen. */
  paidOutFen: number;
  /** A later settlement takes it over: its claim, or its money. */
  takenOver: boolean;
}

export type Given = Pick<SettlementRecord, 'kiosk' | 'visitId' | 'order' | 'begunBoot'> &
  Partial<Pick<SettlementRecord, 'differsByFen' | 'cutsAnewFen'>>;

export function newRecord(number: string, given: Given, nowMs: number): SettlementRecord {
  const { agreed, paidBeforeFen, flow } = given.order;
  return {
    ...given,
    number,
    collectFen: flow === 'parked' ? 0 : Math.max(0, agreed.ownFen - paidBeforeFen),
    begunAtMs: nowMs,
    orders: new Set(),
    messages: new Set(),
    refunds: new Map(),
    returned: new Map(),
    seenPaid: new Set(),
    lastPayAnswer: undefined,
    said: undefined,
    money: undefined,
    endedAtMs: undefined,
    handedAtMs: undefined,
    leaves: undefined,
    troubles: 0,
    lockTroubles: 0,
    needsPerson: false,
    unreadable: 0,
    differsByFen: given.differsByFen ?? 0,
    cutsAnewFen: given.cutsAnewFen ?? 0,
    paidOutFen: 0,
    takenOver: false,
  };
}
