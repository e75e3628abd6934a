/**
 * A kiosk's disk that is only told of until the cut, and afterwards is the one that the cut left behind.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallStep } from '../../../firmware/settlement/facts.ts';
import type { JournalPort } from '../../../firmware/settlement/journal-port.ts';
import type { KioskDisk, Sprung } from '../kiosk-disk.ts';
import { SqliteDisk } from '../sqlite-disk.ts';
import type { DiskTrouble } from '../trouble-table.ts';
import { type DurableIntents, intentName } from '../watched-journal.ts';
import type { Content } from './disk-model.ts';
import { type FoundJournal, readJournal } from './journal-checks.ts';
import { sealingKey } from './recorded-order.ts';

export interface FirstLook {
  readonly found: FoundJournal;
  /** Settlements that are open on it. */
  readonly open: readonly string[];
  /** Effects that had reached their parties and whose intents it does not hold. */
  readonly unannounced: readonly string[];
}

/** Remembers what was asked: an arrival that looks for its intent is an effect that took place. */
class AskedSet extends Set<string> {
  readonly asked = new Set<string>();

  override has(name: string): boolean {
    const isThere = super.has(name);
    if (isThere) this.asked.add(name);
    return isThere;
  }
}

export class CutDisk implements KioskDisk {
  readonly #content: Content;
  readonly #folder: string;
  readonly #before = new AskedSet();
  #after: SqliteDisk | undefined;
  #isJustCut = false;
  #sprung: Sprung | undefined;
  /** What was found when it was opened for the first time after the cut. */
  look: FirstLook | undefined;

  /** @param folder exists and is ours alone. */
  constructor(content: Content, folder: string) {
    this.#content = content;
    this.#folder = folder;
  }

  get intents(): DurableIntents {
    // While the kiosk is off, what has left before still arrives; whether the disk knew of it is seen at the opening.
    return this.look ? (this.#after?.intents ?? this.#before) : this.#before;
  }

  /** The current is gone. */
  cut(): void {
    this.#isJustCut = true;
    // Which step it was counts for nothing here: only the soak tells them apart.
    this.#sprung = { trouble: 'commitThrew', step: 'hospital.lock' };
    for (const end of ['', '-wal', '-journal', '-shm']) rmSync(join(this.#folder, `kiosk-0.db${end}`), { force: true });
    for (const [name, bytes] of this.#content) {
      writeFileSync(join(this.#folder, name.replace('kiosk.db', 'kiosk-0.db')), bytes);
    }
    this.#after = new SqliteDisk(this.#folder, 'kiosk', sealingKey);
  }

  open(): JournalPort {
    if (!this.#after) throw new Error('This disk is only told of until the cut.');
    this.#isJustCut = false;
    this.#sprung = undefined;
    const journal = this.#after.open();
    this.look ??= this.#lookAt(this.#after, journal);
    return journal;
  }

  kill(): void {
    this.#after?.kill();
  }

  powerCut(): void {
    if (!this.#isJustCut) this.#after?.powerCut();
  }

  arm(trouble: DiskTrouble, step: CallStep, writes: number): void {
    this.#after?.arm(trouble, step, writes);
  }

  takeSprung(): Sprung | undefined {
    const sprung = this.#sprung;
    this.#sprung = undefined;
    return sprung ?? this.#after?.takeSprung();
  }

  spaceAgain(): void {
    this.#after?.spaceAgain();
  }

  headCode(): string {
    return this.#after?.headCode() ?? '';
  }

  remove(): void {
    this.#after?.remove();
  }

  #lookAt(disk: SqliteDisk, journal: JournalPort): FirstLook {
    const { store, intents } = disk;
    if (!store) throw new Error('The disk was opened without a store.');
    journal.verify();
    const rows = store.all("SELECT saga, step, n, key FROM journal WHERE phase = 'intent'");
    for (const { saga, step, n, key } of rows) {
      intents.add(intentName(String(saga), String(step), Number(n), key === null ? undefined : String(key)));
    }
    const open = store.all('SELECT id FROM saga WHERE ended = 0').map(({ id }) => String(id));
    const unannounced = [...this.#before.asked].filter((name) => !intents.has(name));
    return { found: readJournal(store), open, unannounced };
  }
}
