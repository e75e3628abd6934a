/**
 * Ways to spoil the store that must not go unnoticed: they prove that the explorer bites.
 *
 * Nothing here is reachable from production; each takes the production store and weakens it from outside.
 */
import type { Store } from '../../../firmware/ports.ts';

export const sabotages = ['normal', 'off', 'intentAfterEffect'] as const;
export type Sabotage = (typeof sabotages)[number];

export interface SabotagedStore {
  readonly store: Store;
  /** Everything is on the disk now, as far as this store ever brings it there. */
  flush(): void;
}

export function sabotaged(store: Store, sabotage: Sabotage | undefined): SabotagedStore {
  switch (sabotage) {
    case undefined:
      return { store, flush: () => undefined };
    case 'normal':
    case 'off':
      store.exec(`PRAGMA synchronous = ${sabotage.toUpperCase()}`);
      return { store, flush: () => undefined };
    case 'intentAfterEffect':
      return committingLate(store);
  }
}

/** A transaction is committed by the next one or by `flush`: after the effect that it should have announced. */
function committingLate(store: Store): SabotagedStore {
  let open = false;
  const flush = (): void => {
    if (open) store.exec('COMMIT');
    open = false;
  };
  const late: Store = {
    ...{ exec: store.exec.bind(store), run: store.run.bind(store), get: store.get.bind(store) },
    all: store.all.bind(store),
    transaction: (work) => {
      flush();
      store.exec('BEGIN IMMEDIATE');
      open = true;
      return work();
    },
    close: () => {
      flush();
      store.close();
    },
  };
  return { store: late, flush };
}
