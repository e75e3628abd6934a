/**
 * One life of a kiosk's money under the write recorder: run as a program of its own, with the recorder preloaded.
 *
 * What it was told comes as JSON in its one argument; what happened goes to the marks file, in the order of the log.
 */
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SqlRow } from '../../../firmware/ports.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { inProcess, type SettlementLedger } from '../../../firmware/settlement/settlement-ledger.ts';
import { openWorkerLedger } from '../../../firmware/settlement/worker-ledger.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { SeededRandom } from '../../world/seeded-random.ts';
import { asHead, HEAD_SQL, type JournalHead, journalHead } from './journal-head.ts';
import { type Mark, markText, type RecordedLife } from './marks.ts';
import { StepClock, sealingKey } from './recorded-order.ts';
import { sabotaged } from './sabotage.ts';
import { runScripted } from './scripted-run.ts';

const life = JSON.parse(process.argv[2] ?? '') as RecordedLife;
const path = join(life.folder, 'kiosk.db');
const marks = openSync(join(life.folder, 'crash-marks'), 'a');
const clock = new StepClock(life.startMs);
const random = new SeededRandom(life.seed, `life ${life.bills.first}`);
let acknowledgements = 0;

function mark(content: Mark): void {
  writeSync(marks, markText(content));
}

interface Opened {
  readonly ledger: SettlementLedger;
  readonly head: () => JournalHead;
  readonly flush: () => void;
}

function openHere(): Opened {
  const { store, flush } = sabotaged(openSqliteStore(path), life.sabotage);
  if (life.checkpointPages !== undefined) store.exec(`PRAGMA wal_autocheckpoint = ${life.checkpointPages}`);
  const ledger = openLedger({ store, sealingKey, random, clock });
  return { ledger: inProcess(ledger), head: () => journalHead(store), flush };
}

function openThere(): Opened {
  const ledger = openWorkerLedger({ path, sealingKey, random, clock });
  let reader: DatabaseSync | undefined;
  const head = (): JournalHead => {
    reader ??= new DatabaseSync(path, { readOnly: true });
    return asHead(reader.prepare(HEAD_SQL).get() as SqlRow | undefined);
  };
  const close = async (): Promise<void> => {
    reader?.close();
    await ledger.close();
  };
  return { ledger: { ...ledger, close }, head, flush: () => undefined };
}

const { ledger, head, flush } = life.ledger === 'worker' ? openThere() : openHere();
const late = life.sabotage === 'intentAfterEffect';

function acknowledge(): void {
  flush();
  mark({ mark: 'acknowledged', ...head() });
  acknowledgements += 1;
  if (acknowledgements === life.killAfter) process.kill(process.pid, 'SIGKILL');
}

await runScripted({
  ...{ ledger, clock, seed: life.seed, bills: life.bills },
  onAcknowledged: () => {
    if (!late) acknowledge();
  },
  onEffect: (number, { step, attempt }) => mark({ mark: 'effect', number, step, attempt }),
  onFollowed: () => {
    if (late) acknowledge();
  },
});
mark({ mark: 'time', ms: clock.monotonicMs() });
await ledger.close();
