/** One settlement as the parties and the patient saw it: what the promises are checked against. */
import type { MoneyPlace } from '../../../../firmware/settlement/money-place.ts';
import type { SettlementOrder, SettlementStatus } from '../../../../firmware/settlement/settlements.ts';
import type { Broker } from './broker.ts';
import type { Centre } from './centre.ts';
import type { Hospital } from './hospital.ts';
import type { NoteBox } from './note-box.ts';

export interface Trip {
  readonly number: string;
  readonly order: SettlementOrder;
  readonly isInsured: boolean;
  /** What is collected when nothing is paid before. */
  readonly collectFen: number;
  readonly begunLife: number;
  /** Order numbers, refund numbers and settling messages that were sent. */
  readonly orders: Set<string>;
  readonly refunds: Set<string>;
  readonly returned: Set<string>;
  readonly messages: Set<string>;
  /** Message ids of which nobody can say that they never left. */
  readonly mayHaveLeft: Set<string>;
  /** Orders that a question called paid. */
  readonly seenPaid: Set<string>;
  lastPayAnswer: 'none' | 'open' | 'paid' | 'closed' | 'notFound' | 'closeTaken';
  /** Notes in the box that were put in for it, fen. */
  notesFen: number;
  /** Slips that came out: whether each bears the duplicate mark. */
  readonly slips: { readonly isMarked: boolean }[];
  /** Troubles after which the bill may stay locked until the lock’s own end. */
  lockTroubles: number;
  troubles: number;
  said: SettlementStatus | undefined;
  money: MoneyPlace | undefined;
  hasEnded: boolean;
  /** Confirmations whose answers came and could not be read. */
  unreadable: number;
  /** What the hospital has done, and said unreadably, it may deny so many times more. */
  denials: number;
}

export interface Parties {
  readonly hospital: Hospital;
  readonly broker: Broker;
  readonly terminal: Broker;
  readonly centre: Centre;
  readonly box: NoteBox;
  /** Message id → what it was first sent for. */
  readonly senders: Map<string, string>;
}

/** Whether this intent is durable. */
export type HasIntent = (
  number: string,
  intent: { readonly step: string; readonly attempt: number; readonly key: string },
) => boolean;

export function newTrip(number: string, order: SettlementOrder, begunLife: number): Trip {
  const { flow, anew, agreed, paidBeforeFen } = order;
  const isInsured =
    flow === 'outpatient' ||
    flow === 'registration' ||
    flow === 'discharge' ||
    flow === 'conversion' ||
    (flow === 'refund' && anew);
  return {
    ...{ number, order, isInsured, begunLife },
    collectFen: flow === 'parked' ? 0 : Math.max(0, agreed.ownFen - paidBeforeFen),
    ...{ orders: new Set(), refunds: new Set(), returned: new Set(), messages: new Set(), seenPaid: new Set() },
    ...{ mayHaveLeft: new Set() },
    ...{ lastPayAnswer: 'none', notesFen: 0, slips: [], lockTroubles: 0, troubles: 0 },
    ...{ said: undefined, money: undefined, hasEnded: false, unreadable: 0, denials: Number.POSITIVE_INFINITY },
  };
}

/** What the patient is out of pocket by this settlement alone: its orders and notes, less what went back of earlier ones. */
export function takenFen({ orders, order, notesFen }: Trip, { broker, terminal }: Parties): number {
  let fen = notesFen;
  for (const number of orders) fen += broker.netFen(number) + terminal.netFen(number);
  for (const number of new Set(order.returns.map((leg) => leg.orderNumber))) {
    fen -= broker.refundedFen(number) + terminal.refundedFen(number);
  }
  return fen;
}

/** Settlements that count at the centre because of it, the former one not among them. */
export function claims({ messages }: Trip, { centre }: Parties): number {
  return centre.liveOf(messages).length;
}

export function formerCounts({ order: { former } }: Trip, { centre }: Parties): number {
  // As far as this refund goes, what somebody else has undone is none of its doing.
  return former?.settlementId && (centre.isLive(former.settlementId) || centre.wasUndoneElsewhere) ? 1 : 0;
}

/** The own part as it is in the end: kept lines may split otherwise than rehearsed. */
export function ownFen({ order }: Trip, { centre }: Parties): number {
  return order.flow === 'refund' && order.anew ? (centre.splits?.ownFen ?? 0) : order.agreed.ownFen;
}
