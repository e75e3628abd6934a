/**
 * A note acceptor for these tests: one note in the escrow, and a counter that no power cut touches.
 */
import type { CashAcceptor, CashCounters } from '../../../firmware/payment/cash-acceptor.ts';
import type { ModelLine } from './model-line.ts';

export class ModelAcceptor {
  /** Fen in the box. */
  stackedFen = 0;
  escrowFen = 0;
  /** The rollers give the note back instead of stacking it. */
  givesBack = false;
  readonly #line: ModelLine;

  constructor(line: ModelLine) {
    this.#line = line;
  }

  counters(): CashCounters {
    return { box: 1, notes: new Map([[1, this.stackedFen]]) };
  }

  acceptor(): Pick<CashAcceptor, 'stack' | 'counters' | 'giveBack'> {
    return {
      stack: async () => {
        const answer = await this.#line.carry('cash.stack', '', () => {
          if (this.escrowFen === 0 || this.givesBack) {
            this.escrowFen = 0;
            return { outcome: 'returned' as const };
          }
          this.stackedFen += this.escrowFen;
          this.escrowFen = 0;
          return { outcome: 'stacked' as const, counters: this.counters() };
        });
        return answer.outcome === 'stacked' || answer.outcome === 'returned'
          ? answer
          : { outcome: 'unknown', detail: answer.detail };
      },
      giveBack: async () => {
        this.escrowFen = 0;
        return 'returned';
      },
      counters: async () => {
        const answer = await this.#line.carry('cash.counter', '', () => ({
          outcome: 'ok' as const,
          counters: this.counters(),
          escrow: this.escrowFen > 0,
        }));
        return answer.outcome === 'ok' ? answer : { outcome: 'unknown', detail: answer.detail };
      },
    };
  }
}
