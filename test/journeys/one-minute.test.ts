/** How long a settlement takes for people who read before they touch, and that all their papers are there in the end. */
import { expect, it } from 'vitest';
import { quantile } from '../../hardware-sim/bench/quantile.ts';
import { EXAMPLE_PAID, expectFree } from './endings.ts';
import type { Plan } from './patient.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

const PEOPLE = 31;

/** How long each of them looks at a page, ms: from quick to somebody who reads every line. */
function readingMs(person: number, page: number): number {
  const pace = 2_000 + (person / (PEOPLE - 1)) * 7_000;
  // Not the same for every page: a prime keeps people and pages apart.
  return pace * (0.6 + ((person * 7 + page * 5) % 11) / 10);
}

it('[N-23] one bill takes half of the people less than a minute from the card to the slip, and the papers are complete', async () => {
  const tookMs: number[] = [];
  for (let person = 0; person < PEOPLE; person += 1) {
    const kiosk = new VirtualKiosk({ seed: person + 1 });
    let cameMs = 0;
    let page = 0;
    const slowly =
      (act: (its: VirtualKiosk) => void) =>
      (its: VirtualKiosk): void => {
        page += 1;
        const screen = its.patient.body?.name;
        its.hall.clock.timer(readingMs(person, page), () => {
          if (its.patient.body?.name === screen) act(its);
        });
      };
    const plan: Plan = {
      'S-HOME': (its) => {
        cameMs = its.hall.clock.monotonicMs();
        its.hand('insertCard');
      },
      'S-BILL': slowly(({ patient }) => patient.touch({ do: 'confirm' })),
      'S-SPLIT': slowly(({ patient }) => patient.pay()),
      'S-PAY': slowly((its) => its.hand('payByPhone')),
      'S-DONE': (its) => {
        its.hall.clock.timer(1_000, () => its.patient.touch({ do: 'confirm' }));
      },
    };
    kiosk.patient.come(plan);
    await kiosk.run(() => kiosk.slips.length > 0);
    tookMs.push(kiosk.hall.clock.monotonicMs() - cameMs);
    await kiosk.run(() => kiosk.ended.length > 0 && kiosk.atRest);
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    expectFree(kiosk);
    const [slip = ''] = kiosk.slips;
    for (const part of [
      '医疗保障结算单',
      '门诊费用明细清单',
      '分类小计',
      '您付的钱 190.25',
      '下一步',
      '医保结算号',
      '医院收据号',
    ])
      expect(slip).toContain(part);
  }
  expect(quantile(tookMs, 0.5)).toBeLessThanOrEqual(60_000);
  // Nobody is so quick that nothing was read, and the slowest is not lost to a timer.
  expect(Math.min(...tookMs)).toBeGreaterThan(5_000);
});
