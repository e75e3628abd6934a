/** The note acceptor: one note in its escrow, a counter that no power cut touches, and rollers that give back by themselves. */
import type { Finding, Values } from '../../../../firmware/settlement/facts.ts';

/** A note that is not asked for goes back after so long. */
const HOLDS_MS = 10_000;

export class NoteBox {
  /** All it ever stacked, fen. */
  counterFen = 10_000;
  escrowFen = 0;
  readonly #after: (ms: number, happen: () => void) => void;
  #nth = 0;

  constructor(after: (ms: number, happen: () => void) => void) {
    this.#after = after;
  }

  insert(fen: number): void {
    this.escrowFen = fen;
    this.#nth += 1;
    const nth = this.#nth;
    this.#after(HOLDS_MS, () => {
      if (this.#nth === nth) this.escrowFen = 0;
    });
  }

  giveBack(): void {
    this.escrowFen = 0;
  }

  stack(): Finding<null> {
    if (this.escrowFen === 0) return { verdict: 'fail', reason: 'returned', detail: '' };
    this.counterFen += this.escrowFen;
    this.escrowFen = 0;
    return { verdict: 'ok', value: null };
  }

  /** Asked while a note hangs in the escrow, it gives that back first. */
  counter(): Finding<Values['cash.counter']> {
    this.giveBack();
    return { verdict: 'ok', value: { counterFen: this.counterFen } };
  }
}
