import { expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { SettlementOrder, SettlementView } from '../../../firmware/settlement/settlements.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { orderFor } from './bench-order.ts';

const plans: readonly SettlementOrder['plan'][] = ['payThenSettle', 'settleThenPay'];

async function begun(bench: BenchKiosk, order: SettlementOrder): Promise<string> {
  const { number } = await bench.settlements.begin(order);
  bench.watch(number);
  return number;
}

async function ended(bench: BenchKiosk, number: string): Promise<SettlementView | undefined> {
  await bench.untilEnded();
  expect(await bench.violations()).toEqual([]);
  return (await bench.settlements.status(number))?.view;
}

test.each(plans)('%s: a patient who pays is settled, confirmed and told where to go', async (plan) => {
  const bench = new BenchKiosk();
  const number = await begun(bench, orderFor(4_000, plan));
  const view = await ended(bench, number);
  expect(view).toMatchObject({ state: 'settled', receiptNumber: 'R-1', nextStep: '3 楼 5 号取药' });
  expect(bench.payment.takenFen).toBe(4_000);
  expect(bench.hospital.confirmed?.payOrderNumber).toMatch(/^pay_/);
});

test.each(plans)('%s: the parties see the money in the order of the plan', async (plan) => {
  const bench = new BenchKiosk();
  await begun(bench, orderFor(4_000, plan));
  await bench.untilEnded();
  const effects = bench.line.calls.filter((name) => name !== 'pay.query');
  const middle = plan === 'payThenSettle' ? ['pay.create', 'ins.settle'] : ['ins.settle', 'pay.create'];
  expect(effects).toEqual(['hospital.lock', ...middle, 'hospital.confirm']);
});

test.each(plans)('%s: an own part of zero asks for no payment', async (plan) => {
  const bench = new BenchKiosk();
  const number = await begun(bench, orderFor(0, plan));
  expect((await ended(bench, number))?.state).toBe('settled');
  expect(bench.line.calls).toEqual(['hospital.lock', 'ins.settle', 'hospital.confirm']);
  expect(bench.hospital.confirmed?.payOrderNumber).toBeUndefined();
});

test('the screen follows: preparing, awaiting payment, committing, settled', async () => {
  const bench = new BenchKiosk();
  await begun(bench, orderFor(4_000, 'payThenSettle'));
  await bench.untilEnded();
  const states = bench.shown.map(({ view }) => view.state);
  expect(states).toEqual(['preparing', 'awaitingPayment', 'committing', 'settled']);
});

test.each(plans)('%s: nobody pays, so the order is closed and nothing is taken', async (plan) => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  const number = await begun(bench, orderFor(4_000, plan));
  const view = await ended(bench, number);
  expect(view).toMatchObject({ state: 'notSettled', reason: 'payOrderExpired', refund: 'nothingTaken' });
  expect([...bench.payment.orders.values()].map(({ state }) => state)).toEqual(['closed']);
  expect(bench.hospital.lockedBy).toBeUndefined();
});

test.each(plans)('%s: a payment in the last second of the order still settles', async (plan) => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = 119_999;
  const number = await begun(bench, orderFor(4_000, plan));
  expect((await ended(bench, number))?.state).toBe('settled');
});

test.each(plans)('%s: giving up while waiting ends with nothing taken', async (plan) => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  const number = await begun(bench, orderFor(4_000, plan));
  await bench.clock.pass(5_000);
  await bench.settlements.giveUp(number, 'patientGaveUp');
  const view = await ended(bench, number);
  expect(view).toMatchObject({ state: 'notSettled', reason: 'patientGaveUp', refund: 'nothingTaken' });
});

test.each(plans)('%s: a phone that pays in the moment of giving up gets its money back', async (plan) => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  const number = await begun(bench, orderFor(4_000, plan));
  await bench.clock.pass(5_100);
  bench.payment.pay([...bench.payment.orders.keys()][0] ?? '');
  await bench.settlements.giveUp(number, 'patientGone');
  expect(await ended(bench, number)).toMatchObject({ state: 'notSettled', reason: 'patientGone', refund: 'refunded' });
});

