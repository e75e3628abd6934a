/** A settlement number on its way through a person: from screen or slip to ear, mouth and keyboard. */
import { expect, test } from 'vitest';
import { spokenNumber as onPaper } from '../../../firmware/documents/spoken-number.ts';
import { newNumber, numberFromPerson } from '../../../firmware/settlement/order-fact.ts';
import { SeededRandom } from '../../../hardware-sim/world/seeded-random.ts';
import { spokenNumber as onScreen } from '../../../kiosk-ui/text/spoken-number.ts';

const NUMBER = 'set_cuxmysf9h2jd';

function numbers(count: number): readonly string[] {
  const random = new SeededRandom(7, 'numbers');
  return Array.from({ length: count }, () => newNumber(random));
}

test('screen and slip show the same three groups of four, without the kind', () => {
  expect(onScreen(NUMBER)).toBe('CUXM YSF9 H2JD');
  expect(onScreen('case_cuxmysf9h2jd')).toBe('CUXM YSF9 H2JD');
  for (const number of numbers(500)) {
    expect(onPaper(number)).toMatch(/^[A-Z2-9]{4} [A-Z2-9]{4} [A-Z2-9]{4}$/);
    expect(onScreen(number)).toBe(onPaper(number));
  }
});

test('a number of another form is shown as it is', () => {
  for (const number of ['set_1', 'S990001', '', 'set_cuxmysf9h2jd9']) {
    expect([onScreen(number), onPaper(number)]).toEqual([number, number]);
  }
});

test('no two letters of a number can be taken for one another: neither 0 nor O, and of 1, I and L only the I', () => {
  const letters = new Set(numbers(500).flatMap((number) => [...onPaper(number).replaceAll(' ', '')]));
  expect([...letters].sort().join('')).toBe('23456789ABCDEFGHIJKMNPQRSTUVWXYZ');
});

test('what a person reads off finds the settlement, in whatever case and groups', () => {
  for (const typed of [NUMBER, 'CUXM YSF9 H2JD', 'cuxmysf9h2jd', ' Cuxm-ysf9-h2jd ', 'case_cuxmysf9h2jd']) {
    expect(numberFromPerson(typed)).toBe(NUMBER);
  }
  for (const number of numbers(500)) expect(numberFromPerson(onPaper(number))).toBe(number);
});

test('an I that was taken for a one or an L is still the I', () => {
  expect(numberFromPerson('AI2I BCDE FGHI')).toBe('set_ai2ibcdefghi');
  expect(numberFromPerson('A12L BCDE FGHl')).toBe('set_ai2ibcdefghi');
});

test('what is no number stays as it was typed, so that the answer can name it', () => {
  for (const typed of ['set_1', 'CUXM YSF9', 'CUX0 YSF9 H2JD', 'B000001']) expect(numberFromPerson(typed)).toBe(typed);
});
