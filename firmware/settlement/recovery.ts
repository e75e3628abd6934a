/**
 * Knows when everything that was open at start is either over or waits for
 * something that has a name: a quarantine, a person, a payer, a silent party.
 */
import type { Action } from './settlement-ledger.ts';

/** A party counts as silent after so many calls without an answer. */
const SILENT_AFTER = 3;

export class Recovery {
  readonly done: Promise<void>;
  readonly #awaited = new Set<string>();
  #finish: () => void = () => undefined;

  constructor() {
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** Called once, with the numbers of all settlements that were open at start. */
  expect(numbers: readonly string[]): void {
    for (const number of numbers) this.#awaited.add(number);
    if (this.#awaited.size === 0) this.#finish();
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
      if (action.waiting === 'quarantine') return true;
      return (action.waiting === 'payment' && action.misses === 0) || action.misses >= SILENT_AFTER;
  }
}
