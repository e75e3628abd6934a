/**
 * The calls that are out at the parties, each under a deadline of its own.
 *
 * One promise: every call is reported exactly once, at its answer or at its deadline; an effect's answer that comes
 * after its deadline is handed in as late, because it may still turn unknown into known.
 */
import type { Clock, Unsubscribe } from '../ports.ts';
import type { Call } from './call.ts';
import { DEADLINES_MS, type Deadlines, OTHER_DEADLINE_MS } from './deadlines.ts';
import { type Errand, type Parties, perform, unanswered } from './effects.ts';
import type { Found } from './facts.ts';

export class CallsOut {
  readonly #parties: Parties;
  readonly #clock: Clock;
  readonly #deadlinesMs: Deadlines;
  readonly #onTrouble: (error: unknown) => void;
  readonly #deadlines = new Set<Unsubscribe>();
  #left = false;

  constructor(
    parties: Parties,
    clock: Clock,
    deadlinesMs: Deadlines | undefined,
    /** Whoever was told of an answer threw. */
    onTrouble: (error: unknown) => void,
  ) {
    this.#parties = parties;
    this.#clock = clock;
    this.#deadlinesMs = { ...DEADLINES_MS, ...deadlinesMs };
    this.#onTrouble = onTrouble;
  }

  make(call: Call, errand: Errand, answered: (found: Found, late: boolean) => void): void {
    let late = false;
    const stopDeadline = this.#clock.timer(this.#deadlinesMs[call.step] ?? OTHER_DEADLINE_MS, () => {
      late = true;
      this.#deadlines.delete(stopDeadline);
      answered(unanswered(call, 'no answer in time'), false);
    });
    this.#deadlines.add(stopDeadline);
    perform(call, errand, this.#parties).then(
      (found) => {
        if (this.#left) return;
        stopDeadline();
        this.#deadlines.delete(stopDeadline);
        // A question's late answer is worth nothing.
        if (!late || call.attempt > 0) answered(found, late);
      },
      (error: unknown) => this.#onTrouble(error),
    );
  }

  /** Nothing that comes now is heard any more. */
  leave(): void {
    this.#left = true;
    for (const stop of this.#deadlines) stop();
    this.#deadlines.clear();
  }
}
