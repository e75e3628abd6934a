/**
 * What the ledger asks of a journal, wherever it lies.
 *
 * Production's is on the disk (`journal.ts`); the proof has one in memory,
 * so that a million schedules run through the same ledger. One promise of
 * both: an append that returned is whole and stays, one that threw may be either.
 */
import type { RandomSource } from '../ports.ts';
import type { Entry, Fact } from './facts.ts';
import type { Moment } from './moment.ts';
import type { OutboxStore } from './outbox-port.ts';
import type { NewRow } from './outbox-rows.ts';
import type { SettlementOrder } from './settlements.ts';

/** What queries look for without folding. */
export interface Projection {
  readonly bill: string;
  readonly plan: string;
  readonly state: string;
  readonly ended: boolean;
}

/** An order as it is kept: it names a person, so only its digest stands in an entry. */
export interface SealedOrder {
  readonly bytes: Uint8Array;
  /** SHA-256, hex. */
  readonly digest: string;
  /** Whose claim it makes: stays when the order is shredded, until the day's books are closed. */
  readonly claim?: Uint8Array;
}

/** Everything that one transaction writes. */
export interface Batch {
  readonly saga: string;
  readonly entries: readonly { readonly at: Moment; readonly fact: Fact }[];
  /** `undefined` = as the last batch of this settlement left it. */
  readonly projection: Projection | undefined;
  /** Only of the batch that begins a settlement. */
  readonly seal?: SealedOrder;
  /** Overwrites and removes the sealed order. */
  readonly shred: boolean;
  readonly messageIds: readonly string[];
  readonly counters: Readonly<Record<string, number>>;
  readonly outbox: readonly NewRow[];
}

export interface JournalPort {
  /** Entries so far. */
  readonly length: number;
  /** Hex of the last chain code: two journals with the same one are the same to the byte. */
  readonly headCode: string;
  /** Rows that `append` wrote, until their receivers have them. */
  readonly uploads: OutboxStore;
  /** Counts this opening, durably, and says which it is; the first is 1. */
  beginBoot(): number;
  /** One transaction. Throws only when nobody knows what is kept now. */
  append(batch: Batch): void;
  counter(name: string): number | undefined;
  /** The entries of one settlement in their order. @throws JournalDamagedError */
  entries(saga: string): readonly Entry[];
  /** Closes an order up for the batch that begins its settlement. */
  sealOrder(saga: string, order: SettlementOrder, random: RandomSource): SealedOrder;
  /** The order of a settlement that has not ended. @throws JournalDamagedError unless it has this digest. */
  openOrder(saga: string, digest: string): SettlementOrder;
  /** Whether a message id of money was ever written. */
  wasGiven(messageId: string): boolean;
  /** Settlements that have not ended, in the order in which they were begun. */
  openNumbers(): readonly string[];
  hasOpen(bill: string): boolean;
  /** Looks at the last `count` entries, or all. @throws JournalDamagedError naming the first bad one. */
  verify(count?: number): void;
  close(): void;
}
