/** Star's end-of-job marks: `ETB` counts when everything before it is on paper (escpos.md section 5). */
import { type Condition, isOffline } from './condition.ts';

const COUNTER_WRAPS_AT = 32;

export class StarMarks {
  #count = 0;
  #seen = false;

  /** `1B 1E 45 00`. */
  clear(): void {
    this.#count = 0;
    this.#seen = false;
  }

  mark(): void {
    this.#count = (this.#count + 1) % COUNTER_WRAPS_AT;
    this.#seen = true;
  }

  /** Nine bytes: length, version, four of status, two reserved and counter, presenter. */
  status(condition: Condition): Uint8Array {
    const first = (condition.coverOpen ? 0x20 : 0) | (isOffline(condition) ? 0x08 : 0) | (this.#seen ? 0x02 : 0);
    const error = (condition.cutterError ? 0x08 : 0) | (condition.headHot ? 0x40 : 0);
    const paper = (condition.paperOut ? 0x08 : 0) | (condition.paperNearEnd ? 0x04 : 0);
    // Bits 6, 5, 3, 2, 1 of the eighth byte hold the counter.
    const counter = ((this.#count & 0x18) << 2) | ((this.#count & 0x07) << 1);
    return Uint8Array.of(0x23, 0x86, first, error, 0x00, paper, 0x00, counter, 0x00);
  }
}
