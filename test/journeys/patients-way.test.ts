/** The way of a patient who wants to pay and go: by card and by code, in both orders of money, from here and elsewhere. */
import { describe, expect, it } from 'vitest';
import { USUAL_LOOK } from '../../firmware/screen/looks.ts';
import { EXAMPLE_PAID, expectFree } from './endings.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

const WAY = 'S-HOME S-BUSY S-WHO S-BUSY S-BILL S-BUSY S-SPLIT S-BUSY S-PAY S-CONFIRMING S-DONE S-HOME';
const withoutStart = (screens: readonly string[]): string => screens.filter((name) => name !== 'S-OUT').join(' ');

describe('both drivers of the visit and both orders of money', () => {
  for (const visitDrivenBy of ['hospital', 'kiosk'] as const) {
    it(`pays, then settles, when the ${visitDrivenBy} drives the visit`, async () => {
      const kiosk = new VirtualKiosk({ visitDrivenBy, money: 'payThenSettle' });
      expect(withoutStart(await kiosk.visit({}))).toBe(WAY);
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expect(kiosk.wire.indexOf('POST /v1/orders')).toBeLessThan(kiosk.wire.indexOf('2207'));
      expectFree(kiosk);
    });

    it(`settles, then pays, when the ${visitDrivenBy} drives the visit`, async () => {
      const kiosk = new VirtualKiosk({ visitDrivenBy, money: 'settleThenPay' });
      const way = WAY.replace('S-PAY', 'S-CONFIRMING S-PAY');
      expect(withoutStart(await kiosk.visit({}))).toBe(way);
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expect(kiosk.wire.indexOf('2207')).toBeLessThan(kiosk.wire.indexOf('POST /v1/orders'));
      expectFree(kiosk);
    });
  }

  for (const profile of ['national', 'zhejiang', 'shenzhen', 'hunan'] as const) {
    it(`settles by the rules of ${profile}, by card and by code`, async () => {
      for (const medium of ['insertCard', 'showCode'] as const) {
        const visitDrivenBy = profile === 'shenzhen' ? 'kiosk' : 'hospital';
        const kiosk = new VirtualKiosk({ profile, visitDrivenBy });
        await kiosk.visit({ 'S-HOME': medium });
        // Hunan leaves the personal account alone unless the patient wants it used.
        const chargedFen = profile === 'hunan' ? 36_060 : 19_025;
        expect(kiosk.books).toEqual({ ...EXAMPLE_PAID, chargedFen });
        expect(kiosk.ended).toEqual(['settled']);
        expectFree(kiosk);
      }
    });
  }

  it('[Z-8.1.4, SZ-236, N-25] a person insured elsewhere meets the same screens and touches; only the place differs', async () => {
    const visit = async (person: string): Promise<VirtualKiosk> => {
      const kiosk = new VirtualKiosk({ person, bills: ['consent20000'] });
      await kiosk.visit({
        'S-PAY': ({ hall }) => {
          kiosk.hand('payByPhone');
          hall.clock.timer(2_000, () => kiosk.hand('typePassword'));
        },
      });
      expect(kiosk.ended).toEqual(['settled']);
      expectFree(kiosk);
      return kiosk;
    };
    const [local, offSite] = [await visit('wang'), await visit('chen')];
    expect(offSite.patient.screens).toEqual(local.patient.screens);
    expect(offSite.patient.touches).toBe(local.patient.touches);
    expect(bodyOf(local.patient.bodies, 'S-WHO')).toMatchObject({ local: true, insuredArea: '990001' });
    expect(bodyOf(offSite.patient.bodies, 'S-WHO')).toMatchObject({ local: false, insuredArea: '990900' });
  });

  it('a bill that fund and account pay whole takes two touches and no payment', async () => {
    const kiosk = new VirtualKiosk({ person: 'li', bills: ['allCovered'] });
    await kiosk.visit({});
    expect(kiosk.patient.touches).toBe(2);
    expect(kiosk.books).toEqual({ claims: 1, chargedFen: 0, confirmed: 1 });
    expect(kiosk.count('POST /v1/orders')).toBe(0);
    expectFree(kiosk);
  });

  it('a patient who leaves the account alone sees the new split before anything is paid', async () => {
    const kiosk = new VirtualKiosk();
    const leave = (its: VirtualKiosk) => its.patient.touch({ do: 'useAccount', use: false });
    await kiosk.visit({ 'S-SPLIT': [leave, ({ patient }) => patient.pay()] });
    const { ownFen, account } = bodyOf(kiosk.patient.bodies, 'S-SPLIT');
    expect(account.used).toBe(false);
    expect(ownFen).toBeGreaterThan(19_025);
    expect(kiosk.books).toEqual({ claims: 1, chargedFen: ownFen, confirmed: 1 });
    expect(kiosk.count('2206')).toBe(2);
    expectFree(kiosk);
  });

  it('several bills are agreed to once and settled one by one, each with its own slip', async () => {
    const kiosk = new VirtualKiosk({ bills: ['example', 'small', 'allCovered'] });
    await kiosk.visit({});
    expect(kiosk.patient.screens.filter((name) => name === 'S-BILL')).toHaveLength(1);
    expect(kiosk.books).toMatchObject({ claims: 3, confirmed: 3 });
    expect(kiosk.slips).toHaveLength(3);
    expectFree(kiosk);
  });

  it('several bills go on although the first slip did not come out, and the patient was asked first', async () => {
    const kiosk = new VirtualKiosk({ bills: ['example', 'small'] });
    await kiosk.visit({ 'S-DONE': ['takePaperOut', 'nothing'] });
    expect(kiosk.ended).toEqual(['settledWithoutPaper']);
    expect(kiosk.patient.screens.join(' ')).toMatch(/S-NOPAPER .*S-PAPER-WARN .*S-PAY .*S-NOPAPER/);
    expect(kiosk.books).toMatchObject({ claims: 2, confirmed: 2 });
    expectFree(kiosk);
  });
});

