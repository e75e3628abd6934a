/**
 * How one kind of text display is spoken to: frames out, and what counts as its answer.
 *
 * One promise: whatever a frame met half-way, the same frame sent again shows the same rows.
 */
import type { DisplayCharset } from './display-rows.ts';

export interface DisplayDialect {
  readonly name: string;
  readonly charset: DisplayCharset;
  /** All rows at once; a row that is left out is empty. */
  show(rows: readonly string[]): Uint8Array;
  readonly clear: Uint8Array;
  /** Sent when the line is opened: is it there, or, where it can't say, begin anew. */
  readonly wake: Uint8Array;
  /** Hears the answers; `undefined`: this display has no way back. */
  readonly hears: DisplayEar | undefined;
}

export interface DisplayAnswer {
  readonly good: boolean;
  /** Who answers, e.g. `BX 61`. */
  readonly identity: string;
}

export interface DisplayEar {
  push(bytes: Uint8Array): readonly DisplayAnswer[];
  reset(): void;
}
