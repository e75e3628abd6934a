/**
 * The plug is pulled at every call to every party, before it arrives and before its answer is heard.
 *
 * Whatever was cut: after the next start no settlement stays open for ten minutes, the books of all parties agree,
 * and the same patient can settle what is still open.
 */
import { describe, expect, it } from 'vitest';
import { EXAMPLE_PAID, expectFree, NOTHING } from './endings.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const TEN_MINUTES_MS = 600_000;

const SETTINGS: readonly Setting[] = (['hospital', 'kiosk'] as const).flatMap((visitDrivenBy) =>
  (['payThenSettle', 'settleThenPay'] as const).map((money) => ({ visitDrivenBy, money })),
);

/** Cuts the power for a minute, and waits for a kiosk that is open to patients with nothing left to find out. */
async function cutAndRecover(kiosk: VirtualKiosk, cutAt: () => void): Promise<void> {
  const { hall, patient } = kiosk;
  let backMs: number | undefined;
  patient.come({});
  cutAt();
  hall.clock.timer(0, function waitForDark() {
    if (hall.hasPower) return void hall.clock.timer(100, waitForDark);
    hall.slot.remove();
    patient.leave();
    hall.clock.timer(60_000, () => {
      backMs = hall.clock.monotonicMs();
      hall.restorePower();
    });
  });
  await kiosk.run(() => backMs !== undefined && kiosk.atRest);
  expect(hall.clock.monotonicMs() - (backMs ?? 0)).toBeLessThanOrEqual(TEN_MINUTES_MS);
}

async function expectConsistent(kiosk: VirtualKiosk): Promise<void> {
  expect([NOTHING, EXAMPLE_PAID]).toContainEqual(kiosk.books);
  expectFree(kiosk);
  const settled = kiosk.books.confirmed === 1;
  await kiosk.visit({});
  expect(kiosk.ended.at(-1)).toBe(settled ? 'noBill' : 'settled');
  expect(kiosk.books).toEqual(EXAMPLE_PAID);
  expectFree(kiosk);
}

for (const setting of SETTINGS) {
  describe(`visit driven by the ${setting.visitDrivenBy}, ${setting.money}`, async () => {
    const undisturbed = new VirtualKiosk(setting);
    await undisturbed.visit({});
    const calls = undisturbed.wire;

    for (const moment of ['before', 'after'] as const) {
      for (const [index, call] of calls.entries()) {
        it(`the power goes ${moment} ${call} (call ${index + 1} of ${calls.length}): all books agree after the start`, async () => {
          const kiosk = new VirtualKiosk(setting);
          await cutAndRecover(kiosk, () => kiosk.when(index + 1, moment, () => kiosk.hall.cutPower()));
          await expectConsistent(kiosk);
        });
      }
    }

    it('the patient pays the code on the dark screen’s last picture: the money is given back', async () => {
      const kiosk = new VirtualKiosk(setting);
      const { hall } = kiosk;
      await cutAndRecover(kiosk, () => {
        const watch = (): void => {
          const code = hall.payCodeOnScreen();
          if (code === undefined) return void hall.clock.timer(10, watch);
          hall.cutPower();
          hall.clock.timer(5_000, () => hall.parties.payment.scanAndPay(code, hall.parties.wallet('zhang')));
        };
        watch();
      });
      await expectConsistent(kiosk);
    });
  });
}

describe('other moments', () => {
  it('power that goes again and again while it is being found out changes nothing', async () => {
    for (const money of ['payThenSettle', 'settleThenPay'] as const) {
      const kiosk = new VirtualKiosk({ money });
      const { hall } = kiosk;
      for (const pauseMs of [20_000, 45_000, 10_000]) {
        kiosk.when('5201', 'before', () => {
          hall.cutPower();
          hall.clock.timer(pauseMs, () => hall.restorePower());
        });
      }
      await cutAndRecover(kiosk, () => kiosk.when('2207', 'after', () => hall.cutPower()));
      expect(kiosk.stillWaiting).toBe(0);
      await expectConsistent(kiosk);
    }
  });

  it('power that goes while the slip is printed leaves a settled bill, and no second settlement', async () => {
    for (const afterMs of [50, 400, 900, 1_500, 2_500, 4_000, 10_000]) {
      const kiosk = new VirtualKiosk();
      await cutAndRecover(kiosk, () =>
        kiosk.when('POST /v1/bills/B000001/confirm', 'after', () => {
          kiosk.hall.clock.timer(afterMs, () => kiosk.hall.cutPower());
        }),
      );
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      await expectConsistent(kiosk);
    }
  });

  it('a card that is still in the slot after the start belongs to someone who may be gone: it has to come out first', async () => {
    const kiosk = new VirtualKiosk();
    const { hall, patient } = kiosk;
    patient.come({ 'S-WHO': 'nothing', 'S-TAKE-CARD': 'nothing' });
    await kiosk.run(() => patient.body?.name === 'S-BILL');
    hall.cutPower();
    patient.leave();
    hall.clock.timer(30_000, () => hall.restorePower());
    await kiosk.run(() => kiosk.atRest);
    expect(patient.screens.slice(patient.screens.lastIndexOf('S-OUT'))).toEqual(['S-OUT', 'S-TAKE-CARD', 'S-HOME']);
    expect(kiosk.audited('session.opened')).toHaveLength(1);
    hall.slot.remove();
    await kiosk.visit({});
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    expect(bodyOf(patient.bodies, 'S-DONE').ownFen).toBe(19_025);
  });
});
