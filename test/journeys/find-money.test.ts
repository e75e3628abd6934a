/** "Where is my money?" at the kiosk: any number, no card, and what is said is what the parties' books hold. */
import { describe, expect, it } from 'vitest';
import { writeJson } from '../../hardware-sim/parties/wire-json.ts';
import { EXAMPLE_PAID, expectFree, NOTHING } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

const MINUTE = 60_000;
const UNKNOWN = 'cuxmysf9h2jd';

/** Someone who wants to know, by typing. */
const typing = (number: string, plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.open('findMoney'),
  'S-MONEY-ASK': ({ patient }) => patient.touch({ do: 'number', number: number.replace(/^[a-z]+_/, '') }),
  'S-MONEY': 'confirm',
  ...plan,
});
const scanning = (number: string): Plan => ({
  'S-HOME': (its) => its.hand('showText', `yizhan:slip:${number}`),
  'S-MONEY': 'confirm',
});

const told = (kiosk: VirtualKiosk) => bodyOf(kiosk.patient.bodies, 'S-MONEY');
const numberOf = (kiosk: VirtualKiosk): string =>
  kiosk.hall.parties.ledger.confirmedBills()[0]?.settlementNumber ?? 'not settled';

describe('a settlement of this kiosk', () => {
  it('that is paid is said to be paid, by its letters or by the code on its slip', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({});
    const number = numberOf(kiosk);
    for (const plan of [typing(number), scanning(number)]) {
      await kiosk.visit(plan);
      expect(kiosk.ended.at(-1)).toBe('moneyFound');
      expect(told(kiosk)).toMatchObject({ number, word: 'kept', amountFen: EXAMPLE_PAID.chargedFen });
    }
    expect(kiosk.audited('money.asked')).toHaveLength(2);
    expectFree(kiosk);
  });

  it('that failed before anything was paid says so; one whose money went back says that', async () => {
    const unpaid = new VirtualKiosk();
    await unpaid.visit({ 'S-PAY': 'nothing' });
    await unpaid.visit(typing(bodyOf(unpaid.patient.bodies, 'S-NOT-SETTLED').number));
    expect(told(unpaid).word).toBe('nothingTaken');
    const refunded = new VirtualKiosk({ money: 'payThenSettle' });
    refunded.when('POST /v1/orders', 'after', () => refunded.hand('suspendInstitution'));
    await refunded.visit({});
    const end = bodyOf(refunded.patient.bodies, 'S-NOT-SETTLED');
    expect(end.refund).toBe('refunded');
    await refunded.visit(typing(end.number));
    expect(told(refunded).word).toBe('returned');
    expect(refunded.books).toEqual(NOTHING);
  });

  it('that is unclear is said to be unclear, with what it may have cost, and is clear in the end', async () => {
    const kiosk = new VirtualKiosk({ money: 'payThenSettle' });
    kiosk.when('2207', 'after', () => kiosk.hall.insuranceLine.cut());
    kiosk.patient.come({});
    await kiosk.run(() => kiosk.ended.length > 0);
    const { number } = bodyOf(kiosk.patient.bodies, 'S-RECOVER');
    await kiosk.run(() => kiosk.patient.body?.name === 'S-HOME');
    kiosk.patient.come(typing(number));
    await kiosk.run(() => kiosk.ended.length > 1);
    expect(told(kiosk)).toMatchObject({ word: 'held', amountFen: EXAMPLE_PAID.chargedFen });
    kiosk.hall.insuranceLine.restore();
    await kiosk.run(() => kiosk.atRest);
    await kiosk.visit(typing(number));
    expect(told(kiosk).word).toBe(kiosk.books.confirmed === 1 ? 'kept' : 'returned');
    expectFree(kiosk);
  });

  it('is told with the hospital away, and with the insurance path closed', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({});
    const number = numberOf(kiosk);
    kiosk.hall.hospitalLine.cut();
    kiosk.hall.insuranceLine.cut();
    await kiosk.pass(2 * MINUTE);
    expect(kiosk.patient.body).toMatchObject({ insurance: 'closed' });
    kiosk.patient.come(typing(number));
    await kiosk.run(() => kiosk.ended.at(-1) === 'moneyFound');
    expect(told(kiosk)).toMatchObject({ word: 'kept', amountFen: EXAMPLE_PAID.chargedFen, toldAt: undefined });
  });
});

