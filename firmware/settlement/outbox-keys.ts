/**
 * Rows of the outbox by their key, without an index over all of them.
 *
 * A row that somebody added is in a small index; one that a settlement wrote lies between the first and the last row
 * that the settlement's own line names. Mostly neither is needed: what is acknowledged was handed out just before.
 */
import type { Store } from '../ports.ts';

/** Keys of rows that were handed out; more are forgotten. */
const REMEMBERED = 1_024;

export class OutboxKeys {
  readonly #store: Store;
  readonly #handedOut = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  remember(key: string, id: number): void {
    if (this.#handedOut.size >= REMEMBERED) this.#handedOut.clear();
    this.#handedOut.set(key, id);
  }

  forget(key: string): void {
    this.#handedOut.delete(key);
  }

  /** Whoever uses it asks for the key beside the id: a row may have been deleted since. */
  idOf(key: string): number | undefined {
    const known = this.#handedOut.get(key);
    if (known !== undefined) return known;
    const added = this.#store.get('SELECT id FROM outbox INDEXED BY outbox_added WHERE key = ? AND added = 1', key);
    return added ? Number(added['id']) : this.ofSettlement(key.slice(0, key.indexOf(' ')), key);
  }

  ofSettlement(settlement: string, key: string): number | undefined {
    const found = this.#store.get(
      `SELECT outbox.id FROM saga JOIN outbox ON outbox.id BETWEEN told_first AND told_last
        WHERE saga.id = ? AND told_first > 0 AND outbox.key = ?`,
      ...[settlement, key],
    );
    return found && Number(found['id']);
  }
}