describe('the screens in between', () => {
  it('a slow centre is said after three seconds, and the patient may leave', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    kiosk.insurance.delayAnswer(20_000, { transaction: '1101' });
    await kiosk.visit({
      'S-BUSY': ({ hall, patient }) => void hall.clock.timer(4_000, () => patient.touch({ do: 'cancel' })),
    });
    expect(kiosk.patient.bodies.filter((body) => body.name === 'S-BUSY').at(-1)).toMatchObject({ slow: true });
    expect(kiosk.ended).toEqual(['canceled']);
    expect(kiosk.patient.screens).not.toContain('S-WHO');
    expectFree(kiosk);
  });

  it('help may be asked for on any screen, and what was waited for still comes', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    kiosk.insurance.delayAnswer(20_000, { transaction: '2206' });
    const helpFirst = (then: (its: VirtualKiosk) => void) => [
      (its: VirtualKiosk) => its.patient.touch({ do: 'help' }),
      then,
    ];
    await kiosk.visit({
      'S-BILL': helpFirst(({ patient }) => patient.touch({ do: 'confirm' })),
      'S-SPLIT': helpFirst(({ patient }) => patient.pay()),
      'S-PAY': helpFirst((its) => its.hand('payByPhone')),
      'S-HELP': 'confirm',
    });
    expect(kiosk.patient.screens.filter((name) => name === 'S-HELP')).toHaveLength(3);
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    expectFree(kiosk);
  });

  it('money that is paid while the help page is open closes the help page', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({
      'S-PAY': (its) => {
        its.hand('payByPhone');
        its.patient.touch({ do: 'help' });
      },
      'S-HELP': 'nothing',
    });
    expect(kiosk.ended).toEqual(['settled']);
    const { screens } = kiosk.patient;
    expect(screens[screens.indexOf('S-HELP') + 1]).not.toBe('S-STILL-THERE');
    expect(kiosk.hall.clock.monotonicMs()).toBeLessThan(60_000);
  });

  it('every look of one patient is gone for the next, and stands in no record', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({
      'S-BILL': ({ patient }) => {
        patient.touch({ do: 'setLanguage', language: 'en' });
        patient.touch({ do: 'setTextSize', textSize: 'extraLarge' });
        patient.touch({ do: 'setContrast', contrast: 'dark' });
        patient.touch({ do: 'setReach', reach: 'low' });
        patient.touch({ do: 'setHand', hand: 'left' });
        expect(patient.screen?.settings).toMatchObject({ contrast: 'dark', reach: 'low', hand: 'left' });
        patient.touch({ do: 'confirm' });
      },
    });
    expect(kiosk.slips.join('\n')).toContain('结算单');
    expect(kiosk.slips.join('\n')).toMatch(/Settlement|settlement/);
    expect(kiosk.patient.screen?.settings).toEqual(USUAL_LOOK);
  });

  it('what a screen does not offer is refused, wherever the touch comes from', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({
      'S-BILL': ({ patient }) => {
        patient.touch({ do: 'pay', method: 'phone' });
        patient.touch({ do: 'sign', signer: 'patient' });
        patient.touch({ do: 'rate', stars: 5 });
        patient.touch({ do: 'cancel' });
      },
    });
    expect(kiosk.ended).toEqual(['canceled']);
    expect(kiosk.count('2206')).toBe(0);
    expectFree(kiosk);
  });
});
