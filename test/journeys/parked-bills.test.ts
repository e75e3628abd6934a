/** 补记账: what a fault, a broken card or no code at hand stops now is kept for later, or paid alone with a number. */
import { describe, expect, it } from 'vitest';
import { expectFree, expectUntouched, NOTHING } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const MINUTE = 60_000;
/** Zhang's card of the hospital. */
const VISIT_CARD = /^JZ\d+$/;

const parks: Plan = { 'S-STOP': ({ patient }) => patient.touch({ do: 'park' }), 'S-PARKED': 'nothing' };
const paysAlone: Plan = { 'S-STOP': 'ownExpense', 'S-OWN-EXPENSE': 'confirm' };

const visitCard = ({ hall }: VirtualKiosk): string => hall.parties.hospital.person('zhang').visitCard;
const spoken = (number: string): string =>
  number
    .slice(4)
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1 ');

interface Fault {
  readonly what: string;
  readonly reason: string;
  readonly parkReason: string;
  readonly setting?: Setting;
  readonly before: (kiosk: VirtualKiosk) => void;
  readonly plan?: Plan;
}

/** The three causes of SZ-240, the system's in three forms. */
const faults: readonly Fault[] = [
  {
    ...{ what: 'the insurance line is cut', reason: 'insuranceUnreachable', parkReason: 'lineDown' },
    before: ({ hall }) => hall.insuranceLine.cut(),
  },
  {
    ...{ what: 'the clock is wrong', reason: 'clockWrong', parkReason: 'lineDown' },
    before: (kiosk) => kiosk.hand('setClockApart', 60_000),
  },
  {
    ...{ what: 'no code is at hand', reason: 'noCredential', parkReason: 'noCode' },
    before: () => undefined,
    plan: { 'S-HOME': (its) => its.hand('showText', visitCard(its)) },
  },
  {
    ...{ what: 'the card is broken', reason: 'cardBroken', parkReason: 'cardBroken' },
    before: () => undefined,
    plan: {
      'S-HOME': 'insertBankCard',
      'S-ID-HELP': (its) => {
        its.hand('removeCard');
        its.hand('showText', visitCard(its));
      },
    },
  },
];

/** A kiosk with its home screen open, then the fault. */
async function struck({ before, setting = {} }: Fault): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk({ bills: ['small'], ...setting });
  await kiosk.run(() => kiosk.atRest);
  before(kiosk);
  return kiosk;
}

