import { expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import { ShownCodes } from '../../../firmware/session/shown-codes.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const HOUR = 3_600_000;
const code = (text: string): Secret<string> => new Secret(text);

test('a code that went to the centre is known for a day, then forgotten', async () => {
  const clock = new ManualClock();
  const codes = new ShownCodes(clock);
  expect(codes.known(code('A'))).toBe(false);
  codes.send(code('A'));
  expect([codes.known(code('A')), codes.known(code('B'))]).toEqual([true, false]);
  await clock.pass(24 * HOUR);
  expect(codes.known(code('A'))).toBe(true);
  await clock.pass(1);
  expect(codes.known(code('A'))).toBe(false);
});

test('a code of which nothing arrived may be shown again', () => {
  const codes = new ShownCodes(new ManualClock());
  const takeBack = codes.send(code('A'));
  takeBack();
  expect(codes.known(code('A'))).toBe(false);
});

test('whoever holds up codes without end does not fill the memory, and yesterday’s go first', () => {
  const codes = new ShownCodes(new ManualClock());
  for (let shown = 0; shown < 5_000; shown += 1) codes.send(code(`code-${shown}`));
  expect(codes.known(code('code-0'))).toBe(false);
  expect(codes.known(code('code-904'))).toBe(true);
  expect(codes.known(code('code-4999'))).toBe(true);
});

test('it holds no code that could be read back', () => {
  const codes = new ShownCodes(new ManualClock());
  codes.send(code('TEST0000CODE0000INVENTED0001'));
  expect(JSON.stringify(codes)).not.toContain('INVENTED');
});
