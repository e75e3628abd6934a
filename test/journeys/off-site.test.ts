/** 异地: people insured in another city, with a filing there, settle here in one step, and the day counts them apart. */
import { expect, it } from 'vitest';
import { dayText } from '../../firmware/reconciliation/day-text.ts';
import { expectFree, expectRefused } from './endings.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

const HOUR = 3_600_000;

it('[Y4-5] an off-site outpatient and an off-site inpatient settle, and the day counts them apart', async () => {
  // chen is insured in 990900 and filed for care here.
  const kiosk = new VirtualKiosk({ person: 'chen', bills: ['example'], stays: ['ready'] });
  await kiosk.visit({
    'S-PAY': (its) => {
      its.hand('payByPhone');
      its.hand('typePassword');
    },
  });
  await kiosk.visit({
    'S-HOME': ({ patient }) => patient.touch({ do: 'start', journey: 'inpatient' }),
    'S-ID-HELP': 'insertCard',
    'S-STAY': ({ patient }) => patient.touch({ do: 'choose', id: 'discharge' }),
  });
  expect(kiosk.ended).toEqual(['settled', 'settled']);
  expectFree(kiosk);

  await kiosk.pass(26 * HOUR);
  const view = kiosk.kiosk.reconciliation.view('2026-03-05');
  if (!view) throw new Error('Nobody looked at the day.');
  const { all, local, offSite } = view.business;
  expect(view.state).toBe('closed');
  expect(offSite).toMatchObject({
    outpatient: { count: 1, sums: { totalFen: 55_740 } },
    inpatient: { count: 1, sums: { totalFen: 46_000 } },
  });
  expect([local.outpatient.count, local.inpatient.count, all.count]).toEqual([0, 0, 2]);
  const report = dayText(view).join('\n');
  expect(report).toMatch(/off-site outpatient +1 claims, total 557\.40/);
  expect(report).toMatch(/off-site inpatient +1 claims, total 460\.00/);
  // Money of a person insured here stands in none of these rows.
  const here = new VirtualKiosk();
  await here.visit({});
  await here.pass(26 * HOUR);
  const home = here.kiosk.reconciliation.view('2026-03-05')?.business;
  expect([home?.local.outpatient.count, home?.offSite.outpatient.count]).toEqual([1, 0]);
});

it('[N-14] nothing is settled for another institution, and the day’s report says what share no insurance counts', async () => {
  const foreign = new VirtualKiosk({ bills: ['foreignInstitution'] });
  await foreign.visit({});
  expectRefused(foreign, 'S-HELD', 'foreignInstitution');
  expect(foreign.audited('authority.alarm')).toHaveLength(1);

  const kiosk = new VirtualKiosk();
  await kiosk.visit({});
  await kiosk.pass(26 * HOUR);
  const view = kiosk.kiosk.reconciliation.view('2026-03-05');
  if (!view) throw new Error('Nobody looked at the day.');
  // One item of 45.60 stands outside the list, of 557.40 in all.
  expect(view.business).toMatchObject({ outOfScopeFen: 4_560, outOfScopeBp: 818 });
  expect(dayText(view).join('\n')).toMatch(/own expense \(自费\) +45\.60, 8\.18 % of the total/);
});