describe('kept for later', () => {
  for (const fault of faults) {
    it(`[part of SZ-240] ${fault.what}: a number and a last day, on page and slip; nothing is charged`, async () => {
      const kiosk = await struck(fault);
      kiosk.patient.come({ ...parks, ...fault.plan });
      await kiosk.run(() => kiosk.ended.length > 0);
      expect(kiosk.ended).toEqual(['parked']);
      const stop = bodyOf(kiosk.patient.bodies, 'S-STOP');
      expect(stop).toMatchObject({ reason: fault.reason, offers: ['park', 'ownExpense'] });
      const page = bodyOf(kiosk.patient.bodies, 'S-PARKED');
      expect(page).toMatchObject({ totalFen: 6_480, department: '演示内科', paper: 'ready' });
      expect(page.until).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(kiosk.slips).toHaveLength(1);
      for (const text of ['补记账单', spoken(page.number), page.until ?? '', '没有扣您的钱', '1号人工窗口']) {
        expect(kiosk.slips[0]).toContain(text);
      }
      expect(kiosk.slips[0]).not.toMatch(/张|990\d{14}[\dX]/);
      expect(kiosk.books).toEqual(NOTHING);
      expect(kiosk.count('2207') + kiosk.count('POST /v1/orders') + kiosk.count('POST /v1/bills/N/lock')).toBe(0);
      expect(kiosk.audited('bill.parked')).toHaveLength(1);

      // The number leads to the bill, at the window and at a kiosk.
      const { conversions } = kiosk.hall.parties.hospital;
      expect(conversions.byNumber(page.number)).toMatchObject({
        ...{ state: 'parked', reason: fault.parkReason, until: page.until },
      });
      kiosk.hall.insuranceLine.restore();
      kiosk.hand('setClockRight');
      await kiosk.pass(3 * MINUTE);
      await kiosk.visit({
        'S-HOME': ({ patient }) => patient.open('findMoney'),
        'S-MONEY-ASK': ({ patient }) => patient.touch({ do: 'number', number: page.number.slice(4) }),
        'S-MONEY': 'confirm',
      });
      expect(bodyOf(kiosk.patient.bodies, 'S-MONEY').word).toBe('parked');
      // And the bill is still open: with insurance it settles, and the number is done.
      await kiosk.visit({});
      expect(kiosk.ended.at(-1)).toBe('settled');
      expect(conversions.byNumber(page.number)).toMatchObject({ state: 'settled' });
      expectFree(kiosk);
    });
  }

  it('[SZ-240] a fault after paying, a broken card, no code at hand: a number and a last day, under which staff settle it for the same own part', async () => {
    const direct = new VirtualKiosk();
    await direct.visit({});
    const [{ ownFen } = { ownFen: -1 }] = direct.hall.parties.ledger.confirmedBills();

    const afterPaying = new VirtualKiosk({ money: 'payThenSettle' });
    await afterPaying.run(() => afterPaying.atRest);
    const visits: [VirtualKiosk, Plan][] = [
      [
        afterPaying,
        {
          'S-PAY': (its) => {
            its.hall.insuranceLine.cut();
            its.hand('payByPhone');
          },
          'S-NOT-SETTLED': ({ patient }) => patient.touch({ do: 'park' }),
          'S-PARKED': 'nothing',
        },
      ],
    ];
    for (const fault of faults.filter(({ parkReason }) => parkReason !== 'lineDown')) {
      visits.push([await struck({ ...fault, setting: { bills: ['example'] } }), { ...parks, ...fault.plan }]);
    }
    expect(visits).toHaveLength(3);
    for (const [kiosk, plan] of visits) {
      kiosk.patient.come(plan);
      await kiosk.run(() => kiosk.ended.length > 0);
      expect(kiosk.ended).toEqual(['parked']);
      const { number, until = '' } = bodyOf(kiosk.patient.bodies, 'S-PARKED');
      for (const text of ['补记账单', spoken(number), until]) expect(kiosk.slips.join('\n')).toContain(text);
      kiosk.hall.insuranceLine.restore();
      // Days later, at the window, from the number on the slip alone.
      await kiosk.pass(10 * MINUTE);
      const { hospital } = kiosk.hall.parties;
      expect(hospital.settleParked(number)).toMatchObject({ ownFen });
      expect(hospital.conversions.byNumber(number)).toMatchObject({ state: 'settled' });
      expect(hospital.settleParked(number)).toBe('alreadySettled');
      expect(kiosk.hall.parties.ledger.liveClaims()).toHaveLength(1);
      expect(kiosk.books).toMatchObject({ chargedFen: 0, confirmed: 0 });
      expect(kiosk.troubles).toEqual([]);
    }
  });

  it('[part of SZ-240] a fault after the own part was paid: the money is back, and the bill is kept for later', async () => {
    const kiosk = new VirtualKiosk({ bills: ['example'], money: 'payThenSettle' });
    await kiosk.run(() => kiosk.atRest);
    kiosk.patient.come({
      'S-PAY': (its) => {
        its.hall.insuranceLine.cut();
        its.hand('payByPhone');
      },
      'S-NOT-SETTLED': ({ patient }) => patient.touch({ do: 'park' }),
      'S-PARKED': 'nothing',
    });
    await kiosk.run(() => kiosk.ended.length > 0);
    expect(kiosk.ended).toEqual(['parked']);
    const end = bodyOf(kiosk.patient.bodies, 'S-NOT-SETTLED');
    expect(end).toMatchObject({ refund: 'refunded', offers: ['park'] });
    const { number, until } = bodyOf(kiosk.patient.bodies, 'S-PARKED');
    expect(number).not.toContain(end.number.slice(4));
    expect(kiosk.hall.parties.hospital.conversions.byNumber(number)).toMatchObject({ state: 'parked', until });
    expect(kiosk.books).toEqual(NOTHING);
    kiosk.hall.insuranceLine.restore();
    await kiosk.run(() => kiosk.atRest);
    expectUntouched(kiosk);
  });

  it('the hospital learns of it by the report, if its answer to the call was lost', async () => {
    const [fault] = faults;
    if (!fault) throw new Error('no fault');
    const kiosk = await struck(fault);
    kiosk.hall.parties.wires.hospital.mischief.loseRequest(1, { path: '/park' });
    kiosk.patient.come(parks);
    await kiosk.run(() => kiosk.ended.length > 0);
    const { number, until } = bodyOf(kiosk.patient.bodies, 'S-PARKED');
    expect(until).toBeUndefined();
    await kiosk.pass(MINUTE);
    expect(kiosk.hall.parties.hospital.conversions.byNumber(number)).toMatchObject({ state: 'parked' });
  });

  it('without paper the number on the page is enough', async () => {
    const [fault] = faults;
    if (!fault) throw new Error('no fault');
    const kiosk = await struck(fault);
    kiosk.hand('takePaperOut');
    kiosk.patient.come(parks);
    await kiosk.run(() => kiosk.ended.length > 0);
    expect(bodyOf(kiosk.patient.bodies, 'S-PARKED')).toMatchObject({ paper: 'none' });
    expect(kiosk.slips).toEqual([]);
  });

  it('what is wrong with the charge itself is held, and not kept for later', async () => {
    const [fault] = faults;
    if (!fault) throw new Error('no fault');
    const kiosk = await struck({ ...fault, setting: { bills: ['duplicateOrder'] } });
    kiosk.patient.come(parks);
    await kiosk.run(() => kiosk.ended.length > 0);
    expect(bodyOf(kiosk.patient.bodies, 'S-HELD').reason).toBe('duplicateCharge');
    expect(kiosk.audited('bill.parked')).toEqual([]);
  });

  it('a doctor who is not on file is no fault: the bill is not kept for later', async () => {
    const kiosk = new VirtualKiosk({ bills: ['small'] });
    await kiosk.run(() => kiosk.atRest);
    kiosk.hand('suspendDepartment', 'D0101');
    await kiosk.visit({});
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').offers).toEqual(['ownExpense']);
    expectUntouched(kiosk);
  });
});

