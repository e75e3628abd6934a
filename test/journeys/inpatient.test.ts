/** 住院 at the kiosk: deposits with their balance, and the discharge with its ticks, its split and its way back. */
import { describe, expect, it } from 'vitest';
import { expectFree, NOTHING } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

/** Someone from the ward, with a card. */
const fromWard = (plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.touch({ do: 'start', journey: 'inpatient' }),
  'S-ID-HELP': 'insertCard',
  ...plan,
});

const paysDeposit = (plan: Plan = {}): Plan =>
  fromWard({ 'S-STAY': ({ patient }) => patient.touch({ do: 'choose', id: 'deposit' }), ...plan });

const inWard = (stay: string, setting: Setting = {}): VirtualKiosk =>
  new VirtualKiosk({ bills: [], stays: [stay], ...setting });

/** What the phone side keeps of everything that was ever paid, fen. */
const charged = (kiosk: VirtualKiosk): number => kiosk.books.chargedFen;

describe('a deposit', () => {
  it('[part of Z-8.4.5] is paid by an amount key, and the receipt has the hospital’s balance', async () => {
    const kiosk = inWard('noDeposit');
    await kiosk.visit(paysDeposit());
    expect(kiosk.ended).toEqual(['settled']);
    const before = bodyOf(kiosk.patient.bodies, 'S-STAY').balanceFen;
    const result = bodyOf(kiosk.patient.bodies, 'S-RESULT');
    expect(result).toMatchObject({
      what: 'deposited',
      big: { amountFen: 100_000 },
      amounts: [{ label: 'balance', amountFen: before + 100_000 }],
      paper: 'ready',
    });
    const slip = kiosk.slips.at(-1) ?? '';
    for (const words of ['住院预缴金收据', '张*一', '本次预缴 1000.00', '预缴金余额', '12 床'])
      expect(slip).toContain(words);
    expect(slip).not.toContain('张演一');
    expect(kiosk.books).toEqual({ claims: 0, chargedFen: 100_000, confirmed: 1 });
    expectFree(kiosk);
  });

  it('takes three touches after the tile, of which one is the amount', async () => {
    const kiosk = inWard('noDeposit');
    await kiosk.visit(paysDeposit({ 'S-RESULT': 'confirm' }));
    expect(kiosk.patient.touches).toBeLessThanOrEqual(4);
  });

  it('may be any whole yuan within the hospital’s limits, and nothing else', async () => {
    const kiosk = inWard('noDeposit');
    await kiosk.visit(
      paysDeposit({
        'S-DEPOSIT': ({ patient, hall }) => {
          const tried = [9_900, 2_000_100, 12_345, 33_300];
          for (const [place, amountFen] of tried.entries()) {
            hall.clock.timer(300 * place, () => patient.touch({ do: 'amount', amountFen }));
          }
        },
      }),
    );
    expect(charged(kiosk)).toBe(33_300);
    expectFree(kiosk);
  });

  it.each([
    ['gives up at the amount', { 'S-DEPOSIT': 'cancel' }, 'canceled'],
    ['gives up at the payment', { 'S-PAY': 'cancel' }, 'notSettled'],
    ['walks away from the payment', { 'S-PAY': 'nothing' }, 'notSettled'],
    ['walks away from the amount', { 'S-DEPOSIT': 'nothing' }, 'timeOut'],
  ] as const)('who %s has paid nothing', async (_, plan, end) => {
    const kiosk = inWard('noDeposit');
    await kiosk.visit(paysDeposit(plan));
    expect(kiosk.ended).toEqual([end]);
    expect(kiosk.books).toEqual(NOTHING);
    expectFree(kiosk);
  });

  it('that was paid when the plug was pulled is on the hospital’s book after the boot, once', async () => {
    const kiosk = inWard('noDeposit');
    kiosk.patient.come(
      paysDeposit({
        'S-PAY': (its) => {
          its.hand('payByPhone');
          its.hall.clock.timer(100, () => its.hall.cutPower());
        },
      }),
    );
    await kiosk.run(() => !kiosk.hall.hasPower);
    kiosk.patient.leave();
    kiosk.hand('removeCard');
    kiosk.hall.restorePower();
    await kiosk.run(() => kiosk.atRest);
    // Either it counts, or it went back: never paid and forgotten.
    expect([0, 100_000]).toContain(charged(kiosk));
    expect(kiosk.books.confirmed).toBe(charged(kiosk) === 0 ? 0 : 1);
    expectFree(kiosk);
  });

  it('is still possible while the insurance line is cut', async () => {
    const kiosk = inWard('noDeposit');
    await kiosk.run(() => kiosk.atRest);
    kiosk.hall.insuranceLine.cut();
    kiosk.patient.come(paysDeposit());
    await kiosk.run(() => kiosk.ended.length > 0);
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.patient.screens).not.toContain('S-WHO');
    expect(charged(kiosk)).toBe(100_000);
    expect(kiosk.troubles).toEqual([]);
  });
});

