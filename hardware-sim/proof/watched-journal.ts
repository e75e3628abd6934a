/**
 * Any journal, with a note of the intents that are durable: no effect may be seen without one (I4).
 */
import type { RandomSource } from '../../firmware/ports.ts';
import type { Entry } from '../../firmware/settlement/facts.ts';
import type { Batch, JournalPort, SealedOrder } from '../../firmware/settlement/journal-port.ts';
import type { OutboxStore } from '../../firmware/settlement/outbox-port.ts';
import type { SettlementOrder } from '../../firmware/settlement/settlements.ts';

/** Intents that were written before anything left, by settlement, step, attempt and key. */
export type DurableIntents = Set<string>;

export function intentName(saga: string, step: string, attempt: number, key: string | undefined): string {
  return `${saga} ${step} ${attempt} ${key}`;
}

export class WatchedJournal implements JournalPort {
  readonly #inner: JournalPort;
  readonly #intents: DurableIntents;
  readonly #before: (batch: Batch) => void;

  /** `before` hears of every batch just before it is written. */
  constructor(inner: JournalPort, intents: DurableIntents, before: (batch: Batch) => void = () => undefined) {
    this.#inner = inner;
    this.#intents = intents;
    this.#before = before;
  }

  append(batch: Batch): void {
    this.#before(batch);
    this.#inner.append(batch);
    for (const { fact } of batch.entries) {
      if (fact.phase === 'intent') this.#intents.add(intentName(batch.saga, fact.step, fact.attempt, fact.key));
    }
  }

  get uploads(): OutboxStore {
    return this.#inner.uploads;
  }

  get length(): number {
    return this.#inner.length;
  }

  get headCode(): string {
    return this.#inner.headCode;
  }

  beginBoot(): number {
    return this.#inner.beginBoot();
  }

  counter(name: string): number | undefined {
    return this.#inner.counter(name);
  }

  entries(saga: string): readonly Entry[] {
    return this.#inner.entries(saga);
  }

  sealOrder(saga: string, order: SettlementOrder, random: RandomSource): SealedOrder {
    return this.#inner.sealOrder(saga, order, random);
  }

  openOrder(saga: string, digest: string): SettlementOrder {
    return this.#inner.openOrder(saga, digest);
  }

  wasGiven(messageId: string): boolean {
    return this.#inner.wasGiven(messageId);
  }

  openNumbers(): readonly string[] {
    return this.#inner.openNumbers();
  }

  hasOpen(bill: string): boolean {
    return this.#inner.hasOpen(bill);
  }

  verify(count?: number): void {
    this.#inner.verify(count);
  }

  close(): void {
    this.#inner.close();
  }
}
