/**
 * Knows when everything that was open at start is either over or waits for
 * something that has a name: a quarantine, a person, a payer, a silent party.
 */
import type { Clock, Unsubscribe } from '../ports.ts';
import type { Action } from './settlement-ledger.ts';

/** A party counts as silent after so many calls without an answer. */
const SILENT_AFTER = 3;
/** A party that takes a call and says nothing counts as silent, too: patients are kept out no longer than this. */
const LONGEST_MS = 60_000;

export class Recovery {
  readonly done: Promise<void>;
  readonly #awaited = new Set<string>();
  readonly #clock: Clock;
  #stopTimer: Unsubscribe = () => undefined;
  #finish: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.done = new Promise((resolve) => {
      this.#finish = () => {
        this.#stopTimer();
        resolve();
      };
    });
  }

  /** Called once, with the numbers of all settlements that were open at start. */
  expect(numbers: readonly string[]): void {
    for (const number of numbers) this.#awaited.add(number);
    if (this.#awaited.size === 0) this.#finish();
    else this.#stopTimer = this.#clock.timer(LONGEST_MS, () => this.#finish());
  }

  heard(number: string, action: Action): void {
    if (!isNamed(action)) return;
    if (this.#awaited.delete(number) && this.#awaited.size === 0) this.#finish();
  }

  /** Nothing more will be heard. */
  close(): void {
    this.#finish();
  }
}

function isNamed(action: Action): boolean {
  switch (action.do) {
    case 'call':
      return false;
    case 'rest':
      return action.ended || action.waiting === 'person';
    case 'wait':
      if (action.waiting === 'quarantine' || action.waiting === 'person') return true;
      return (action.waiting === 'payment' && action.misses === 0) || action.misses >= SILENT_AFTER;
  }
}
