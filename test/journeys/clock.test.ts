/**
 * The clock before money: a calendar that is not the platform's stops a new insured settlement, never one under way.
 *
 * The kiosk's calendar is set apart by hand, as by a dead battery; the parties keep theirs.
 */
import { describe, expect, it } from 'vitest';
import { EXAMPLE_PAID, expectFree, expectRefused, expectUntouched, NOTHING } from './endings.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const SECOND = 1_000;
const DAY = 86_400_000;
const YEAR = 365 * DAY;
const MONEY = ['payThenSettle', 'settleThenPay'] as const;

const to1970 = (kiosk: VirtualKiosk): number => -kiosk.hall.clock.wallMs();
const WRONG = [
  ['six seconds fast', () => 6 * SECOND],
  ['six seconds slow', () => -6 * SECOND],
  ['a day fast', () => DAY],
  ['a day slow', () => -DAY],
  ['in 1970', to1970],
  ['thirty years fast', () => 30 * YEAR],
] as const;

/** Message ids as they went over the line; a money message that is looked up again is not sent again. */
function idsOnTheWire(kiosk: VirtualKiosk): { readonly all: string[] } {
  const all: string[] = [];
  kiosk.hall.insuranceLine.onExchange(({ request }) => {
    const id = /"msgid"\s*:\s*"([^"]*)"/.exec(new TextDecoder().decode(request.body))?.[1];
    if (id !== undefined) all.push(id);
  });
  return { all };
}

function expectSaneIds(ids: readonly string[]): void {
  expect(ids.length).toBeGreaterThan(5);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^\w{12}\d{18}$/.test(id))).toEqual([]);
}

/** Someone who had the home screen open for them, whatever the clock says. */
const CARD = { 'S-HOME': 'insertCard' } as const;

describe('a calendar that is wrong', () => {
  for (const [how, aheadMs] of WRONG) {
    it(`${how} since the start: nothing is settled, the page says why, and it ends by itself`, async () => {
      const kiosk = new VirtualKiosk();
      const ids = idsOnTheWire(kiosk);
      kiosk.hand('setClockApart', aheadMs(kiosk));
      await kiosk.run(() => kiosk.atRest);
      await kiosk.visit(CARD);
      expectRefused(kiosk, 'S-STOP', 'clockWrong');
      expect(kiosk.patient.body).toMatchObject({ insurance: 'closed' });
      expect(kiosk.audited('clock.turned').at(-1)?.fields).toContain('apart');
      kiosk.hand('setClockRight');
      await kiosk.pass(70 * SECOND);
      expect(kiosk.patient.body).toMatchObject({ insurance: 'open' });
      expect(kiosk.audited('clock.turned').at(-1)?.fields).toContain('together');
      await kiosk.visit({});
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expectFree(kiosk);
      expectSaneIds(ids.all);
    });

    it(`${how} from the moment of the split on: it is seen after the live gate and before the money`, async () => {
      for (const setting of MONEY.map((money): Setting => ({ money, visitDrivenBy: 'kiosk' }))) {
        const kiosk = new VirtualKiosk(setting);
        await kiosk.visit({
          'S-SPLIT': (its) => {
            its.hand('setClockApart', aheadMs(its));
            its.patient.pay();
          },
        });
        expectRefused(kiosk, 'S-STOP', 'clockWrong');
        expect(kiosk.count('POST /v1/bills/N/lock')).toBe(0);
        // What was brought to the centre for this bill is taken back.
        expect(kiosk.count('2205')).toBe(1);
      }
    });

    it(`${how} in the middle of a settlement: it goes on to its end, at every call of it`, async () => {
      for (const money of MONEY) {
        const undisturbed = new VirtualKiosk({ money });
        await undisturbed.visit({});
        const begun = undisturbed.wire.indexOf('POST /v1/bills/N/lock');
        expect(begun).toBeGreaterThan(3);
        for (let call = begun; call < undisturbed.wire.length; call += 1) {
          const kiosk = new VirtualKiosk({ money });
          const ids = idsOnTheWire(kiosk);
          kiosk.when(call + 1, 'after', () => kiosk.hand('setClockApart', aheadMs(kiosk)));
          await kiosk.visit({});
          expect(kiosk.ended, `${money}, ${undisturbed.wire[call]}`).toEqual(['settled']);
          expect(kiosk.books).toEqual(EXAMPLE_PAID);
          expectFree(kiosk);
          expectSaneIds(ids.all);
        }
      }
    });

    it(`${how} after a power cut with money under way: it is found out by its stored keys`, async () => {
      for (const [call, money] of [
        ['2207', 'payThenSettle'],
        ['2207', 'settleThenPay'],
      ] as const) {
        const kiosk = new VirtualKiosk({ money });
        kiosk.when(call, 'after', () => {
          kiosk.hall.cutPower();
          kiosk.hand('setClockApart', aheadMs(kiosk));
          kiosk.hall.clock.timer(10 * SECOND, () => kiosk.hall.restorePower());
        });
        kiosk.patient.come({});
        await kiosk.run(() => kiosk.atRest && kiosk.stillWaiting === 0);
        // With nobody there, an unpaid settlement is undone and a paid one goes on; nothing is left between.
        expect(kiosk.books).toEqual(money === 'payThenSettle' ? EXAMPLE_PAID : NOTHING);
        kiosk.hand('removeCard');
        await kiosk.pass(2_400 * SECOND);
        expectFree(kiosk);
      }
    });
  }

  it('by exactly the limit of the place is not yet wrong; a place may set its own', async () => {
    const five = new VirtualKiosk();
    five.hand('setClockApart', 5 * SECOND);
    await five.visit({});
    expect(five.books).toEqual(EXAMPLE_PAID);
    const wide = new VirtualKiosk({
      rules: ({ insurance }) => Object.assign(insurance, { clockLimitMs: 30 * SECOND }),
    });
    wide.hand('setClockApart', 29 * SECOND);
    await wide.visit({});
    expect(wide.books).toEqual(EXAMPLE_PAID);
  });

  it('stops before the money even when it was right a minute ago, without another question', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    kiosk.hand('setClockApart', 6 * SECOND);
    await kiosk.visit({});
    expectRefused(kiosk, 'S-STOP', 'clockWrong');
    expect(kiosk.count('2206')).toBe(0);
  });
});

describe('a slow line', () => {
  for (const delayMs of [4_000, 8_000, 20_000]) {
    it(`whose answers come ${delayMs} ms late is no gap`, async () => {
      const kiosk = new VirtualKiosk();
      kiosk.insurance.delayAnswer(delayMs, {}, 200);
      await kiosk.visit({});
      expect(kiosk.patient.bodies.filter((body) => 'reason' in body)).toEqual([]);
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expect(kiosk.audited('clock.turned')).toEqual([]);
      expectFree(kiosk);
    });
  }

  it('does not hide a day', async () => {
    const kiosk = new VirtualKiosk();
    kiosk.hand('setClockApart', DAY);
    kiosk.insurance.delayAnswer(8_000, {}, 200);
    await kiosk.visit({});
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('clockWrong');
    expectUntouched(kiosk);
  });
});
