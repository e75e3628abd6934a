/**
 * The birth-death number (`bdSeq`) of this node, on disk.
 *
 * It names one MQTT connection: the will that was handed over with the CONNECT carries it, so a
 * late death of an old connection cannot kill the new one. It starts at 0, grows by one for each
 * CONNECT that may have been sent, and 255 is followed by 0, over restarts and power cuts.
 */
import type { Store } from '../ports.ts';

const NUMBERS = 256;
const TABLE =
  'CREATE TABLE IF NOT EXISTS sparkplug_node (one INTEGER PRIMARY KEY CHECK (one = 1), next INTEGER NOT NULL)';

export class BirthDeathCounter {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The number of the coming CONNECT; spent on disk before it is used. Throws what the store throws. */
  take(): number {
    // Not at the start: a spool that cannot be opened is no reason for the kiosk not to serve.
    this.#store.exec(TABLE);
    return this.#store.transaction(() => {
      const taken = Number(this.#store.get('SELECT next FROM sparkplug_node WHERE one = 1')?.['next'] ?? 0) % NUMBERS;
      this.#write((taken + 1) % NUMBERS);
      return taken;
    });
  }

  /** That CONNECT certainly never left: the number was not used after all. */
  giveBack(taken: number): void {
    this.#store.transaction(() => this.#write(taken));
  }

  #write(next: number): void {
    this.#store.run(
      'INSERT INTO sparkplug_node (one, next) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET next = excluded.next',
      next,
    );
  }
}
