/**
 * A journal that is nothing but arrays, for proofs that need a million of them.
 *
 * No disk, no text, no codes: facts are kept as they are, so whoever reads them must leave them as they are. A crash
 * is a new ledger on the same journal; a fork of a run is a new ledger on a copy of it.
 */
import type { Entry } from '../../firmware/settlement/facts.ts';
import type { Batch, JournalPort, SealedOrder } from '../../firmware/settlement/journal-port.ts';
import { JournalDamagedError } from '../../firmware/settlement/ledger-errors.ts';
import type { SettlementOrder } from '../../firmware/settlement/settlements.ts';
import { MemoryOutbox } from './memory-outbox.ts';

type OutboxRow = Batch['outbox'][number];

/** Around a transaction. What it throws is what the ledger sees: after `after` the rows are kept all the same. */
export type AtCommit = (when: 'before' | 'after') => void;

const SEALED: SealedOrder = { bytes: new Uint8Array(0), digest: '' };

export class MemoryJournal implements JournalPort {
  /** A ledger that died leaves its own hook behind: give the next one its own. */
  atCommit: AtCommit;
  /** All entries with their settlement, in order. */
  readonly rows: { readonly saga: string; readonly entry: Entry }[] = [];
  readonly outbox: OutboxRow[] = [];
  /** The same rows as their sender sees them. */
  uploads = new MemoryOutbox();
  /** Transactions so far, those of opening included. */
  commits = 0;
  readonly #sagas = new Map<string, Entry[]>();
  readonly #orders = new Map<string, SettlementOrder>();
  readonly #open = new Map<string, string>();
  readonly #messages = new Set<string>();
  readonly #counters = new Map<string, number>();
  #closing: { readonly saga: string; readonly order: SettlementOrder } | undefined;

  constructor(atCommit: AtCommit = () => undefined) {
    this.atCommit = atCommit;
  }

  /** Another journal with the same past. */
  copy(atCommit: AtCommit = this.atCommit): MemoryJournal {
    const copy = new MemoryJournal(atCommit);
    copy.rows.push(...this.rows);
    copy.outbox.push(...this.outbox);
    copy.uploads = this.uploads.copy();
    copy.commits = this.commits;
    for (const [saga, entries] of this.#sagas) copy.#sagas.set(saga, [...entries]);
    for (const [saga, order] of this.#orders) copy.#orders.set(saga, order);
    for (const [saga, bill] of this.#open) copy.#open.set(saga, bill);
    for (const id of this.#messages) copy.#messages.add(id);
    for (const [name, value] of this.#counters) copy.#counters.set(name, value);
    return copy;
  }

  get length(): number {
    return this.rows.length;
  }

  /** There are no codes: two journals are compared row by row. */
  get headCode(): string {
    return '';
  }

  beginBoot(): number {
    this.atCommit('before');
    const boot = (this.#counters.get('boot') ?? 0) + 1;
    this.#counters.set('boot', boot);
    this.commits += 1;
    this.atCommit('after');
    return boot;
  }

  append(batch: Batch): void {
    this.atCommit('before');
    const { saga, projection } = batch;
    this.#refuseTwice(batch);
    let entries = this.#sagas.get(saga);
    if (!entries) {
      entries = [];
      this.#sagas.set(saga, entries);
    }
    for (const { at, fact } of batch.entries) {
      const { boot, monoMs, wallMs } = at;
      const entry: Entry = { seq: this.rows.length + 1, at: { boot, monoMs, wallMs }, fact };
      this.rows.push({ saga, entry });
      entries.push(entry);
    }
    if (batch.seal && this.#closing?.saga === saga) this.#orders.set(saga, this.#closing.order);
    if (projection?.ended) this.#open.delete(saga);
    else if (projection) this.#open.set(saga, projection.bill);
    if (batch.shred) this.#orders.delete(saga);
    for (const id of batch.messageIds) this.#messages.add(id);
    for (const name in batch.counters) this.#counters.set(name, batch.counters[name] ?? 0);
    for (const row of batch.outbox) this.outbox.push(row);
    this.uploads.write(batch.outbox, batch.entries.at(-1)?.at.wallMs ?? 0);
    this.commits += 1;
    this.atCommit('after');
  }

  /** What the tables of the real one refuse by themselves. */
  #refuseTwice({ saga, projection, messageIds, outbox }: Batch): void {
    if (projection && !this.#open.has(saga) && this.hasOpen(projection.bill)) throw new Error('two live for one bill');
    for (const id of messageIds) if (this.#messages.has(id)) throw new Error('a message id twice');
    for (const { key } of outbox)
      if (this.outbox.some((row) => row.key === key)) throw new Error('an outbox key twice');
  }

  counter(name: string): number | undefined {
    return this.#counters.get(name);
  }

  entries(saga: string): readonly Entry[] {
    return this.#sagas.get(saga) ?? [];
  }

  sealOrder(saga: string, order: SettlementOrder): SealedOrder {
    this.#closing = { saga, order };
    return SEALED;
  }

  openOrder(saga: string): SettlementOrder {
    const order = this.#orders.get(saga);
    if (!order) throw new JournalDamagedError(0, 'a sealed order does not open');
    return order;
  }

  wasGiven(messageId: string): boolean {
    return this.#messages.has(messageId);
  }

  openNumbers(): readonly string[] {
    return [...this.#open.keys()];
  }

  hasOpen(bill: string): boolean {
    for (const open of this.#open.values()) if (open === bill) return true;
    return false;
  }

  verify(): void {
    // Nothing can have changed it.
  }

  close(): void {
    // Nothing is held.
  }
}
