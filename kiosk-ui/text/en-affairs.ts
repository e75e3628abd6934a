/** One's own affairs beside paying, in English. */
import type { AffairTexts } from './affair-texts.ts';

export const enAffairs: AffairTexts = {
  reprint: {
    printing: 'Printing, please wait',
    ready: 'Please take your slip',
    unconfirmed: 'Take it, or ask at the counter',
    none: 'It cannot print now',
    copy: 'Copy {copy}, marked as a copy',
    invoice: 'Scan with your phone: e-invoice',
    another: 'Another slip',
  },
};