test('giving up after the money moved is ignored', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => (name === 'hospital.confirm' ? 'requestLost' : undefined);
  const number = await begun(bench, orderFor(4_000, 'payThenSettle'));
  await bench.clock.pass(20_000);
  await bench.settlements.giveUp(number, 'patientGone');
  bench.line.away = () => undefined;
  expect((await ended(bench, number))?.state).toBe('settled');
});

test('a patient who leaves while 2207 runs has paid for it: the settlement goes on', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => (name === 'ins.settle' ? 'answerLate' : undefined);
  const number = await begun(bench, orderFor(4_000, 'payThenSettle'));
  await bench.clock.pass(20_000);
  await bench.settlements.giveUp(number, 'patientGone');
  expect((await ended(bench, number))?.state).toBe('settled');
});

test('a code that the patient shows is charged once and never written down', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  const number = await begun(bench, orderFor(4_000, 'payThenSettle'));
  await bench.clock.pass(1_000);
  await bench.settlements.payByCode(number, new Secret('134999999999999999'));
  expect((await ended(bench, number))?.state).toBe('settled');
  expect(bench.line.calls.filter((name) => name === 'pay.charge')).toHaveLength(1);
  expect(JSON.stringify(bench.database.prepare('SELECT * FROM journal').all())).not.toContain('134999999999999999');
});

test('a bank that refuses a shown code ends with nothing taken', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  bench.payment.bank = 'insufficientFunds';
  const number = await begun(bench, orderFor(4_000, 'payThenSettle'));
  await bench.clock.pass(1_000);
  await bench.settlements.payByCode(number, new Secret('134999999999999999'));
  expect(await ended(bench, number)).toMatchObject({ reason: 'paymentRefused', refund: 'nothingTaken' });
});

test('a code that cannot be read leaves the patient the code on the screen', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = 30_000;
  bench.payment.bank = 'badCode';
  const number = await begun(bench, orderFor(4_000, 'payThenSettle'));
  await bench.clock.pass(1_000);
  await bench.settlements.payByCode(number, new Secret('134999999999999999'));
  await bench.clock.pass(1_000);
  expect((await bench.settlements.status(number))?.view.state).toBe('awaitingPayment');
  expect((await ended(bench, number))?.state).toBe('settled');
});

test('a payment code is refused when no payment is awaited', async () => {
  const bench = new BenchKiosk();
  const number = await begun(bench, orderFor(0, 'payThenSettle'));
  await bench.untilEnded();
  await expect(bench.settlements.payByCode(number, new Secret('134999999999999999'))).rejects.toThrow('No payment');
});

test('a centre that refuses 2207 gives the money back, and its words lose the person in them', async () => {
  const bench = new BenchKiosk();
  bench.insurance.refuses = true;
  const number = await begun(bench, orderFor(4_000, 'payThenSettle'));
  const view = await ended(bench, number);
  expect(view).toMatchObject({ state: 'notSettled', reason: 'insuranceRefused', refund: 'refunded' });
  expect(view?.state === 'notSettled' && view.detail).toBe('参保人 ▒▒▒ ▒▒▒ 待遇暂停');
});

test.each(plans)('%s: a centre that settles one fen differently is voided and everything goes back', async (plan) => {
  const bench = new BenchKiosk();
  bench.insurance.differsByFen = 1;
  const number = await begun(bench, orderFor(4_000, plan));
  const refund = plan === 'payThenSettle' ? 'refunded' : 'nothingTaken';
  expect(await ended(bench, number)).toMatchObject({ state: 'notSettled', reason: 'amountsDiffer', refund });
  expect(bench.insurance.claims.map(({ state }) => state)).toEqual(['voided']);
});

