/**
 * A line that carries whole messages byte by byte and can be cut after any of
 * them: what was not carried whole was never said.
 */

export class CutLine {
  /** Bytes that have passed, both ways together. */
  passed = 0;
  /** The line is dead once so many bytes have passed. */
  cutAfter = Number.POSITIVE_INFINITY;
  /** Told at the moment of the cut. */
  onCut: (() => void) | undefined;
  /** Everything that has passed whole, for whoever looks for what should not be there. */
  readonly heard: string[] = [];
  #dead = false;

  get dead(): boolean {
    return this.#dead;
  }

  /** Nothing more goes over it, whether anybody has tried yet or not. */
  get cut(): boolean {
    return this.#dead || this.passed >= this.cutAfter;
  }

  mend(): void {
    this.#dead = false;
    this.cutAfter = Number.POSITIVE_INFINITY;
  }

  /** → whether the whole message arrived. */
  carry(message: string): boolean {
    if (this.#dead) return false;
    const length = new TextEncoder().encode(message).length;
    const room = this.cutAfter - this.passed;
    if (length > room) {
      this.passed += Math.max(0, room);
      this.#dead = true;
      this.onCut?.();
      return false;
    }
    this.passed += length;
    this.heard.push(message);
    return true;
  }
}
