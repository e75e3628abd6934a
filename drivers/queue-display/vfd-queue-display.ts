/**
 * A queue display of glowing characters (VFD), two rows of twenty, with the CD5220 command set.
 *
 * The common customer pole display (Epson DM-D and its many likes) knows ASCII only and has no way back: a call is
 * `unconfirmed`, and what stands there is sent again every half minute, so a display that lost its power or a byte is
 * wrong for no longer. docs/interfaces/queue-display.md section 6.
 */
import type { DisplayDialect } from './display-dialect.ts';
import { encodeRow } from './display-rows.ts';
import { TextQueueDisplay, type TextQueueDisplayOptions } from './text-queue-display.ts';

const ESC = 0x1b;
const CR = 0x0d;
/** Clears both rows and ends the string mode of `ESC Q`, in which it is the only command that counts. */
const CLR = 0x0c;
/** Ends a row that an earlier frame may have left half-sent; else it only moves the cursor. */
const AFRESH = [CR, CLR];
/** `ESC Q A … CR` the upper row, `ESC Q B … CR` the lower one: always twenty characters. */
const ROWS = [0x41, 0x42] as const;
/** `ESC @` begin anew, `ESC _ 0` no cursor. */
const WAKE = [CR, CLR, ESC, 0x40, ESC, 0x5f, 0x00];

export const VFD_SIZE = { cells: 20, rows: 2 } as const;

export class VfdQueueDisplay extends TextQueueDisplay {
  constructor(options: Omit<TextQueueDisplayOptions, 'cells' | 'rows'>) {
    super({ ...options, ...VFD_SIZE }, cd5220);
  }
}

const cd5220: DisplayDialect = {
  name: 'cd5220',
  charset: 'ascii',
  show: (texts) =>
    Uint8Array.from([
      ...AFRESH,
      ...ROWS.flatMap((row, at) => {
        const text = (texts[at] ?? '').padEnd(VFD_SIZE.cells);
        return [ESC, 0x51, row, ...(encodeRow(text, 'ascii') ?? []), CR];
      }),
    ]),
  clear: Uint8Array.from(AFRESH),
  wake: Uint8Array.from(WAKE),
  hears: undefined,
};
