/**
 * One input without its chatter (消抖).
 *
 * One promise: a level is told when it has held for the plan's time; an alarm's
 * beginning is told at once, so that no disturbance is too short to be seen, and
 * only its end has to hold.
 */
import type { Clock, Unsubscribe } from '../ports.ts';
import type { PlannedInput } from './pin-plan.ts';

export class InputSettler {
  readonly input: PlannedInput;
  readonly #clock: Clock;
  readonly #onSettled: (settled: InputSettler) => void;
  #active: boolean | undefined;
  #coming: boolean | undefined;
  #cancel: Unsubscribe | undefined;

  constructor(input: PlannedInput, clock: Clock, onSettled: (settled: InputSettler) => void) {
    this.input = input;
    this.#clock = clock;
    this.#onSettled = onSettled;
  }

  /** `undefined` until the board has told its first level. */
  get active(): boolean | undefined {
    return this.#active;
  }

  take(high: boolean): void {
    const active = high === (this.input.active === 'high');
    if (this.#active === undefined || (active && this.input.atOnce)) this.#settle(active);
    else if (active === this.#active) this.#stopWaiting();
    else if (this.#coming === undefined) {
      this.#coming = active;
      this.#cancel = this.#clock.timer(this.input.debounceMs, () => this.#settle(active));
    }
  }

  /** The board is gone: nobody knows. */
  forget(): void {
    this.#stopWaiting();
    this.#active = undefined;
  }

  #settle(active: boolean): void {
    this.#stopWaiting();
    if (this.#active === active) return;
    this.#active = active;
    this.#onSettled(this);
  }

  #stopWaiting(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#coming = undefined;
  }
}