test.each(plans)(
  '%s: a hospital that refuses the bill for good gets insurance voided before the refund',
  async (plan) => {
    const bench = new BenchKiosk();
    bench.hospital.refuses = true;
    const number = await begun(bench, orderFor(4_000, plan));
    expect(await ended(bench, number)).toMatchObject({ reason: 'hospitalRefused', refund: 'refunded' });
    const { calls } = bench.line;
    expect(calls.indexOf('ins.void')).toBeGreaterThan(0);
    expect(calls.indexOf('ins.void')).toBeLessThan(calls.indexOf('pay.refund'));
  },
);

test.each([
  ['billLockedElsewhere', (bench: BenchKiosk) => Object.assign(bench.hospital, { lockedBy: 'window 3' })],
  ['billChanged', (bench: BenchKiosk) => Object.assign(bench.hospital, { version: 'v2' })],
] as const)('%s: the bill cannot be locked, so nothing is begun', async (reason, arrange) => {
  const bench = new BenchKiosk();
  arrange(bench);
  const number = await begun(bench, orderFor(4_000, 'payThenSettle'));
  expect(await ended(bench, number)).toMatchObject({ state: 'notSettled', reason, refund: 'nothingTaken' });
  expect(bench.line.calls).toEqual(['hospital.lock']);
});

test('[Z-8.1.9] a bill that a window has settled is told so and never charged again', async () => {
  const bench = new BenchKiosk();
  const amounts = { totalFen: 0, fundFen: 0, accountFen: 0, ownFen: 0 };
  bench.hospital.confirmed = {
    settlementNumber: 'window',
    centreSettlementId: 'S0',
    flow: 'outpatient',
    paidBy: 'none',
    returns: [],
    payOrderNumber: undefined,
    ...amounts,
  };
  const { number } = await bench.settlements.begin(orderFor(4_000, 'payThenSettle'));
  await bench.untilEnded();
  const view = (await bench.settlements.status(number))?.view;
  expect(view).toMatchObject({ state: 'notSettled', reason: 'billAlreadySettled', refund: 'nothingTaken' });
  expect(bench.line.calls).toEqual(['hospital.lock']);
});

test('a second settlement for a bill is refused while the first is under way, and welcome afterwards', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  await begun(bench, orderFor(4_000, 'payThenSettle'));
  await expect(bench.settlements.begin(orderFor(4_000, 'payThenSettle'))).rejects.toThrow('has not ended');
  await bench.untilEnded();
  bench.payment.paysAfterMs = 1_000;
  const again = await begun(bench, orderFor(4_000, 'payThenSettle'));
  await bench.untilEnded();
  expect((await bench.settlements.status(again))?.view.state).toBe('settled');
});

test('an order whose parts do not make up its total is not begun', async () => {
  const bench = new BenchKiosk();
  const order = orderFor(4_000, 'payThenSettle');
  const broken = { ...order, agreed: { ...order.agreed, ownFen: 4_001 } };
  await expect(bench.settlements.begin(broken)).rejects.toThrow('do not make up');
  expect(bench.openNumbers()).toEqual([]);
});

test('a settlement goes on when the session wipes its secrets', async () => {
  const bench = new BenchKiosk();
  const order = orderFor(4_000, 'payThenSettle');
  const number = await begun(bench, order);
  order.question.credential.number.wipe();
  order.question.personNumber.wipe();
  expect((await ended(bench, number))?.state).toBe('settled');
});

test('I7: the first copy of a slip is number 1, each later one counts on, none before the hospital confirmed', async () => {
  const bench = new BenchKiosk();
  const number = await begun(bench, orderFor(4_000, 'payThenSettle'));
  await expect(bench.settlements.beginCopy(number)).rejects.toThrow('Only what is settled');
  await bench.untilEnded();
  expect(await bench.settlements.beginCopy(number)).toEqual({ copy: 1 });
  bench.cut();
  const after = bench.start();
  expect(await after.beginCopy(number)).toEqual({ copy: 2 });
  await after.endCopy(number, 2, 'printed');
  expect((await after.status(number))?.copies).toBe(2);
  await expect(after.endCopy(number, 3, 'printed')).rejects.toThrow('not begun');
});
