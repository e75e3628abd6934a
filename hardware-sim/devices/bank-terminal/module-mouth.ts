/** Says a module's answers: until they are acknowledged, three times at most, and again when asked with NAK. */
import type { Clock } from '../../../drivers/ports.ts';

const ACK_MS = 2_000;
const TIMES = 3;

export class ModuleMouth {
  readonly #clock: Clock;
  readonly #put: (bytes: Uint8Array) => void;
  #answer: Uint8Array | undefined;
  #said = 0;
  #stop = (): void => undefined;

  constructor(clock: Clock, put: (bytes: Uint8Array) => void) {
    this.#clock = clock;
    this.#put = put;
  }

  say(answer: Uint8Array): void {
    this.forget();
    this.#answer = answer;
    this.#sayAndWait();
  }

  repeat(): void {
    if (this.#answer) this.#put(this.#answer);
  }

  acknowledged(): void {
    this.#stop();
  }

  forget(): void {
    this.#stop();
    this.#answer = undefined;
    this.#said = 0;
  }

  #sayAndWait(): void {
    this.#said += 1;
    // The timer first: on a short cable the ACK is back before the last byte has left.
    if (this.#said < TIMES) this.#stop = this.#clock.timer(ACK_MS, () => this.#sayAndWait());
    this.repeat();
  }
}
