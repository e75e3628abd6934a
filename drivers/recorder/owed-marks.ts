/**
 * Marks that the recorder has not taken yet, oldest first.
 *
 * One promise: never more than `MOST_OWED`; what is given up for it is counted.
 */
import type { MarkKind } from './recorder.ts';

export interface OwedMark {
  readonly seq: number;
  readonly interval: string;
  readonly kind: MarkKind;
  /** The kiosk's calendar when it was due, Unix ms. */
  readonly atWallMs: number;
}

/** A day's intervals of a busy kiosk that has been alone for some hours. */
export const MOST_OWED = 512;

export class OwedMarks {
  #marks: readonly OwedMark[] = [];
  #lost = 0;
  #lostUntold = 0;

  get count(): number {
    return this.#marks.length;
  }

  /** Given up since the start. */
  get lost(): number {
    return this.#lost;
  }

  /** Given up since the recorder was last told how many. */
  get lostUntold(): number {
    return this.#lostUntold;
  }

  get oldest(): OwedMark | undefined {
    return this.#marks[0];
  }

  add(mark: OwedMark): void {
    this.#marks = [...this.#marks, mark];
    while (this.#marks.length > MOST_OWED) {
      this.#marks = this.#marks.slice(1);
      this.#lost += 1;
      this.#lostUntold += 1;
    }
  }

  remove(seq: number): void {
    this.#marks = this.#marks.filter((mark) => mark.seq !== seq);
  }

  lostWereTold(count: number): void {
    this.#lostUntold -= count;
  }
}
