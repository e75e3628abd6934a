/** English: how the page can be made easier to see and to reach. */
import type { LookTexts } from './look-texts.ts';

export const enLooks: LookTexts = {
  open: 'View',
  title: 'Easier to see and to reach',
  contrast: { standard: 'Usual', dark: 'On black', soft: 'Soft', mono: 'No colour' },
  low: 'Lower keys',
  left: 'Left hand',
  care: 'Simple',
  close: 'Done',
  helpTile: 'Get help',
};
