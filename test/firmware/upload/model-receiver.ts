/**
 * A receiver of uploads as a small ledger, and the bad line to it: requests lost, answers lost, doubled, late. It knows
 * a repetition by its key, and remembers in which order each thing came first.
 */
import type { UploadAnswer, UploadDesk, UploadItem } from '../../../firmware/upload/upload-desk.ts';
import type { ManualClock } from '../../support/manual-clock.ts';

export type Fate = 'ok' | 'requestLost' | 'answerLost' | 'doubled' | 'late' | 'unreachable' | 'throws';

export class ModelReceiver {
  /** Every key that arrived, each time. */
  readonly arrivals: string[] = [];
  /** What counts: a key once, in the order of its first arrival. */
  readonly taken = new Map<string, UploadItem>();
  /** What happens to the next calls; `ok` when the list is empty. */
  readonly fates: Fate[] = [];
  /** Keys that are refused, with the words for it. */
  readonly refusals = new Map<string, { readonly reason: string; readonly hopeless?: boolean }>();
  /** Keys at which this receiver falls silent, whatever else it answers. */
  readonly poison = new Set<string>();
  /** Nobody is there at all. */
  down: 'no' | 'silent' | 'unreachable' = 'no';
  readonly atOnce: number;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock, atOnce = 1) {
    this.#clock = clock;
    this.atOnce = atOnce;
  }

  get keys(): readonly string[] {
    return [...this.taken.keys()];
  }

  desk(): UploadDesk {
    return {
      atOnce: this.atOnce,
      deliver: (items) => this.#deliver(items),
      answers: async () => this.down === 'no',
    };
  }

  async #deliver(items: readonly UploadItem[]): Promise<readonly UploadAnswer[]> {
    const all = (answer: UploadAnswer): readonly UploadAnswer[] => items.map(() => answer);
    const fate = this.fates.shift() ?? 'ok';
    if (this.down === 'unreachable' || fate === 'unreachable')
      return all({ outcome: 'unreachable', reason: 'refused' });
    if (this.down === 'silent' || fate === 'requestLost') return all({ outcome: 'unknown', reason: 'http timeOut' });
    if (fate === 'throws') throw new TypeError('a mistake of ours');
    if (items.some(({ key }) => this.poison.has(key))) return all({ outcome: 'unknown', reason: 'http 500' });
    const answers = items.map((item) => this.#take(item));
    if (fate === 'doubled') for (const item of items) this.#take(item);
    if (fate === 'answerLost') return all({ outcome: 'unknown', reason: 'http reset' });
    if (fate === 'late') await new Promise<void>((resolve) => this.#clock.timer(500_000, resolve));
    return answers;
  }

  #take(item: UploadItem): UploadAnswer {
    this.arrivals.push(item.key);
    const refusal = this.refusals.get(item.key);
    if (refusal) return { outcome: 'refused', ...refusal };
    if (!this.taken.has(item.key)) this.taken.set(item.key, item);
    return { outcome: 'taken' };
  }
}
