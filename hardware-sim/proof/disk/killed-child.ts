/** One life that somebody kills: settles until it is dead, and writes down every acknowledgement before it goes on. */
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { inProcess } from '../../../firmware/settlement/settlement-ledger.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { SeededRandom } from '../../world/seeded-random.ts';
import { keepCompiled } from '../compiled-once.ts';
import { journalHead } from './journal-head.ts';
import { StepClock, sealingKey } from './recorded-order.ts';
import { runScripted } from './scripted-run.ts';

export interface KilledLife {
  readonly folder: string;
  readonly seed: number;
  readonly firstBill: number;
}

/** What was acknowledged at one instant. */
export interface KilledWord {
  readonly seq: number;
  readonly mac: string;
  readonly outbox: number;
}

const life = JSON.parse(process.argv[2] ?? '') as KilledLife & { readonly words: string };
const words = openSync(life.words, 'a');
const store = openSqliteStore(join(life.folder, 'kiosk.db'));
store.exec('PRAGMA wal_autocheckpoint = 40');
const clock = new StepClock();
const random = new SeededRandom(life.seed, 'killed');
const ledger = openLedger({ store, sealingKey, random, clock });
keepCompiled();
// So many that the end comes from outside.
await runScripted({
  ...{ ledger: inProcess(ledger), clock, seed: life.seed, bills: { first: life.firstBill, count: 500 } },
  onAcknowledged: () => {
    writeSync(words, `${JSON.stringify(journalHead(store) satisfies KilledWord)}\n`);
    process.send?.('acknowledged');
  },
  onEffect: () => undefined,
  onFollowed: () => undefined,
});