describe('a settlement that only the hospital knows', () => {
  /** A kiosk that has settled, told everything, and come back with an empty disk: as good as another one. */
  async function another(plan: Plan = {}): Promise<{ readonly kiosk: VirtualKiosk; readonly number: string }> {
    const kiosk = new VirtualKiosk();
    await kiosk.visit(plan);
    await kiosk.pass(MINUTE);
    const [first] = [...kiosk.hall.parties.hospital.office.events.values()];
    const { settlementNumber } = JSON.parse(writeJson(first ?? {})) as { settlementNumber: string };
    kiosk.hall.loseDiskAtPowerCut();
    kiosk.hall.cutPower();
    kiosk.hall.restorePower();
    await kiosk.run(() => kiosk.atRest);
    return { kiosk, number: settlementNumber };
  }

  it('is said as the hospital heard it: paid, with the time', async () => {
    const { kiosk, number } = await another();
    await kiosk.visit(typing(number));
    const { word, amountFen, toldAt } = told(kiosk);
    expect([word, amountFen]).toEqual(['kept', EXAMPLE_PAID.chargedFen]);
    expect(toldAt).toMatch(/^2026-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('is not there: asked again with a word, and who has no other number goes home', async () => {
    const { kiosk } = await another();
    await kiosk.visit(
      typing(UNKNOWN, { 'S-MONEY-ASK': [(its) => its.patient.touch({ do: 'number', number: UNKNOWN }), 'cancel'] }),
    );
    expect(bodyOf(kiosk.patient.bodies, 'S-MONEY-ASK').problem).toBe('unknownNumber');
    expect(kiosk.patient.screens).not.toContain('S-MONEY');
    expectFree(kiosk);
  });

  it('cannot be looked up while the hospital is away, and that is said without alarm', async () => {
    const { kiosk, number } = await another();
    kiosk.hall.hospitalLine.cut();
    kiosk.patient.come(typing(number));
    await kiosk.run(() => kiosk.ended.at(-1) === 'moneyFound');
    expect(told(kiosk)).toMatchObject({ word: 'cannotAsk', amountFen: undefined });
  });

  it('where a person looks after it, where cash waits: the word that the cashier’s list has', async () => {
    const kiosk = new VirtualKiosk();
    const { office, money } = kiosk.hall.parties.hospital;
    const event = (kind: string, key: string, rest: object) => ({
      ...{ key, kind, at: '2026-03-05 08:00:00', settlementNumber: `set_${UNKNOWN}` },
      ...rest,
    });
    office.take([event('intentMirrored', '1', { step: 'cash.stack' })]);
    await kiosk.visit(typing(UNKNOWN));
    expect(told(kiosk).word).toBe('findingOut');
    office.take([event('caseOpened', '2', { caseNumber: `case_${UNKNOWN}` })]);
    await kiosk.visit(typing(UNKNOWN));
    expect(told(kiosk).word).toBe('withPerson');
    expect(money.open()).toMatchObject([{ settlementNumber: `set_${UNKNOWN}`, word: 'withPerson' }]);
    office.take([event('caseClosed', '3', { caseNumber: `case_${UNKNOWN}` })]);
    await kiosk.visit(typing(UNKNOWN));
    expect(told(kiosk).word).toBe('closedByPerson');
    expect(money.open()).toEqual([]);
  });
});

it('what the hospital says is what this kiosk says, once it has heard it, however a settlement ended', async () => {
  const ways: readonly (readonly [Plan, (kiosk: VirtualKiosk) => void])[] = [
    [{}, () => undefined],
    [{ 'S-PAY': 'nothing' }, () => undefined],
    [{ 'S-PAY': 'cancel' }, () => undefined],
    [{ 'S-PAY': 'showPayCode' }, () => undefined],
    [{}, (kiosk) => kiosk.insurance.loseAnswer(1, { transaction: '2207' })],
    [{}, (kiosk) => kiosk.insurance.loseRequest(1, { transaction: '2207' })],
    [{}, (kiosk) => kiosk.hall.parties.wires.hospital.mischief.loseAnswer(2, { path: '/confirm' })],
  ];
  for (const money of ['payThenSettle', 'settleThenPay'] as const) {
    for (const [plan, trouble] of ways) {
      const kiosk = new VirtualKiosk({ money });
      trouble(kiosk);
      await kiosk.visit(plan);
      await kiosk.pass(MINUTE);
      const desk = kiosk.hall.parties.hospital.money;
      const numbers = [...kiosk.hall.parties.hospital.office.events.values()].flatMap(
        (event) => event['settlementNumber'],
      );
      expect(numbers.length).toBeGreaterThan(0);
      for (const number of new Set(numbers.map(String))) {
        const here = await kiosk.kiosk.settlements.money(number);
        expect(desk.known(number)?.word).toBe(here?.word);
      }
    }
  }
});

it('a code that is no slip is said to be none, and a slip is no credential', async () => {
  const kiosk = new VirtualKiosk();
  await kiosk.visit({
    'S-HOME': ({ patient }) => patient.open('findMoney'),
    'S-MONEY-ASK': ['showCode', 'cancel'],
  });
  expect(bodyOf(kiosk.patient.bodies, 'S-MONEY-ASK').problem).toBe('notASlip');
  expectFree(kiosk);
});
