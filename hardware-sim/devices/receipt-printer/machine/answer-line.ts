/** The printer's way to the host: answers leave in order, each a little after its cause. */
import type { Clock } from '../../../../drivers/ports.ts';
import type { PrinterFaults } from './faults.ts';
import type { PrinterProfile } from './profiles.ts';

export class AnswerLine {
  readonly #clock: Clock;
  readonly #profile: PrinterProfile;
  readonly #faults: PrinterFaults;
  readonly #send: (bytes: Uint8Array) => void;
  #generation = 0;

  constructor(clock: Clock, profile: PrinterProfile, faults: PrinterFaults, send: (bytes: Uint8Array) => void) {
    this.#clock = clock;
    this.#profile = profile;
    this.#faults = faults;
    this.#send = send;
  }

  answer(bytes: Uint8Array): void {
    if (!this.#profile.answers) return;
    const generation = this.#generation;
    const times = this.#faults.onAnswer();
    for (let time = 0; time < times; time++) {
      this.#clock.timer(this.#profile.answerMs + this.#faults.answerDelayMs, () => {
        if (generation === this.#generation) this.#send(bytes);
      });
    }
  }

  /** What has not left yet never will: the cable or the power is gone. */
  forget(): void {
    this.#generation += 1;
  }
}

export function isProcessId(bytes: Uint8Array): boolean {
  return bytes[0] === 0x37 && bytes[1] === 0x22;
}
