/** What the parser finds in the stream, in order, each with the offset of its first byte. */
import type { CommandRow } from './command-row.ts';

export interface CharacterToken {
  readonly kind: 'character';
  readonly offset: number;
  readonly length: number;
  /** One character; 〓 when the printer's fonts have none for this code. */
  readonly text: string;
  /** The code as sent, e.g. 0xd2bd; user-defined glyphs are found by it. */
  readonly code: number;
  /** A cell is an encoded byte, except that four-byte characters are two cells wide. */
  readonly cells: 1 | 2;
}

export interface CommandToken {
  readonly kind: 'command';
  readonly offset: number;
  readonly length: number;
  readonly row: CommandRow;
  readonly args: Uint8Array;
}

export interface UnknownToken {
  readonly kind: 'unknown';
  readonly offset: number;
  readonly length: number;
  readonly why: 'noSuchCommand' | 'noSuchCharacter' | 'cutOff';
}

export type Token = CharacterToken | CommandToken | UnknownToken;