describe('paid alone', () => {
  for (const fault of faults) {
    it(`[part of SZ-84, SZ-240] ${fault.what}: the slip has the number under which insurance settles it later`, async () => {
      const kiosk = await struck(fault);
      kiosk.patient.come({ ...paysAlone, ...fault.plan });
      await kiosk.run(() => kiosk.ended.length > 0);
      expect(kiosk.ended).toEqual(['settled']);
      expect(kiosk.books).toEqual({ claims: 0, chargedFen: 6_480, confirmed: 1 });
      const [confirmed] = kiosk.hall.parties.ledger.confirmedBills();
      const number = confirmed?.settlementNumber.replace('set_', 'acc_') ?? '';
      const { until, state } = kiosk.hall.parties.hospital.conversions.byNumber(number);
      expect(state).toBe('parked');
      for (const text of ['自费结算单', '补记账编号', spoken(number), String(until)]) {
        expect(kiosk.slips.join('\n')).toContain(text);
      }
      const zhang = kiosk.hall.parties.hospital.person('zhang');
      expect(kiosk.hall.parties.hospital.conversions.convertible(zhang)).toMatchObject([{ parkedNumber: number }]);
    });
  }
});

it('a card of the hospital that nobody has says so, and shows nothing of anybody', async () => {
  const kiosk = new VirtualKiosk();
  await kiosk.visit({ 'S-HOME': (its) => its.hand('showText', 'JZ00000000000') });
  expect(visitCard(kiosk)).toMatch(VISIT_CARD);
  expect(bodyOf(kiosk.patient.bodies, 'S-STOP')).toMatchObject({ reason: 'personNotFound' });
  expect(kiosk.patient.screens).not.toContain('S-BILL');
  expectUntouched(kiosk);
});
