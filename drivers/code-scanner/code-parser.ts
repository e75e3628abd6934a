/**
 * What a parser of a scanner's bytes promises, whichever form they have.
 *
 * Every byte is hostile. One promise: it never throws, keeps at most one code of
 * bounded length, and reads the next code as if nothing had happened.
 */

/** One whole code, or why what came is none. `symbology`: AIM identifier such as `]Q1`. */
export type ParsedCode =
  | { readonly bytes: Uint8Array; readonly symbology?: string }
  /** For maintainers; never holds what was scanned. */
  | { readonly refused: string };

export interface CodeParser {
  push(bytes: Uint8Array): readonly ParsedCode[];
  /** A code has begun and not ended. */
  readonly midCode: boolean;
  /** Nothing more came: what was begun lost its end. */
  giveUp(): readonly ParsedCode[];
  /** The link is gone: everything that was begun is forgotten. */
  forget(): void;
}
