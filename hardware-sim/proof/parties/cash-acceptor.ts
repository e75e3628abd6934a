/**
 * The note acceptor: one note in its escrow, a counter that only grows, and a patience of its own.
 *
 * It has no idea of settlements; which one a note was stacked for is written here by whoever watches. A note that is
 * not asked for goes back by itself. Its ledger: notes in the box.
 */
const PATIENCE_MS = 20_000;

export class CashAcceptor {
  /** All that was ever stacked, fen. */
  counterFen = 0;
  /** Settlement number → notes stacked while it took money, fen. */
  readonly stackedFor = new Map<string, number>();
  readonly #nowMs: () => number;
  #escrow: { readonly amountFen: number; readonly untilMs: number } | undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** `false` when a note lies there already. */
  insert(amountFen: number): boolean {
    if (this.#inEscrow()) return false;
    this.#escrow = { amountFen, untilMs: this.#nowMs() + PATIENCE_MS };
    return true;
  }

  /** `false`: the note had gone back. */
  stack(number: string): boolean {
    const note = this.#inEscrow();
    this.#escrow = undefined;
    if (!note) return false;
    this.counterFen += note.amountFen;
    this.stackedFor.set(number, (this.stackedFor.get(number) ?? 0) + note.amountFen);
    return true;
  }

  giveBack(): void {
    this.#escrow = undefined;
  }

  #inEscrow() {
    return this.#escrow && this.#nowMs() < this.#escrow.untilMs ? this.#escrow : undefined;
  }
}
