/**
 * One life of a kiosk's money from a tape, under the write recorder: every question is asked of the production ledger
 * as the world asked it, and every reply must be the one on the tape.
 */
import { openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deserialize } from 'node:v8';
import type { Clock, SqlRow } from '../../../firmware/ports.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { packValue, unpackArgs } from '../../../firmware/settlement/ledger-messages.ts';
import { inProcess, type SettlementLedger } from '../../../firmware/settlement/settlement-ledger.ts';
import { openWorkerLedger } from '../../../firmware/settlement/worker-ledger.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { keepCompiled } from '../compiled-once.ts';
import { asHead, HEAD_SQL, type JournalHead, journalHead } from './journal-head.ts';
import { markText } from './marks.ts';
import type { TapedLife } from './record-tape.ts';
import { sealingKey } from './recorded-order.ts';
import { sabotaged } from './sabotage.ts';
import { CallRandom, canBeCut, type TapeEntry } from './tape.ts';

const life = JSON.parse(process.argv[2] ?? '') as TapedLife;
const tape = (deserialize(readFileSync(life.tape)) as readonly TapeEntry[]).slice(life.from, life.to);
const path = join(life.folder, 'kiosk.db');
const marks = openSync(join(life.folder, 'crash-marks'), 'a');
const random = new CallRandom(life.seed);
let now: Pick<TapeEntry, 'monoMs' | 'wallMs'> = tape[0] ?? { monoMs: 0, wallMs: 0 };
const clock: Clock = {
  monotonicMs: () => now.monoMs,
  wallMs: () => now.wallMs,
  timer: () => () => undefined,
};

interface Opened {
  readonly ledger: SettlementLedger;
  readonly head: () => JournalHead;
}

function openHere(): Opened {
  const { store } = sabotaged(openSqliteStore(path), life.sabotage);
  if (life.checkpointPages !== undefined) store.exec(`PRAGMA wal_autocheckpoint = ${life.checkpointPages}`);
  return { ledger: inProcess(openLedger({ store, sealingKey, random, clock })), head: () => journalHead(store) };
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
  return { ledger: { ...ledger, close }, head };
}

async function asked({ call, args }: TapeEntry, ledger: SettlementLedger): Promise<Pick<TapeEntry, 'reply' | 'threw'>> {
  if (call === 'openDisk') return { reply: undefined, threw: undefined };
  try {
    const work = ledger[call] as (...all: readonly unknown[]) => Promise<unknown>;
    return { reply: packValue(call, await work(...unpackArgs(call, args))), threw: undefined };
  } catch (error) {
    return { reply: undefined, threw: error instanceof Error ? error.name : 'something' };
  }
}

const said = ({ reply, threw }: Pick<TapeEntry, 'reply' | 'threw'>): string =>
  JSON.stringify([reply ?? null, threw ?? null]);

keepCompiled();
random.moveTo(life.from);
const { ledger, head } = life.ledger === 'worker' ? openThere() : openHere();
let last: JournalHead = { seq: 0, mac: '', outbox: 0 };
for (const [place, entry] of tape.entries()) {
  now = entry;
  random.moveTo(life.from + place);
  const answer = await asked(entry, ledger);
  if (said(answer) !== said(entry)) {
    throw new Error(
      `Entry ${life.from + place} (${entry.call}) was answered otherwise: ${said(answer)} is not ${said(entry)}`,
    );
  }
  // The worker opens its disk while nobody waits: the first answer tells.
  if (!canBeCut(entry) || (entry.call === 'openDisk' && life.ledger === 'worker')) continue;
  if (entry.call !== 'close') last = head();
  writeSync(marks, markText({ mark: 'acknowledged', ...last, at: life.from + place }));
}
if (tape.at(-1)?.call !== 'close') process.kill(process.pid, 'SIGKILL');
