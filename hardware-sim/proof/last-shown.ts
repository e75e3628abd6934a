/** What a kiosk has shown since it last stood a crash: that is what the next one could undo (I9). */
import type { SettlementRecord } from './settlement-record.ts';

/** The newest: a crash takes the end of a journal, and what is older stood beneath it. */
const REMEMBERED = 5;

export class LastShown {
  #records: SettlementRecord[] = [];

  get records(): readonly SettlementRecord[] {
    return this.#records;
  }

  add(record: SettlementRecord): void {
    this.#records = [...this.#records.filter((one) => one !== record), record].slice(-REMEMBERED);
  }

  /** All of it stood a crash: what has ended is looked at again when it is spoken of again. */
  stood(live: ReadonlySet<SettlementRecord>): void {
    this.#records = this.#records.filter((record) => live.has(record));
  }
}
