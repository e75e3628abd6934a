/**
 * The wire between a kiosk and a party, as bad as it gets: requests lost, late
 * or doubled, answers lost, late or broken. The party itself is right; only the
 * wire misbehaves, and only when told to.
 */
import type { ManualClock } from '../../support/manual-clock.ts';

export type Trouble =
  /** The call certainly did not leave. */
  | 'unreachable'
  /** The request is lost and nobody can tell. */
  | 'requestLost'
  /** Done, but the answer is lost. */
  | 'answerLost'
  /** Done, but the answer cannot be read. */
  | 'answerBroken'
  /** Done at once, answered only after the kiosk has given up. */
  | 'answerLate'
  /** Given up at once, but the request is still in a queue and is done later. */
  | 'requestLate'
  /** Done twice. */
  | 'doubled';

export const troubles: readonly Trouble[] = [
  'unreachable',
  'requestLost',
  'answerLost',
  'answerBroken',
  'answerLate',
  'requestLate',
  'doubled',
];

/** Longer than every deadline of the desk, shorter than the quarantine. */
export const LATE_MS = 100_000;

type Unclear =
  | { readonly outcome: 'unreachable'; readonly detail: string }
  | { readonly outcome: 'unknown'; readonly detail: string }
  | { readonly outcome: 'malformed'; readonly detail: string };

export class ModelLine {
  readonly #clock: ManualClock;
  /** Every call since the model began, in order. */
  readonly calls: string[] = [];
  /** What no party may ever see. */
  readonly violations: string[] = [];
  /** Which call (counted from 0, over all parties) meets which trouble. */
  readonly script = new Map<number, Trouble>();
  /** Everything after this call is unreachable; a whole party may be away. */
  away: (name: string) => Trouble | undefined = () => undefined;
  /** Looks at every effect at the moment it reaches its party. */
  arrived: (name: string, key: string) => void = () => undefined;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  async carry<Answer>(name: string, key: string, act: () => Answer): Promise<Answer | Unclear> {
    const trouble = this.script.get(this.calls.length) ?? this.away(name);
    this.calls.push(name);
    const done = (): Answer => {
      this.arrived(name, key);
      return act();
    };
    switch (trouble) {
      case undefined:
        return done();
      case 'unreachable':
        return { outcome: 'unreachable', detail: 'no route' };
      case 'requestLost':
        return { outcome: 'unknown', detail: 'time-out' };
      case 'answerLost':
        done();
        return { outcome: 'unknown', detail: 'time-out' };
      case 'answerBroken':
        done();
        return { outcome: 'malformed', detail: 'no amount' };
      case 'answerLate': {
        const answer = done();
        await this.#pass(LATE_MS);
        return answer;
      }
      case 'requestLate':
        this.#clock.timer(LATE_MS, done);
        return { outcome: 'unknown', detail: 'reset' };
      case 'doubled': {
        const answer = done();
        done();
        return answer;
      }
    }
  }

  #pass(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.timer(ms, resolve);
    });
  }
}
