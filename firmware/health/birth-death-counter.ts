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
  readonly #open: () => Store;
  #opened: Store | undefined;

  /** `open` is not called before the first number is taken: a broken spool is no reason for the kiosk not to serve. */
  constructor(open: () => Store) {
    this.#open = open;
  }

  /** The number of the coming CONNECT; spent on disk before it is used. Throws what the store throws. */
  take(): number {
    const store = this.#store();
    store.exec(TABLE);
    return store.transaction(() => {
      const taken = Number(store.get('SELECT next FROM sparkplug_node WHERE one = 1')?.['next'] ?? 0) % NUMBERS;
      write(store, taken + 1);
      return taken;
    });
  }

  /** That CONNECT certainly never left: the number was not used after all. */
  giveBack(taken: number): void {
    const store = this.#store();
    store.transaction(() => write(store, taken));
  }

  close(): void {
    this.#opened?.close();
    this.#opened = undefined;
  }

  #store(): Store {
    this.#opened ??= this.#open();
    return this.#opened;
  }
}

function write(store: Store, next: number): void {
  store.run(
    'INSERT INTO sparkplug_node (one, next) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET next = excluded.next',
    next,
  );
}
