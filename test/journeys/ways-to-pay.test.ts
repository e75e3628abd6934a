/** How the own part is paid, or not: codes either way round, passwords, empty wallets, orders that run out. */
import { describe, expect, it } from 'vitest';
import { EXAMPLE_PAID, expectExplained, expectFree, expectUntouched, NOTHING } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

const MONEY = ['payThenSettle', 'settleThenPay'] as const;

/** Li's Alipay asks for a password, and nothing but money pays these 200 yuan. */
function withPassword(money: (typeof MONEY)[number]): VirtualKiosk {
  return new VirtualKiosk({ person: 'li', bills: ['consent20000'], money });
}

/** Zhou's wallet is empty. */
function withoutMoney(money: (typeof MONEY)[number]): VirtualKiosk {
  return new VirtualKiosk({ person: 'zhou', bills: ['consent20000'], money });
}

const soon =
  (ms: number, hand: 'typePassword' | 'payByPhone', first: 'payByPhone' | 'showPayCode' = 'payByPhone') =>
  (kiosk: VirtualKiosk): void => {
    kiosk.hand(first);
    kiosk.hall.clock.timer(ms, () => kiosk.hand(hand));
  };

for (const money of MONEY) {
  describe(`the own part, ${money}`, () => {
    it('is paid by the code on the patient’s phone in front of the scanner', async () => {
      const kiosk = new VirtualKiosk({ money });
      await kiosk.visit({ 'S-PAY': 'showPayCode' });
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expect(kiosk.ended).toEqual(['settled']);
      expectFree(kiosk);
    });

    it('is charged once although the payment code is shown again and again', async () => {
      const kiosk = new VirtualKiosk({ money });
      await kiosk.visit({
        'S-PAY': ({ hall }) => {
          const code = hall.parties.payment.showPayCode(hall.parties.wallet('zhang'));
          for (const ms of [0, 10, 1_500, 1_600, 3_000]) hall.clock.timer(ms, () => hall.scanner.show(code));
        },
      });
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expectFree(kiosk);
    });

    it('is not paid by a 医保码 that is held up instead', async () => {
      const kiosk = new VirtualKiosk({ money });
      await kiosk.visit({
        'S-PAY': (its) => {
          its.hand('showCode');
          its.hall.clock.timer(3_000, () => its.hand('payByPhone'));
        },
      });
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expectFree(kiosk);
    });

    for (const first of ['payByPhone', 'showPayCode'] as const) {
      it(`waits for the password on the phone (${first}), and cannot be cancelled meanwhile`, async () => {
        const kiosk = withPassword(money);
        await kiosk.visit({
          'S-PAY': (its) => {
            soon(9_000, 'typePassword', first)(its);
            its.hall.clock.timer(5_000, () => its.patient.touch({ do: 'cancel' }));
          },
        });
        expect(bodyOf(kiosk.patient.bodies, 'S-PAY').status).toBe('userPaying');
        expect(kiosk.ended).toEqual(['settled']);
        expect(kiosk.books).toMatchObject({ claims: 1, confirmed: 1 });
        expectFree(kiosk);
      });

      it(`whose password never comes (${first}) is not taken, and nothing is settled`, async () => {
        const kiosk = withPassword(money);
        await kiosk.visit({ 'S-PAY': first });
        expect(kiosk.ended).toEqual(['notSettled']);
        expectExplained(kiosk, 'S-NOT-SETTLED', 'payOrderExpired');
        expectUntouched(kiosk);
      });
    }

    it('cannot be paid from an empty wallet: by our code the order runs out', async () => {
      const kiosk = withoutMoney(money);
      await kiosk.visit({});
      expectExplained(kiosk, 'S-NOT-SETTLED', 'payOrderExpired');
      expectUntouched(kiosk);
    });

    it('cannot be paid from an empty wallet: by the phone’s code it is refused', async () => {
      const kiosk = withoutMoney(money);
      await kiosk.visit({ 'S-PAY': 'showPayCode' });
      expectExplained(kiosk, 'S-NOT-SETTLED', 'paymentRefused');
      expectUntouched(kiosk);
    });

    it('that nobody pays is closed at the broker; the old code cannot be paid any more', async () => {
      const kiosk = new VirtualKiosk({ money });
      await kiosk.visit({ 'S-PAY': 'nothing' });
      expectExplained(kiosk, 'S-NOT-SETTLED', 'payOrderExpired');
      expectUntouched(kiosk);
      const { payCode } = bodyOf(kiosk.patient.bodies, 'S-PAY');
      const { payment } = kiosk.hall.parties;
      expect(payment.scanAndPay(payCode, kiosk.hall.parties.wallet('zhang'))).toBe('closed');
      expect(kiosk.books).toEqual(NOTHING);
    });

    it('that is paid in the very second in which the order runs out, or is given up, is settled or given back', async () => {
      for (let ms = 117_000; ms <= 123_000; ms += 500) {
        const kiosk = new VirtualKiosk({ money });
        await kiosk.visit({
          'S-PAY': ({ hall, patient }) => {
            const { payCode } = bodyOf(patient.bodies, 'S-PAY');
            const wallet = hall.parties.wallet('zhang');
            hall.clock.timer(ms, () => hall.parties.payment.scanAndPay(payCode, wallet));
          },
        });
        expect([EXAMPLE_PAID, NOTHING]).toContainEqual(kiosk.books);
        expectFree(kiosk);
      }
    });

    it('that is given up while the phone is paying is settled or given back', async () => {
      for (const ms of [-40, -10, -5, 0, 3, 5, 8, 10, 15, 40]) {
        const kiosk = new VirtualKiosk({ money });
        await kiosk.visit({
          'S-PAY': (its) => {
            its.hall.clock.timer(1_000, () => its.patient.touch({ do: 'cancel' }));
            its.hall.clock.timer(1_000 + ms, () => its.hand('payByPhone'));
          },
        });
        expect([EXAMPLE_PAID, NOTHING]).toContainEqual(kiosk.books);
        expectFree(kiosk);
      }
    });
  });
}

