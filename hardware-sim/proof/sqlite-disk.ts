/**
 * The production store on a real file, with a disk beneath it that can fail.
 *
 * A power cut leaves database and write-ahead log as they are: a new process works on a copy of both, without the
 * shared index, so that the engine recovers as it does after a real one.
 */
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlRow, SqlValue, Store } from '../../firmware/ports.ts';
import type { CallStep } from '../../firmware/settlement/facts.ts';
import { Journal } from '../../firmware/settlement/journal.ts';
import type { Batch, JournalPort } from '../../firmware/settlement/journal-port.ts';
import { Seal } from '../../firmware/settlement/seal.ts';
import { openSqliteStore } from '../../firmware/world/sqlite-store.ts';
import type { KioskDisk, Sprung } from './kiosk-disk.ts';
import type { DiskTrouble } from './trouble-table.ts';
import { type DurableIntents, WatchedJournal } from './watched-journal.ts';

export class SqliteDisk implements KioskDisk {
  readonly intents: DurableIntents = new Set();
  readonly #folder: string;
  readonly name: string;
  readonly #seal: Seal;
  #generation = 0;
  #isKilled = false;
  #store: Store | undefined;
  /** What the next answers of a step meet, one after the other: an answer that is not written must not use one up. */
  readonly #armed = new Map<CallStep, { readonly trouble: DiskTrouble; readonly writes: number }[]>();
  /** What the transaction that begins now meets. */
  #due: Sprung | undefined;
  #sprung: Sprung | undefined;
  /** The step at which the disk became full. */
  #fullAt: CallStep = 'hospital.lock';
  /** Writes of a transaction that still fit while the disk is full. */
  #room = Number.POSITIVE_INFINITY;

  constructor(folder: string, name: string, sealingKey: Uint8Array) {
    this.#folder = folder;
    this.name = name;
    this.#seal = new Seal(sealingKey);
  }

  open(): JournalPort {
    const before = this.#store;
    const store = new FailingStore(openSqliteStore(this.#path()), this);
    this.#store = store;
    // Only now may the dead one go: as the last of its file it would tidy up, which the dead do not.
    if (this.#isKilled) before?.close();
    this.#isKilled = false;
    return new WatchedJournal(new Journal(store, this.#seal), this.intents, (batch) => this.#meet(batch));
  }

  kill(): void {
    this.#isKilled = this.#store !== undefined;
  }

  powerCut(): void {
    this.#isKilled = false;
    const before = this.#path();
    this.#generation += 1;
    const after = this.#path();
    copyFileSync(before, after);
    if (existsSync(`${before}-wal`)) copyFileSync(`${before}-wal`, `${after}-wal`);
    this.#store?.close();
    this.#store = undefined;
    for (const end of ['', '-wal', '-shm']) rmSync(`${before}${end}`, { force: true });
  }

  arm(trouble: DiskTrouble, step: CallStep, writes: number): void {
    const others = this.#armed.get(step);
    if (others) others.push({ trouble, writes });
    else this.#armed.set(step, [{ trouble, writes }]);
  }

  /** Some answers are written at once, some with a later one, some never: only this transaction knows whose it holds. */
  #meet({ entries }: Batch): void {
    this.#due = undefined;
    if (this.#armed.size === 0) return;
    for (const { fact } of entries) {
      const step = 'found' in fact ? fact.found.step : undefined;
      const armed = step && this.#armed.get(step)?.shift();
      if (!step || !armed) continue;
      if (armed.trouble === 'diskFull') {
        this.#room = armed.writes;
        this.#fullAt = step;
      } else this.#due = { trouble: armed.trouble, step };
      return;
    }
  }

  takeSprung(): Sprung | undefined {
    const sprung = this.#sprung;
    this.#sprung = undefined;
    return sprung;
  }

  spaceAgain(): void {
    this.#room = Number.POSITIVE_INFINITY;
  }

  /** One transaction, as the disk is now. */
  transaction<Result>(inner: Store, work: () => Result): Result {
    const due = this.#due;
    this.#due = undefined;
    switch (due?.trouble) {
      case 'commitThrew':
        inner.transaction(work);
        this.#sprung = due;
        throw new Error('disk I/O error');
      case 'commitLost':
        return inner.transaction(() => {
          work();
          this.#sprung = due;
          throw new Error('disk I/O error');
        });
      default:
        return inner.transaction(work);
    }
  }

  /** @throws Error when this write of a transaction does not fit. */
  checkRoom(writes: number): void {
    if (writes <= this.#room) return;
    this.#sprung = { trouble: 'diskFull', step: this.#fullAt };
    throw new Error('database or disk is full');
  }

  /** For whoever reads the journal's story. */
  get store(): Store | undefined {
    return this.#store;
  }

  headCode(): string {
    if (this.#store && !this.#isKilled) return headCodeOf(this.#store);
    const store = openSqliteStore(this.#path());
    try {
      return headCodeOf(store);
    } finally {
      store.close();
    }
  }

  remove(): void {
    try {
      this.#store?.close();
    } catch {
      // It ended in good order before.
    }
    for (const end of ['', '-wal', '-shm']) rmSync(`${this.#path()}${end}`, { force: true });
  }

  #path(): string {
    return join(this.#folder, `${this.name}-${this.#generation}.db`);
  }
}

function headCodeOf(store: Store): string {
  const row = store.get('SELECT mac FROM journal ORDER BY seq DESC LIMIT 1');
  return Buffer.from((row?.['mac'] as Uint8Array | undefined) ?? []).toString('hex');
}

/** The production store; only its transactions and its writes go past the disk's mood. */
class FailingStore implements Store {
  readonly #inner: Store;
  readonly #disk: SqliteDisk;
  #writes = 0;

  constructor(inner: Store, disk: SqliteDisk) {
    this.#inner = inner;
    this.#disk = disk;
  }

  exec(sql: string): void {
    this.#inner.exec(sql);
  }

  run(sql: string, ...parameters: readonly SqlValue[]): { readonly changes: number; readonly lastId: number } {
    this.#writes += 1;
    this.#disk.checkRoom(this.#writes);
    return this.#inner.run(sql, ...parameters);
  }

  get(sql: string, ...parameters: readonly SqlValue[]): SqlRow | undefined {
    return this.#inner.get(sql, ...parameters);
  }

  all(sql: string, ...parameters: readonly SqlValue[]): readonly SqlRow[] {
    return this.#inner.all(sql, ...parameters);
  }

  transaction<Result>(work: () => Result): Result {
    this.#writes = 0;
    return this.#disk.transaction(this.#inner, work);
  }

  close(): void {
    this.#inner.close();
  }
}
