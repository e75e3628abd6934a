/** What a page asks, and how long it waits. One promise: nobody is turned out while money is open. */
import type { TimerPair } from '../region/profile.ts';
import type { Act } from './act.ts';

export interface Question<Answer> {
  /** Turns an act into the answer; `undefined` = not an answer to this screen. */
  readonly accept: (act: Act) => Answer | undefined;
  /** The screen also ends when this resolves (a party answered, money moved). */
  readonly until?: Promise<Answer>;
  /** `idle` warns and then ends the session; `never` while money is open; a timer gives `afterwards` instead. */
  readonly patience?: 'idle' | 'never' | { readonly timer: TimerPair; readonly afterwards: Answer };
  /** 不做了 ends the session although nothing is counted: a party is slow and nothing has moved. */
  readonly mayLeave?: true;
  /**
   * When the presence sensor has seen nobody for a while the page is covered. Then the session ends (`over`, what
   * waits for a touch), or it goes on as after its time (`afterwards`, what a timer ends). `stays`: it is not covered,
   * for money moves (`never`), or nothing can be read.
   */
  readonly whenLeft?: 'over' | 'afterwards' | 'stays';
  /** Asks on where the last question stopped: a touch that was under way on its page still counts. */
  readonly goesOn?: true;
}

/** T-LEFT (product.md 2.0), ms: nobody is seen for so long; and so long is still waited under the cover. */
export const USUAL_LEFT: TimerPair = { standardMs: 8_000, elderlyMs: 15_000 };
export const USUAL_LEFT_WARNING: TimerPair = { standardMs: 10_000, elderlyMs: 20_000 };

/** How one showing of a page ended. */
export type Outcome<Answer> =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'help' }
  | { kind: 'prices' }
  | { kind: 'idle' }
  | { kind: 'left' };

/** Nobody is turned out while money is open; a page that goes by itself goes on as after its time. */
export function endOfLeaving<Answer>({
  whenLeft,
  patience = 'idle',
}: Question<Answer>): 'over' | 'afterwards' | 'stays' {
  return whenLeft ?? (patience === 'never' ? 'stays' : patience === 'idle' ? 'over' : 'afterwards');
}
