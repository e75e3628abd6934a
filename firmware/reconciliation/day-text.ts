/** A day's reconciliation as lines that a cashier reads. Numbers and amounts only. */
import { formatYuan } from '../money.ts';
import type { DayBusiness } from './business-of-day.ts';
import type { DayView } from './day-view.ts';
import { type Difference, differenceNames } from './difference.ts';
import { isNothing, type Sums } from './sums.ts';

const states: Readonly<Record<DayView['state'], string>> = {
  open: 'not compared yet',
  centreAndHospital: 'centre and hospital compared; channels awaited',
  channels: 'all compared; something is open',
  closed: 'closed: every fen is explained',
};

export function dayText({ date, state, totals, differences, business }: DayView): readonly string[] {
  return [
    `${date}  ${states[state]}`,
    ...totals.map(({ party, ours, theirs, elsewhere }) => {
      const others = elsewhere.count === 0 ? '' : `; ${elsewhere.count} lines of other terminals`;
      return `  ${party.padEnd(18)} ours ${sumsText(ours)} | theirs ${sumsText(theirs)}${others}`;
    }),
    ...businessText(business),
    ...differences.flatMap(differenceText),
  ];
}

/** 异地 apart, and the share that no insurance counts (自费比例). */
function businessText({ all, local, offSite, outOfScopeFen, outOfScopeBp }: DayBusiness): readonly string[] {
  if (all.count === 0 && isNothing(all.sums)) return [];
  const rows = [
    ['outpatient', local.outpatient],
    ['inpatient', local.inpatient],
    ['off-site outpatient', offSite.outpatient],
    ['off-site inpatient', offSite.inpatient],
  ] as const;
  const share = outOfScopeBp === undefined ? '' : `, ${(outOfScopeBp / 100).toFixed(2)} % of the total`;
  return [
    ...rows
      .filter(([, { count, sums }]) => count !== 0 || !isNothing(sums))
      .map(([name, { count, sums }]) => `  ${name.padEnd(20)} ${count} claims, ${sumsText(sums)}`),
    `  ${'own expense (自费)'.padEnd(20)} ${formatYuan(outOfScopeFen)}${share}`,
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
