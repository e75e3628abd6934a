/**
 * The last committed status of each settlement, and who wants to know of changes.
 */
import type { Unsubscribe } from '../ports.ts';
import type { SettlementStatus } from './settlements.ts';

type Listener = (status: SettlementStatus) => void;

const KEPT = 64;

export class StatusBoard {
  readonly #statuses = new Map<string, SettlementStatus>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #onThrown: (error: unknown) => void;

  /** @param onThrown what a listener threw: its own trouble, never that of the money or of another listener */
  constructor(onThrown: (error: unknown) => void) {
    this.#onThrown = onThrown;
  }

  status(number: string): SettlementStatus | undefined {
    return this.#statuses.get(number);
  }

  /** Tells the present status at once if it is on the board. */
  watch(number: string, listener: Listener): Unsubscribe {
    const listeners = this.#listeners.get(number) ?? new Set<Listener>();
    this.#listeners.set(number, listeners);
    // A listener of its own for each watch: the same function may watch twice.
    const own: Listener = (status) => {
      try {
        listener(status);
      } catch (error) {
        this.#onThrown(error);
      }
    };
    listeners.add(own);
    const present = this.#statuses.get(number);
    if (present) own(present);
    return () => {
      listeners.delete(own);
      if (listeners.size === 0) this.#listeners.delete(number);
    };
  }

  publish(status: SettlementStatus): void {
    const { number } = status;
    const before = this.#statuses.get(number);
    this.#statuses.delete(number);
    this.#statuses.set(number, status);
    if (before && JSON.stringify(before) === JSON.stringify(status)) return;
    for (const listener of [...(this.#listeners.get(number) ?? [])]) listener(status);
  }

  /** Keeps the board small; what is watched stays. */
  forgetOld(): void {
    for (const number of this.#statuses.keys()) {
      if (this.#statuses.size <= KEPT) return;
      if (!this.#listeners.has(number)) this.#statuses.delete(number);
    }
  }
}
