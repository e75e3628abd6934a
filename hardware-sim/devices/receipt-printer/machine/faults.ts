/**
 * What hands can't do to a printer, but cables, boards and firmware can.
 * Every fault is set in advance and counted in bytes or answers, so a run repeats exactly.
 */
import type { RandomSource } from '../../../../drivers/ports.ts';

export class PrinterFaults {
  readonly #losses = new Set<number>();
  #arrived = 0;
  #disconnectAt: number | undefined;
  #muted = false;
  #delayMs = 0;
  #repeats = 0;
  #halfOpen = false;
  #loseOneIn: { readonly oneIn: number; readonly random: RandomSource } | undefined;

  /** The `n`th byte from now (1 = the next) never arrives. */
  loseByte(n: number): void {
    this.#losses.add(this.#arrived + n);
  }

  /** Every byte is lost with a chance of one in `oneIn`, by a seeded source. */
  loseBytes(oneIn: number, random: RandomSource): void {
    this.#loseOneIn = { oneIn, random };
  }

  /** The cable goes just before the `n`th byte from now; what came earlier stays in the buffer. */
  disconnectAtByte(n: number): void {
    this.#disconnectAt = this.#arrived + n;
  }

  /** Prints, but no answer leaves the printer until `speak`. */
  muteAnswers(): void {
    this.#muted = true;
  }

  speak(): void {
    this.#muted = false;
  }

  /** Answers come this much later, ms. */
  delayAnswers(ms: number): void {
    this.#delayMs = ms;
  }

  /** The next `count` answers are sent twice. */
  repeatAnswers(count: number): void {
    this.#repeats = count;
  }

  /** The network forgot the other end: bytes are taken and go nowhere, and nothing comes back. */
  halfOpen(): void {
    this.#halfOpen = true;
  }

  /** Ends every fault. */
  clear(): void {
    this.#losses.clear();
    this.#disconnectAt = undefined;
    this.#muted = false;
    this.#delayMs = 0;
    this.#repeats = 0;
    this.#halfOpen = false;
    this.#loseOneIn = undefined;
  }

  get answerDelayMs(): number {
    return this.#delayMs;
  }

  /** For the printer: what happens to the byte that is about to arrive. */
  onByte(): 'arrives' | 'lost' | 'disconnect' {
    if (this.#disconnectAt === this.#arrived + 1) {
      this.#disconnectAt = undefined;
      return 'disconnect';
    }
    this.#arrived += 1;
    if (this.#losses.delete(this.#arrived) || this.#halfOpen || this.#unlucky()) return 'lost';
    return 'arrives';
  }

  /** For the printer: how often an answer is sent. */
  onAnswer(): 0 | 1 | 2 {
    if (this.#muted || this.#halfOpen) return 0;
    if (this.#repeats === 0) return 1;
    this.#repeats -= 1;
    return 2;
  }

  #unlucky(): boolean {
    if (!this.#loseOneIn) return false;
    const [a = 0, b = 0, c = 0, d = 0] = this.#loseOneIn.random.bytes(4);
    return (a * 0x1_00_00_00 + b * 0x1_00_00 + c * 0x1_00 + d) / 2 ** 32 < 1 / this.#loseOneIn.oneIn;
  }
}
