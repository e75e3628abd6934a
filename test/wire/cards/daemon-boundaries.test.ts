/** Every byte (of the empty rows of the table of readers every 61st) of what a kiosk and the PC/SC daemon say to each other, while a social-security card is read. */
import { describe, test } from 'vitest';
import { CASES, everyBoundary, LONG, socketBench } from './every-boundary.ts';

describe('the PC/SC daemon’s socket', () => {
  test.each(CASES)(
    'a line %s anywhere on its way %s ends the read with a word, and the next one reads the card',
    (bend, way) => everyBoundary(socketBench, bend, way),
    LONG,
  );
});
