/** Devices that go away, run dry or stand open: said before money where it can be, and a number instead of a slip after. */
import { describe, expect, it } from 'vitest';
import type { ReasonId } from '../../firmware/reasons.ts';
import { paperText } from '../../hardware-sim/devices/receipt-printer/paper-text.ts';
import type { HandName } from '../../hardware-sim/world/hands.ts';
import { zh } from '../../kiosk-ui/text/zh.ts';
import { EXAMPLE_PAID, expectExplained, expectFree, expectUntouched } from './endings.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

describe('credential devices', () => {
  it('an unplugged reader leaves the home screen, the code still settles, and it comes back by itself', async () => {
    const kiosk = new VirtualKiosk();
    kiosk.hand('unplugReader');
    await kiosk.run(() => kiosk.atRest);
    await kiosk.pass(2_000);
    expect(kiosk.patient.body).toMatchObject({ name: 'S-HOME', media: { card: false, code: true } });
    await kiosk.visit({ 'S-HOME': 'showCode' });
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    kiosk.hand('plugInReader');
    await kiosk.pass(120_000);
    expect(kiosk.patient.body).toMatchObject({ media: { card: true, code: true } });
  });

  it('an unplugged scanner leaves the home screen, the card still settles, and it comes back by itself', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    kiosk.hall.scanner.unplug();
    await kiosk.pass(2_000);
    expect(kiosk.patient.body).toMatchObject({ name: 'S-HOME', media: { card: true, code: false } });
    await kiosk.visit({});
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    kiosk.hall.scanner.plugIn();
    await kiosk.pass(120_000);
    expect(kiosk.patient.body).toMatchObject({ media: { card: true, code: true } });
  });

  it('a reader that is pulled while it reads is said to have read nothing, and a code goes on', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({
      'S-HOME': ({ hall }) => {
        kiosk.hand('insertCard');
        hall.clock.timer(40, () => kiosk.hand('unplugReader'));
      },
      'S-ID-HELP': (its) => {
        its.hall.slot.remove();
        its.hand('showCode');
      },
    });
    expectExplained(kiosk, 'S-ID-HELP', 'cardUnreadable');
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
  });

  it('a reader that is pulled at any later screen stops nobody', async () => {
    for (const screen of ['S-WHO', 'S-BILL', 'S-SPLIT', 'S-PAY', 'S-DONE'] as const) {
      const kiosk = new VirtualKiosk();
      await kiosk.visit({
        [screen]: (its: VirtualKiosk) => {
          its.hall.slot.remove();
          its.hand('unplugReader');
          if (screen === 'S-BILL') its.patient.touch({ do: 'confirm' });
          if (screen === 'S-SPLIT') its.patient.pay();
          if (screen === 'S-PAY') its.hand('payByPhone');
        },
      });
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expectFree(kiosk);
    }
  });

  it('a reader that comes back with a forgotten card in it does not show that person’s bill to anybody', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-WHO': 'decline', 'S-TAKE-CARD': 'nothing' });
    kiosk.hand('unplugReader');
    await kiosk.pass(1_000);
    kiosk.patient.come({ 'S-HOME': 'nothing', 'S-WHO': 'nothing', 'S-TAKE-CARD': 'nothing' });
    kiosk.hand('plugInReader');
    await kiosk.pass(60_000);
    expect(kiosk.patient.screens.slice(0, 3)).toEqual(['S-HOME', 'S-TAKE-CARD', 'S-HOME']);
    expect(kiosk.patient.screens).not.toContain('S-WHO');
  });
});

const TROUBLES: readonly [what: string, HandName, undo: HandName, ReasonId][] = [
  ['no paper', 'takePaperOut', 'loadPaper', 'paperOut'],
  ['an open cover', 'openCover', 'closeCover', 'printerCoverOpen'],
  ['an unplugged printer', 'unplugPrinter', 'plugInPrinter', 'printerAway'],
];

