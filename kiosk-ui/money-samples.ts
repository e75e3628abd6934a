/** Samples of "where is my money" for the gallery: every word that it can say. */
import type { Sample } from './gallery.ts';

const number = 'set_cuxmysf9h2jd';

const moneyWords = [
  'nothingTaken',
  'parked',
  'findingOut',
  'held',
  'kept',
  'goingBack',
  'returned',
  'atCashier',
  'withPerson',
  'closedByPerson',
  'cannotAsk',
] as const;

export const moneySamples: readonly Sample[] = [
  { title: 'S-MONEY-ASK', body: { name: 'S-MONEY-ASK', of: 'money', problem: 'none' } },
  { title: 'S-MONEY-ASK unknown number', body: { name: 'S-MONEY-ASK', of: 'money', problem: 'unknownNumber' } },
  ...moneyWords.map(
    (word): Sample => ({
      title: `S-MONEY ${word}`,
      body: {
        name: 'S-MONEY',
        number,
        word,
        amountFen: 1_286_040,
        toldAt: word === 'withPerson' ? '2026-03-05 10:05:00' : undefined,
      },
      deadline: { leftMs: 60_000, wholeMs: 60_000 },
    }),
  ),
];
