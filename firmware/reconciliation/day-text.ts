/** A day's reconciliation as lines that a cashier reads. Numbers and amounts only. */
import { formatYuan } from '../money.ts';
import type { DayView } from './day-view.ts';
import { type Difference, differenceNames } from './difference.ts';
import { isNothing, type Sums } from './sums.ts';

const states: Readonly<Record<DayView['state'], string>> = {
  open: 'not compared yet',
  centreAndHospital: 'centre and hospital compared; channels awaited',
  channels: 'all compared; something is open',
  closed: 'closed: every fen is explained',
};

export function dayText({ date, state, totals, differences }: DayView): readonly string[] {
  return [
    `${date}  ${states[state]}`,
    ...totals.map(({ party, ours, theirs, elsewhere }) => {
      const others = elsewhere.count === 0 ? '' : `; ${elsewhere.count} lines of other terminals`;
      return `  ${party.padEnd(18)} ours ${sumsText(ours)} | theirs ${sumsText(theirs)}${others}`;
    }),
    ...differences.flatMap(differenceText),
  ];
}

export function differenceText(one: Difference): readonly string[] {
  const { number, party, name, settlement, state, cause, ending, closedBy, off } = one;
  const ended =
    state === 'open'
      ? `OPEN (${one.remedy})`
      : `${state}: ${ending}${closedBy.length > 0 ? ` [${closedBy.join(', ')}]` : ''}`;
  return [
    `  ${number}  ${party}: ${differenceNames[name]}`,
    `      ${settlement ?? ''} ${isNothing(off) ? '' : sumsText(off)} ${cause}`.trimEnd(),
    `      ${ended}`,
  ];
}

function sumsText({ totalFen, fundFen, accountFen, ownFen }: Sums): string {
  const parts = [
    ['total', totalFen],
    ['fund', fundFen],
    ['account', accountFen],
    ['own', ownFen],
  ] as const;
  const told = parts.filter(([, fen]) => fen !== 0).map(([name, fen]) => `${name} ${formatYuan(fen)}`);
  return told.length === 0 ? '0.00' : told.join(', ');
}
