/**
 * The slip printer: what came out of it, in order.
 *
 * Worst case: while the paper is out it keeps slips in its buffer and lets them out when paper is loaded, after
 * whatever was printed meanwhile elsewhere. Its ledger: slips that emerged.
 */
export interface Slip {
  readonly number: string;
  readonly copy: number;
  /** 补打 stands on it. */
  readonly marked: boolean;
}

export class Printer {
  readonly slips: Slip[] = [];
  hasPaper = true;
  #buffer: Slip[] = [];
  readonly #onSlip: (slip: Slip) => void;

  constructor(onSlip: (slip: Slip) => void) {
    this.#onSlip = onSlip;
  }

  /** `true` when it came out at once. */
  print(slip: Slip): boolean {
    if (!this.hasPaper) {
      this.#buffer.push(slip);
      return false;
    }
    this.#out(slip);
    return true;
  }

  /** What a driver does before it prints anything again. */
  clearBuffer(): void {
    this.#buffer = [];
  }

  loadPaper(): void {
    this.hasPaper = true;
    const held = this.#buffer;
    this.#buffer = [];
    for (const slip of held) this.#out(slip);
  }

  #out(slip: Slip): void {
    this.slips.push(slip);
    this.#onSlip(slip);
  }
}
