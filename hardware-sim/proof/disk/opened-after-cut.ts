/**
 * A disk, written out and opened as a machine that starts again opens it: what it holds, or the name of the error.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeededRandom } from '../../world/seeded-random.ts';
import type { Content } from './disk-model.ts';
import { type FoundJournal, openDisk } from './journal-checks.ts';
import { kiosk, StepClock, sealingKey } from './recorded-order.ts';

export type Seen =
  | { readonly found: FoundJournal /** Settlements that were taken up again. */; readonly resumed: number }
  | { readonly error: string };

/** @param folder exists and is ours alone; its database is replaced. */
export function openedAfterCut(content: Content, folder: string, seed: number): Seen {
  const path = join(folder, 'kiosk.db');
  for (const end of ['', '-wal', '-journal', '-shm']) rmSync(`${path}${end}`, { force: true });
  for (const [name, bytes] of content) writeFileSync(join(folder, name), bytes);
  const random = new SeededRandom(seed, 'after the cut');
  try {
    const { ledger, found } = openDisk({ path, sealingKey, random, clock: new StepClock() });
    try {
      return { found, resumed: ledger.resume(kiosk).length };
    } finally {
      ledger.close();
    }
  } catch (error) {
    return { error: error instanceof Error ? `${error.name}: ${error.message}` : 'something was thrown' };
  }
}
