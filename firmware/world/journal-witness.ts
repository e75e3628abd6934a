/**
 * A file that says: on this machine there was a journal.
 *
 * The engine makes a new, empty database where it finds none, so a journal that was deleted, emptied or replaced would
 * be lost without a word. One promise: once the witness is there, a folder without a journal is refused by name.
 */
import { closeSync, existsSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { JournalMissingError } from '../settlement/ledger-errors.ts';

const DATABASE = 'kiosk.db';
const WITNESS = 'kiosk.db.was-here';
const WORDS = `This folder holds the journal of the money: ${DATABASE}, together with ${DATABASE}-wal.
If ${DATABASE} is gone, settlements that were under way may be gone with it: call whoever looks after this kiosk,
compare with the hospital, the insurance and the payment channel first, and only then delete this file.
`;
/** `user_version` in the database's header, big endian; 0 = nobody wrote a journal. */
const VERSION_AT = 60;
const HEADER_BYTES = 100;

/** Before anything is opened. @throws JournalMissingError */
export function checkWitness(dataFolder: string): void {
  if (!existsSync(join(dataFolder, WITNESS))) return;
  const database = join(dataFolder, DATABASE);
  const header = headerOf(database);
  if (!header) throw new JournalMissingError();
  // The newest header may still be in the log.
  const log = statSync(`${database}-wal`, { throwIfNoEntry: false });
  if (header.readUInt32BE(VERSION_AT) === 0 && !log?.size) throw new JournalMissingError();
}

/** Once the journal is open. */
export function leaveWitness(dataFolder: string): void {
  const path = join(dataFolder, WITNESS);
  if (existsSync(path)) return;
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, WORDS);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function headerOf(path: string): Buffer | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    return readSync(file, header) === HEADER_BYTES ? header : undefined;
  } finally {
    closeSync(file);
  }
}