describe('a discharge', () => {
  it('[Z-8.4.5] deposits 2 000, settles with insurance, and the remainder goes back by its route', async () => {
    const kiosk = inWard('noDeposit');
    await kiosk.visit(
      paysDeposit({ 'S-DEPOSIT': ({ patient }) => patient.touch({ do: 'amount', amountFen: 200_000 }) }),
    );
    await kiosk.visit(fromWard());
    expect(kiosk.ended).toEqual(['settled', 'settled']);
    const split = bodyOf(kiosk.patient.bodies, 'S-SPLIT');
    expect(split).toMatchObject({ ownFen: 0, methods: [], deposit: { depositFen: 200_000 } });
    const own = split.parts.find(({ part }) => part === 'own')?.amountFen ?? 0;
    expect(split.deposit?.backFen).toBe(200_000 - own);
    const result = bodyOf(kiosk.patient.bodies, 'S-RESULT');
    expect(result).toMatchObject({
      what: 'discharged',
      progress: 'done',
      big: { label: 'back', amountFen: 200_000 - own },
      returns: [{ by: 'code', amountFen: 200_000 - own, state: 'done' }],
    });
    expect(kiosk.books).toEqual({ claims: 1, chargedFen: own, confirmed: 2 });
    const slip = kiosk.slips.at(-1) ?? '';
    for (const words of ['住院费用明细清单', '已交预缴金', '本次退还', '已退回', '住院号'])
      expect(slip).toContain(words);
    expect(slip).not.toContain('门诊');
    expectFree(kiosk);
  });

  it('takes the rest when the deposits are not enough', async () => {
    const kiosk = inWard('owes');
    await kiosk.visit(fromWard());
    const split = bodyOf(kiosk.patient.bodies, 'S-SPLIT');
    expect(split.ownFen).toBeGreaterThan(0);
    expect(bodyOf(kiosk.patient.bodies, 'S-RESULT')).toMatchObject({ big: { label: 'paid', amountFen: split.ownFen } });
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.books.claims).toBe(1);
    expectFree(kiosk);
  });

  it('gives deposits of several payers back by the routes that are open, and says what waits at the window', async () => {
    const kiosk = inWard('severalPayers');
    await kiosk.visit(fromWard());
    const { deposit } = bodyOf(kiosk.patient.bodies, 'S-SPLIT');
    const result = bodyOf(kiosk.patient.bodies, 'S-RESULT');
    expect(result.progress).toBe('open');
    // A kiosk without a bank terminal cannot give back to a card: that part is the cashier's, and said to be.
    expect(new Set(result.returns.map(({ by }) => by))).toEqual(new Set(['code', 'cashier']));
    expect(result.returns.map(({ by, amountFen }) => ({ by, amountFen, state: 'planned' }))).toEqual(deposit?.ways);
    expect(result.returns.filter(({ by }) => by === 'cashier').every(({ state }) => state === 'atCashier')).toBe(true);
    expect(kiosk.slips.at(-1)).toContain('请凭本单和身份证到窗口领取');
    expect(kiosk.troubles).toEqual([]);
  });

  it('[Z-8.4.3] that is ordered is offered, with one tick for each thing it needs; without an order deposit and daily list', async () => {
    const seen: unknown[] = [];
    for (const stay of ['ready', 'noDischargeOrder', 'feesMissing', 'uncoded', 'disputedStay']) {
      const kiosk = inWard(stay);
      await kiosk.visit(fromWard({ 'S-STAY': 'cancel' }));
      const { ticks, offers } = bodyOf(kiosk.patient.bodies, 'S-STAY');
      seen.push([stay, offers.join(' '), ticks && Object.values(ticks).filter((tick) => !tick).length]);
      expect(kiosk.books).toMatchObject({ claims: 0, confirmed: 0 });
      expectFree(kiosk);
    }
    expect(seen).toEqual([
      ['ready', 'discharge deposit dailyList', 0],
      ['noDischargeOrder', 'deposit dailyList', undefined],
      ['feesMissing', 'deposit dailyList', 1],
      ['uncoded', 'deposit dailyList', 1],
      ['disputedStay', 'deposit dailyList', 1],
    ]);
  });

  it('opens by itself for a card put down at home; an outpatient’s open bill comes before it', async () => {
    const ready = inWard('ready');
    await ready.visit({});
    expect(ready.patient.touches).toBeLessThanOrEqual(5);
    expect(ready.patient.screens).toContain('S-STAY');
    expect(ready.ended).toEqual(['settled']);
    expectFree(ready);
    const ongoing = inWard('noDischargeOrder');
    await ongoing.visit({});
    expect(bodyOf(ongoing.patient.bodies, 'S-MENU').jobs[0]).toBe('inpatient');
    expect(ongoing.ended).toEqual(['noBill']);
  });

  it('that changed at the ward after the page was shown is not settled as it was', async () => {
    const kiosk = inWard('ready');
    const [stayId = ''] = kiosk.hall.parties.hospital.ward.stays.keys();
    await kiosk.visit(
      fromWard({
        'S-STAY': (its) => {
          its.hall.parties.hospital.ward.change(stayId, { disputed: true });
          its.patient.offer();
        },
      }),
    );
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('dischargeNotReady');
    expect(kiosk.books).toMatchObject({ claims: 0, confirmed: 0 });
    expectFree(kiosk);
  });

  it.each([
    ['before', '2304'],
    ['after', '2304'],
  ] as const)(
    'the plug is pulled %s the centre has settled it: it is whole or it is not there',
    async (moment, call) => {
      const kiosk = inWard('ready');
      kiosk.when(call, moment, () => kiosk.hall.cutPower());
      kiosk.patient.come(fromWard());
      await kiosk.run(() => !kiosk.hall.hasPower);
      kiosk.patient.leave();
      kiosk.hand('removeCard');
      kiosk.hall.restorePower();
      await kiosk.run(() => kiosk.atRest);
      const { claims, confirmed } = kiosk.books;
      expect(claims).toBe(confirmed);
      expectFree(kiosk);
    },
  );

  it.each([
    ['gives up at the split', { 'S-SPLIT': 'cancel' }],
    ['walks away from the split', { 'S-SPLIT': 'nothing' }],
    ['gives up at the stay', { 'S-STAY': 'cancel' }],
  ] as const)('who %s has settled nothing', async (_, plan) => {
    const kiosk = inWard('owes');
    const before = charged(kiosk);
    await kiosk.visit(fromWard(plan));
    expect(charged(kiosk)).toBe(before);
    expect(kiosk.books.claims).toBe(0);
    expectFree(kiosk);
  });
});

describe('somebody who is not in hospital', () => {
  it('is told so, and where to ask', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit(fromWard());
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('notInpatient');
    expect(kiosk.books).toEqual(NOTHING);
    expectFree(kiosk);
  });
});
