/** What will happen, in virtual ms; of two things at one instant the one that was written down first comes first. */
export class Calendar {
  nowMs = 0;
  #events: { readonly atMs: number; readonly nth: number; readonly happen: () => void }[] = [];
  #counted = 0;

  after(ms: number, happen: () => void): void {
    this.#events.push({ atMs: this.nowMs + ms, nth: this.#counted, happen });
    this.#counted += 1;
  }

  /** The next thing, unless it is after `untilMs` or there is none. */
  take(untilMs: number): (() => void) | undefined {
    let first = 0;
    for (let place = 1; place < this.#events.length; place += 1) {
      const one = this.#events[place];
      const best = this.#events[first];
      if (one && best && (one.atMs < best.atMs || (one.atMs === best.atMs && one.nth < best.nth))) first = place;
    }
    const event = this.#events[first];
    if (!event || event.atMs > untilMs) return undefined;
    this.#events.splice(first, 1);
    this.nowMs = event.atMs;
    return event.happen;
  }
}
