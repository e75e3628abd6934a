/**
 * When a lane may send, and which of its rows have to stand aside.
 *
 * Whole lane: pauses double up to a minute while nobody answers, and its order stays. One row: a refusal, or silence
 * that only this row meets, delays it alone, so it never blocks what comes after it. Not durable: after a boot
 * everything is tried at once.
 */

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Unknown answers in a row to one row, after which it is asked whether the receiver answers at all. */
const PATIENCE = 3;

export class LanePace {
  readonly #aside = new Map<string, { readonly tries: number; readonly untilMs: number }>();
  #misses = 0;
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  /** The row at the head that met silence, and how often in a row. */
  #silence: { readonly key: string; readonly times: number } | undefined;

  /** Calls in a row that nobody answered. */
  get misses(): number {
    return this.#misses;
  }

  /** Rows that may have to be passed over. */
  get aside(): number {
    return this.#aside.size;
  }

  laneReady(nowMs: number): boolean {
    return nowMs >= this.#notBeforeMs;
  }

  rowReady(key: string, nowMs: number): boolean {
    return nowMs >= (this.#aside.get(key)?.untilMs ?? Number.NEGATIVE_INFINITY);
  }

  /** The next moment at which anything can change by itself. */
  get nextMs(): number | undefined {
    if (this.#misses > 0) return this.#notBeforeMs;
    const untils = [...this.#aside.values()].map(({ untilMs }) => untilMs);
    return untils.length === 0 ? undefined : Math.min(...untils);
  }

  /** Whoever stood aside and waits no more is forgotten. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.#aside.keys()) if (!keys.has(key)) this.#aside.delete(key);
  }

  /** The receiver spoke: yes to this row. */
  taken(key: string): void {
    this.#aside.delete(key);
    this.#spoke();
  }

  /** The receiver spoke: no to this row. `held`: it waits for a person now and is not seen again. */
  refused(key: string, nowMs: number, held: boolean): void {
    if (held) this.#aside.delete(key);
    else this.standAside(key, nowMs);
    this.#spoke();
  }

  /**
   * Nobody answered. `first`: the oldest row that may have left. → a row that met silence so often that it may be its
   * own fault
   */
  missed(first: string | undefined, nowMs: number): string | undefined {
    this.#misses += 1;
    this.#notBeforeMs = nowMs + pauseOf(this.#misses);
    if (first === undefined) return undefined;
    const times = this.#silence?.key === first ? this.#silence.times + 1 : 1;
    this.#silence = { key: first, times };
    return times % PATIENCE === 0 ? first : undefined;
  }

  /** The others go on without this row for a while. */
  standAside(key: string, nowMs: number): void {
    const tries = (this.#aside.get(key)?.tries ?? 0) + 1;
    this.#aside.set(key, { tries, untilMs: nowMs + pauseOf(tries) });
    this.#spoke();
  }

  #spoke(): void {
    this.#misses = 0;
    this.#notBeforeMs = Number.NEGATIVE_INFINITY;
    this.#silence = undefined;
  }
}

function pauseOf(times: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(times - 1, 10));
}
