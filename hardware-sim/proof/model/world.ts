/**
 * Everybody around the kiosk as one value that never changes: hospital, centre, payment side, acceptor, what is still
 * on its way between them, and what an onlooker has noted. A fork is a second reference.
 *
 * The parties are as bad as their contracts allow (docs/interfaces, insurance.md): see the three files beside this one.
 */
import type { Call } from '../../../firmware/settlement/call.ts';
import type { Found } from '../../../firmware/settlement/facts.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';

export interface Bill {
  readonly holder: 'us' | undefined;
  readonly untilMs: number;
  /** The window settles the bill as soon as we have held it and hold it no longer. */
  readonly confirmed: 'us' | 'window' | undefined;
  readonly wasHeld: boolean;
  /** It went to the window because our lock ran out, not because we let it go. */
  readonly isLost: boolean;
  /** So many more of its answers to a confirmation cannot be read, and whether it does what it is asked meanwhile. */
  readonly unreadable: { readonly left: number; readonly isDone: boolean } | undefined;
}

export interface Claim {
  readonly settlementId: string;
  readonly messageId: string;
  readonly amounts: SettlementOrder['agreed'] | undefined;
  readonly state: 'live' | 'reversed' | 'voided';
  readonly voidedBy: string | undefined;
}

export interface Refund {
  readonly amountFen: number;
  readonly state: 'refunded' | 'pending' | 'failed';
  readonly untilMs: number;
  readonly fails: boolean;
}

export interface PayOrder {
  readonly amountFen: number;
  readonly state: 'waiting' | 'userPaying' | 'paid' | 'closed';
  readonly paidFen: number;
  /** How long the payer is asked for a password. */
  readonly askedUntilMs: number;
  readonly refunds: Readonly<Record<string, Refund>>;
}

export interface Cash {
  readonly counterFen: number;
  readonly stackedFen: number;
  readonly escrow: { readonly amountFen: number; readonly untilMs: number } | undefined;
}

/** A message that is still on its way and arrives at any later moment up to `dueMs`. */
export type Floating =
  | { readonly is: 'request'; readonly call: Call; readonly dueMs: number }
  | { readonly is: 'answer'; readonly found: Found; readonly dueMs: number };

/** What somebody who stands beside all of them has noted. */
export interface Seen {
  /** Orders of which a question told the kiosk that they were paid. */
  readonly paid: readonly string[];
  readonly lastPay: 'paid' | 'closed' | 'notFound' | 'open' | 'closeTaken' | undefined;
  readonly orders: readonly string[];
  readonly refunds: readonly string[];
  /** Message ids of money with what each was for. */
  readonly messages: readonly string[];
  /** The same of those that have reached the centre: what never left binds nobody. */
  readonly arrived: readonly string[];
  /** What was done to it that a person may have to sort out. */
  readonly needs: readonly string[];
  readonly troubles: number;
  readonly lockTroubles: number;
  readonly lives: number;
  /** Shown as done. */
  readonly shown: string | undefined;
  readonly patientActs: number;
}

export interface World {
  readonly nowMs: number;
  readonly bill: Bill;
  readonly claims: readonly Claim[];
  /** Message ids that the centre has refused, and refuses again. */
  readonly refused: readonly string[];
  readonly orders: Readonly<Record<string, PayOrder>>;
  readonly cash: Cash;
  readonly floating: readonly Floating[];
  /** What parties stay with once they have said it: `reverse`, `find`, `confirm` … */
  readonly stubborn: readonly string[];
  readonly seen: Seen;
}

export const EMPTY_WORLD: World = {
  nowMs: 1_000,
  bill: {
    ...{ holder: undefined, untilMs: 0, confirmed: undefined, wasHeld: false, isLost: false },
    unreadable: undefined,
  },
  claims: [],
  refused: [],
  orders: {},
  cash: { counterFen: 50_000, stackedFen: 0, escrow: undefined },
  floating: [],
  stubborn: [],
  seen: {
    paid: [],
    lastPay: undefined,
    orders: [],
    refunds: [],
    messages: [],
    arrived: [],
    needs: [],
    troubles: 0,
    lockTroubles: 0,
    lives: 1,
    shown: undefined,
    patientActs: 0,
  },
};

export function withSeen(world: World, part: Partial<Seen>): World {
  return { ...world, seen: { ...world.seen, ...part } };
}

/** A list that holds a word once. */
export function withWord(words: readonly string[], word: string): readonly string[] {
  return words.includes(word) ? words : [...words, word];
}

export function needing(world: World, need: string): World {
  return withSeen(world, { needs: withWord(world.seen.needs, need) });
}

export function stubborn(world: World, word: string): World {
  return { ...world, stubborn: withWord(world.stubborn, word) };
}

/** What went back of an order and what is on its way back, fen. */
export function refundedFen({ refunds }: PayOrder, alsoPending: boolean): number {
  let sum = 0;
  for (const { state, amountFen } of Object.values(refunds)) {
    if (state === 'refunded' || (alsoPending && state === 'pending')) sum += amountFen;
  }
  return sum;
}

export function netFen(order: PayOrder | undefined): number {
  return order ? order.paidFen - refundedFen(order, false) : 0;
}
