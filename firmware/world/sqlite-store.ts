/**
 * A durable database on `node:sqlite`.
 *
 * One promise: a transaction that returned is on the platter. Some builds of
 * SQLite fall back to a weaker setting when a WAL file is opened again, so
 * `synchronous=FULL` is set on every open and read back, whatever the default.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { SqlRow, SqlValue, Store } from '../ports.ts';

/** The file is not a sound database, or the engine did not take a setting that money relies on. */
export class StoreUnsoundError extends Error {
  override readonly name = 'StoreUnsoundError';
}

/** Another process has the database open. */
export class StoreHeldError extends Error {
  override readonly name = 'StoreHeldError';
}

const SYNCHRONOUS_FULL = 2;
const BUSY_MS = 5_000;

/**
 * Opens (and creates) one database file. Its folder must exist.
 * @param worth `rebuildable`: opened without the integrity check, which reads the whole file
 * @throws StoreUnsoundError
 */
export function openSqliteStore(path: string, worth: 'kept' | 'rebuildable' = 'kept'): Store {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: BUSY_MS });
    prepare(database, worth);
    if (path !== ':memory:') keepNames(dirname(path));
  } catch (error) {
    database?.close();
    if (error instanceof StoreUnsoundError) throw error;
    throw new StoreUnsoundError(`The database cannot be used: ${error instanceof Error ? error.message : 'unknown'}`);
  }
  return new SqliteStore(database);
}

/**
 * Makes sure that nobody else has the file open: in WAL mode every connection holds a shared lock for as long as it
 * lives, a crashed one holds none.
 * @throws StoreHeldError
 */
export function requireAlone(path: string): void {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK');
  } catch (error) {
    if (error instanceof Error && /locked|busy/i.test(error.message)) {
      throw new StoreHeldError('Another process has this database open.');
    }
    throw error;
  } finally {
    database.close();
  }
}

/** The engine takes no notice when the flush that keeps the log's name fails: here it does not pass. */
function keepNames(folder: string): void {
  // Windows has no flush of a folder.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function prepare(database: DatabaseSync, worth: 'kept' | 'rebuildable'): void {
  const pragma = (name: string): SqlValue | undefined => {
    const row = database.prepare(`PRAGMA ${name}`).get() as SqlRow | undefined;
    return row && Object.values(row)[0];
  };
  database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  pragma('journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  const synchronous = pragma('synchronous');
  if (synchronous !== SYNCHRONOUS_FULL) throw new StoreUnsoundError(`synchronous is ${synchronous}, not FULL.`);
  database.exec('PRAGMA foreign_keys = ON');
  if (worth === 'kept') database.exec('PRAGMA secure_delete = ON');
  // Not the quick one, which never compares an index with its table: a settlement that only one of them knows is lost.
  const check = worth === 'kept' ? pragma('integrity_check(1)') : pragma('schema_version') !== undefined && 'ok';
  if (check !== 'ok') throw new StoreUnsoundError('The integrity check of the database failed.');
  // Asked only after the first read: the engine answers "wal" to the switch itself even when an I/O error undid it.
  const mode = pragma('journal_mode');
  if (mode !== 'wal' && mode !== 'memory') throw new StoreUnsoundError(`journal_mode is ${mode}, not wal.`);
}

class SqliteStore implements Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  #inTransaction = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  run(sql: string, ...parameters: readonly SqlValue[]): { readonly changes: number; readonly lastId: number } {
    const { changes, lastInsertRowid } = this.#prepared(sql).run(...(parameters as SQLInputValue[]));
    return { changes: Number(changes), lastId: Number(lastInsertRowid) };
  }

  get(sql: string, ...parameters: readonly SqlValue[]): SqlRow | undefined {
    return this.#prepared(sql).get(...(parameters as SQLInputValue[])) as SqlRow | undefined;
  }

  all(sql: string, ...parameters: readonly SqlValue[]): readonly SqlRow[] {
    return this.#prepared(sql).all(...(parameters as SQLInputValue[])) as SqlRow[];
  }

  transaction<Result>(work: () => Result): Result {
    if (this.#inTransaction) throw new Error('A transaction is already open.');
    // `get` makes no result of counts that nobody asks for.
    this.#prepared('BEGIN IMMEDIATE').get();
    this.#inTransaction = true;
    try {
      const result = this.#orRollBack(work);
      // A COMMIT that throws is not rolled back here: what is on the disk is unknown, and only a new process can tell.
      this.#prepared('COMMIT').get();
      return result;
    } finally {
      this.#inTransaction = false;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #orRollBack<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      // The engine rolls back by itself after some errors; the first error is the one that counts.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #prepared(sql: string): ReturnType<DatabaseSync['prepare']> {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
