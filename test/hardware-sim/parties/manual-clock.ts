/** A clock that moves only when a test says so. */
export class ManualClock {
  #now: number;
  #timers: { at: number; fire: () => void }[] = [];

  constructor(startMs = Date.parse('2026-03-02T09:00:00+08:00')) {
    this.#now = startMs;
  }

  wallMs(): number {
    return this.#now;
  }

  timer(delayMs: number, fire: () => void): () => void {
    const entry = { at: this.#now + delayMs, fire };
    this.#timers.push(entry);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== entry);
    };
  }

  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter((entry) => entry.at <= end).sort((one, other) => one.at - other.at)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((entry) => entry !== due);
      this.#now = due.at;
      due.fire();
    }
    this.#now = end;
  }
}