describe('a bill at two places', () => {
  const settleAtWindow: Plan = {
    'S-SPLIT': (its) => {
      its.hand('settleAtWindow');
      its.patient.pay();
    },
  };

  it('[Z-8.1.9] that the window settles first is settled once, and the kiosk says 已结算', async () => {
    for (const money of MONEY) {
      const kiosk = new VirtualKiosk({ money });
      await kiosk.visit(settleAtWindow);
      expect(kiosk.hall.parties.ledger.billsSettledAtWindow()).toEqual(['B000001']);
      expectExplained(kiosk, 'S-NOT-SETTLED', 'billAlreadySettled');
      expectUntouched(kiosk);
      expect(kiosk.count('2207')).toBe(0);
    }
  });

  it('[Z-8.1.9] that the kiosk settles first is settled once, and the window is told so', async () => {
    const kiosk = new VirtualKiosk();
    const atWindow: unknown[] = [];
    await kiosk.visit({
      'S-PAY': (its) => {
        atWindow.push(its.hall.parties.hospital.openAtWindow('B000001'));
        its.hand('payByPhone');
      },
    });
    atWindow.push(kiosk.hall.parties.hospital.openAtWindow('B000001'));
    expect(atWindow).toEqual(['lockedElsewhere', 'alreadySettled']);
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    expectFree(kiosk);
  });

  it('that a cashier has on the screen is not touched by the kiosk', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({
      'S-SPLIT': (its) => {
        its.hall.parties.hospital.openAtWindow('B000001');
        its.patient.pay();
      },
    });
    expectExplained(kiosk, 'S-NOT-SETTLED', 'billLockedElsewhere');
    expect(kiosk.books).toEqual(NOTHING);
    expect(kiosk.troubles).toEqual([]);
  });

  it('that the doctor changes while the patient looks at it is not paid at the old price', async () => {
    for (const visitDrivenBy of ['hospital', 'kiosk'] as const) {
      const kiosk = new VirtualKiosk({ visitDrivenBy });
      await kiosk.visit({
        'S-SPLIT': (its) => {
          its.hand('changeBill');
          its.patient.pay();
        },
      });
      expectExplained(kiosk, 'S-NOT-SETTLED', 'billChanged');
      expectUntouched(kiosk);
      await kiosk.visit({});
      expect(kiosk.ended.at(-1)).toBe('settled');
      expectFree(kiosk);
    }
  });
});
