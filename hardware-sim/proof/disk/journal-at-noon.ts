/** A journal in the middle of a day, as one file: some settlements ended, some open, an outbox that is not empty. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { inProcess } from '../../../firmware/settlement/settlement-ledger.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { SeededRandom } from '../../world/seeded-random.ts';
import { StepClock, sealingKey } from './recorded-order.ts';
import { runScripted } from './scripted-run.ts';

class Noon extends Error {}

/** @param folder exists; the file `noon.db` is left in it. Answers its bytes. */
export async function journalAtNoon(folder: string, acknowledgements: number): Promise<Uint8Array> {
  const path = join(folder, 'noon.db');
  const clock = new StepClock();
  const store = openSqliteStore(path);
  const ledger = openLedger({ store, sealingKey, random: new SeededRandom(1, 'noon'), clock });
  let left = acknowledgements;
  const tick = (): void => {
    left -= 1;
    if (left === 0) throw new Noon();
  };
  const nothing = (): void => undefined;
  await runScripted({
    ...{ ledger: inProcess(ledger), clock, seed: 3, bills: { first: 1, count: 9 } },
    ...{ onAcknowledged: tick, onEffect: nothing, onFollowed: nothing },
  }).catch((error: unknown) => {
    if (!(error instanceof Noon)) throw error;
  });
  store.close();
  return readFileSync(path);
}
