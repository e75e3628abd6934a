/**
 * One disk, opened by the production store and ledger as a machine that starts again opens it.
 *
 * What is found is told as data, so that one disk is opened once however many
 * histories could have led to it.
 */
import type { Clock, RandomSource, Store } from '../../../firmware/ports.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import type { Ledger } from '../../../firmware/settlement/settlement-ledger.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';

export interface FoundJournal {
  readonly entries: number;
  /** Chain code of each entry, hex; place 0 is entry 1. */
  readonly macs: readonly string[];
  /** `number step attempt` of every intent. */
  readonly intents: ReadonlySet<string>;
  readonly outbox: number;
}

export interface OpenedDisk {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly found: FoundJournal;
}

export interface Opening {
  readonly path: string;
  readonly sealingKey: Uint8Array;
  readonly random: RandomSource;
  readonly clock: Clock;
}

/** @throws what production throws: StoreUnsoundError, JournalDamagedError, … */
export function openDisk({ path, sealingKey, random, clock }: Opening): OpenedDisk {
  const store = openSqliteStore(path);
  try {
    const ledger = openLedger({ store, sealingKey, random, clock });
    return { store, ledger, found: checked(store, ledger) };
  } catch (error) {
    store.close();
    throw error;
  }
}

function checked(store: Store, ledger: Ledger): FoundJournal {
  const found = readJournal(store);
  ledger.verify();
  return found;
}

export function readJournal(store: Store): FoundJournal {
  const rows = store.all('SELECT saga, step, n, phase, mac FROM journal ORDER BY seq');
  const intents = rows.filter(({ phase }) => phase === 'intent').map(({ saga, step, n }) => `${saga} ${step} ${n}`);
  const outbox = Number(store.get('SELECT count(*) AS n FROM outbox')?.['n']);
  const macs = rows.map(({ mac }) => Buffer.from(mac as Uint8Array).toString('hex'));
  return { entries: rows.length, macs, intents: new Set(intents), outbox };
}

/** What was promised at one instant: no disk after it may hold less. */
export class Promised {
  #seq = 0;
  #mac = '';
  #outbox = 0;
  readonly #effects: string[] = [];

  acknowledged(seq: number, mac: string, outbox: number): void {
    this.#seq = seq;
    this.#mac = mac;
    this.#outbox = outbox;
  }

  effect(number: string, step: string, attempt: number): void {
    this.#effects.push(`${number} ${step} ${attempt}`);
  }

  /** Broken promises, as sentences without numbers of their own. */
  broken(found: FoundJournal): readonly string[] {
    const broken: string[] = [];
    if (found.entries < this.#seq) broken.push('an acknowledged entry is gone');
    else if (this.#seq > 0 && found.macs[this.#seq - 1] !== this.#mac)
      broken.push('an acknowledged entry is another one');
    if (found.outbox < this.#outbox) broken.push('an acknowledged outbox row is gone');
    const unannounced = this.#effects.find((effect) => !found.intents.has(effect));
    if (unannounced) broken.push(`I4: ${unannounced.split(' ')[1]} took place without a durable intent`);
    return broken;
  }
}
