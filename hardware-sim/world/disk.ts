/**
 * The kiosk's disk: databases that outlive a power cut.
 *
 * A committed transaction stays; an open one is rolled back when the power
 * goes; a handle from before the cut is dead. Torn writes are the crash
 * explorer's business, not this file's.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SqlRow, SqlValue, Store, StorePort } from '../../firmware/ports.ts';

export class PowerIsOffError extends Error {
  override readonly name = 'PowerIsOffError';
}

export class Disk {
  readonly #databases = new Map<string, DatabaseSync>();
  /** What is left beside them, bytes; a small system disk at first. */
  roomBytes = 8_000_000_000;

  /** A view of the disk for one boot; `alive` turns false when the power goes. */
  boot(alive: () => boolean): StorePort {
    return {
      open: (name) => {
        const database = this.#databases.get(name) ?? new DatabaseSync(':memory:');
        this.#databases.set(name, database);
        return new DiskStore(database, alive);
      },
      roomBytes: () => this.roomBytes,
    };
  }
}

class DiskStore implements Store {
  readonly #database: DatabaseSync;
  /** Compiled once per handle: virtual time asks the same few thousands of times. */
  readonly #statements = new Map<string, StatementSync>();
  readonly #alive: () => boolean;

  constructor(database: DatabaseSync, alive: () => boolean) {
    this.#database = database;
    this.#alive = alive;
  }

  exec(sql: string): void {
    this.#open().exec(sql);
  }

  run(sql: string, ...parameters: readonly SqlValue[]): { readonly changes: number; readonly lastId: number } {
    const { changes, lastInsertRowid } = this.#prepared(sql).run(...parameters);
    return { changes: Number(changes), lastId: Number(lastInsertRowid) };
  }

  get(sql: string, ...parameters: readonly SqlValue[]): SqlRow | undefined {
    return this.#prepared(sql).get(...parameters) as SqlRow | undefined;
  }

  all(sql: string, ...parameters: readonly SqlValue[]): readonly SqlRow[] {
    return this.#prepared(sql).all(...parameters) as unknown as SqlRow[];
  }

  transaction<Result>(work: () => Result): Result {
    const database = this.#open();
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#open();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    // The disk keeps its databases; a handle is only a view of one.
  }

  #prepared(sql: string): StatementSync {
    const database = this.#open();
    const known = this.#statements.get(sql) ?? database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #open(): DatabaseSync {
    if (!this.#alive()) throw new PowerIsOffError('The kiosk has no power.');
    return this.#database;
  }
}