describe('the printer before money', () => {
  for (const [what, hand, undo, problem] of TROUBLES) {
    it(`${what} is said before the first debit; who goes on gets a number`, async () => {
      const kiosk = new VirtualKiosk();
      await kiosk.run(() => kiosk.atRest);
      kiosk.hand(hand);
      await kiosk.pass(5_000);
      await kiosk.visit({
        'S-PAPER-WARN': (its) => {
          expect(its.count('2207') + its.count('POST /v1/orders')).toBe(0);
          its.patient.touch({ do: 'confirm' });
        },
      });
      expect(bodyOf(kiosk.patient.bodies, 'S-PAPER-WARN').problem).toBe(problem);
      expect(bodyOf(kiosk.patient.bodies, 'S-NOPAPER')).toMatchObject({ problem, ownFen: 19_025 });
      expect(kiosk.ended).toEqual(['settledWithoutPaper']);
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expect(kiosk.slips).toEqual([]);
      expectFree(kiosk);
    });

    it(`${what}: who would rather not pays nothing`, async () => {
      const kiosk = new VirtualKiosk();
      await kiosk.run(() => kiosk.atRest);
      kiosk.hand(hand);
      await kiosk.pass(5_000);
      await kiosk.visit({ 'S-PAPER-WARN': 'cancel' });
      expect(kiosk.ended).toEqual(['canceled']);
      expectUntouched(kiosk);
    });

    it(`${what} that is put right before the patient pays is forgotten`, async () => {
      const kiosk = new VirtualKiosk();
      await kiosk.run(() => kiosk.atRest);
      kiosk.hand(hand);
      await kiosk.visit({
        'S-WHO': (its) => {
          its.hand(undo);
          its.hand('removeCard');
        },
        'S-BILL': ({ hall, patient }) => void hall.clock.timer(20_000, () => patient.touch({ do: 'confirm' })),
      });
      expect(kiosk.patient.screens).not.toContain('S-PAPER-WARN');
      expect(kiosk.slips).toHaveLength(1);
      expect(kiosk.ended).toEqual(['settled']);
    });
  }
});

describe('the printer after money', () => {
  for (const [what, hand, undo, problem] of TROUBLES) {
    it(`${what} in the middle of the slip: the patient gets a number, and no more of it comes out than hung there`, async () => {
      for (const afterMs of [0, 300, 700, 1_200]) {
        const kiosk = new VirtualKiosk();
        kiosk.when('POST /v1/bills/B000001/confirm', 'after', () => {
          kiosk.hall.clock.timer(afterMs, () => kiosk.hand(hand));
        });
        kiosk.patient.come({});
        await kiosk.run(() => kiosk.ended.length > 0);
        expect(kiosk.ended).toEqual(['settledWithoutPaper']);
        expect(bodyOf(kiosk.patient.bodies, 'S-NOPAPER')).toMatchObject({ problem });
        expect(kiosk.patient.bodies.findLast((body) => body.name === 'S-NOPAPER')).toHaveProperty('number');
        const hanging = paperText(kiosk.hall.printer.state().atHead).join('\n');
        kiosk.hand(undo);
        await kiosk.pass(120_000);
        // One sheet at most: what hung from the head, or the blank lead of a new roll.
        const remains = kiosk.slips;
        expect(remains.length).toBeLessThanOrEqual(1);
        expect(remains.join()).toBe(hanging);
        expect(kiosk.books).toEqual(EXAMPLE_PAID);
        expectFree(kiosk);
        // The next slip is printed whole and on a sheet of its own.
        kiosk.hall.parties.hospital.addBill('zhang', 'small');
        await kiosk.visit({});
        expect(kiosk.ended.at(-1)).toBe('settled');
        const [slip, ...more] = kiosk.slips.slice(remains.length);
        expect(more).toEqual([]);
        expect(slip).toContain('64.80');
        expect(slip?.match(/医疗保障结算单/g)).toHaveLength(1);
      }
    });
  }

  it('a slip that is printed is rated once, and says so', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({
      'S-DONE': ({ hall, patient }) => {
        for (const ms of [0, 1_000]) hall.clock.timer(ms, () => patient.touch({ do: 'rate', stars: 5 }));
      },
    });
    expect(bodyOf(kiosk.patient.bodies, 'S-DONE').rating).toBe('given');
    expect(JSON.stringify(zh)).toContain('谢谢');
    expectFree(kiosk);
  });
});
