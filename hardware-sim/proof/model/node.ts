/**
 * One moment of a schedule with everything that the rest of it depends on, and what may still go wrong in it.
 */
import type { Call } from '../../../firmware/settlement/call.ts';
import type { Found } from '../../../firmware/settlement/facts.ts';
import type { Ledger, Step } from '../../../firmware/settlement/settlement-ledger.ts';
import type { Moment } from './kiosk.ts';
import type { World } from './world.ts';

/** How much may go wrong in one schedule: of each kind, and in all. */
export interface Budget {
  /** Troubles of single calls. */
  readonly faults: number;
  /** Power cuts. */
  readonly crashes: number;
  /** The patient leaves, or pays, at another moment than meant. */
  readonly patient: number;
  readonly all: number;
}

/** An act of the kiosk that has its reason and is not yet done: power may go before it, or after its commit. */
export interface Pending {
  readonly what: 'begin' | 'resume' | 'report' | 'late' | 'note' | 'wake';
  readonly ask: ((ledger: Ledger) => Step | undefined) | undefined;
  /** What the onlooker notes when it has been heard. */
  readonly found?: Found;
}

/** What the kiosk is about. */
export type Doing =
  | { readonly is: 'calling'; readonly call: Call }
  | { readonly is: 'waiting'; readonly untilMs: number }
  | { readonly is: 'resting' };

export interface Node {
  readonly world: World;
  readonly moment: Moment;
  readonly doing: Doing;
  readonly pending: Pending | undefined;
  readonly left: Budget;
}

export interface Branch {
  /** Says what happens; the first branch of a node is the quiet one. */
  readonly label: string;
  readonly node: Node;
}
