/**
 * The platform's face desk (刷脸) as its terminals meet it: a look gives a one-time number, the number gives who it was.
 *
 * Written from insurance interface D.1. One promise: a number works once, for
 * the check that it was made in, and not for long.
 */
import type { PartyClock } from '../party.ts';
import type { SeededStream } from '../seeded-stream.ts';
import type { Patient } from './patients.ts';

const DIGITS = '0123456789';
const LIFE_MS = 300_000;

export class FaceAuthDesk {
  readonly #clock: PartyClock;
  readonly #stream: SeededStream;
  readonly #numbers = new Map<
    string,
    { readonly patient: Patient; readonly outBizNo: string; readonly untilMs: number }
  >();

  constructor(clock: PartyClock, stream: SeededStream) {
    this.#clock = clock;
    this.#stream = stream;
  }

  /** `cn.nhsa.ec.auth`: the terminal looked at this person and its own liveness was content. */
  authenticate(patient: Patient, outBizNo: string): string {
    const authNo = `ano${this.#stream.letters(DIGITS, 25)}`;
    this.#numbers.set(authNo, { patient, outBizNo, untilMs: this.#clock.wallMs() + LIFE_MS });
    return authNo;
  }

  /** `cn.nhsa.auth.check`: `undefined` for a number that is used, old, nobody's or another check's. */
  check(authNo: string, outBizNo: string): Patient | undefined {
    const known = this.#numbers.get(authNo);
    this.#numbers.delete(authNo);
    if (known?.outBizNo !== outBizNo || this.#clock.wallMs() >= known.untilMs) return undefined;
    return known.patient;
  }
}
