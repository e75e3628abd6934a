/**
 * What one row of the command table says. The table is data: the parser knows
 * no command by itself, so a new one is a row and, if it leaves a trace, a handler.
 */
import type { LengthRule } from './length-rules.ts';

/**
 * `dots`: changes what stands on paper. `state`: changes how later data prints.
 * `answer`: makes the printer talk. `length`: known only by its length, not shown.
 */
export type CommandKind = 'dots' | 'state' | 'answer' | 'length';

export interface CommandRow {
  /** Mnemonic of the manuals, e.g. `GS v 0`; also the key of its handler. */
  readonly name: string;
  readonly prefix: readonly number[];
  readonly length: LengthRule;
  readonly kind: CommandKind;
}

export function row(name: string, prefix: readonly number[], length: LengthRule, kind: CommandKind): CommandRow {
  return { name, prefix, length, kind };
}
