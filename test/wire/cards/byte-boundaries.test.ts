/** Every byte of what a kiosk and a TCP card slot say to each other, while a social-security card is read. */
import { describe, test } from 'vitest';
import { CASES, everyBoundary, LONG, tcpBench } from './every-boundary.ts';

describe('the TCP card slot', () => {
  test.each(CASES)(
    'a line %s anywhere on its way %s ends the read with a word, and the next one reads the card',
    (bend, way) => everyBoundary(tcpBench, bend, way),
    LONG,
  );
});
