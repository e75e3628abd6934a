/**
 * What happens when, on virtual time: a heap of events keyed by (ms, sequence).
 *
 * One promise: the same events put in in the same order come out in the same order, so a seed decides everything.
 */
export class Agenda {
  /** Virtual ms since the proof began; what the parties call now. */
  nowMs = 0;
  readonly #at: number[] = [];
  readonly #sequence: number[] = [];
  readonly #run: (() => void)[] = [];
  #last = 0;

  get size(): number {
    return this.#at.length;
  }

  at(ms: number, run: () => void): void {
    this.#last += 1;
    this.#push(Math.max(ms, this.nowMs), this.#last, run);
  }

  after(ms: number, run: () => void): void {
    this.at(this.nowMs + ms, run);
  }

  /** The earliest event, at its time. `false` when there is none before `untilMs`. */
  step(untilMs = Number.POSITIVE_INFINITY): boolean {
    const at = this.#at[0];
    const run = this.#run[0];
    if (at === undefined || run === undefined || at > untilMs) return false;
    this.#pop();
    this.nowMs = at;
    run();
    return true;
  }

  #before(left: number, right: number): boolean {
    const difference = (this.#at[left] as number) - (this.#at[right] as number);
    return difference !== 0 ? difference < 0 : (this.#sequence[left] as number) < (this.#sequence[right] as number);
  }

  #swap(left: number, right: number): void {
    for (const column of [this.#at, this.#sequence, this.#run] as unknown[][]) {
      const kept = column[left];
      column[left] = column[right];
      column[right] = kept;
    }
  }

  #push(ms: number, sequence: number, run: () => void): void {
    let place = this.#at.push(ms) - 1;
    this.#sequence.push(sequence);
    this.#run.push(run);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#before(place, parent)) return;
      this.#swap(place, parent);
      place = parent;
    }
  }

  #pop(): void {
    const end = this.#at.length - 1;
    this.#swap(0, end);
    this.#at.pop();
    this.#sequence.pop();
    this.#run.pop();
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= end) return;
      const least = left + 1 < end && this.#before(left + 1, left) ? left + 1 : left;
      if (!this.#before(least, place)) return;
      this.#swap(least, place);
      place = least;
    }
  }
}
