/** What an order must be, what people may say to a settlement, and where its money is at each step. */
import { expect, test } from 'vitest';
import { countedFen } from '../../../firmware/settlement/cash-count.ts';
import { NotAllowedError } from '../../../firmware/settlement/ledger-errors.ts';
import { orderFact } from '../../../firmware/settlement/order-fact.ts';
import { ownExpense } from '../../../firmware/settlement/own-expense.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { type InsuredOrder, kiosk, orderFor } from './bench-order.ts';
import { firstOf, paid } from './bench-steps.ts';
import { FORMER } from './model-parties.ts';

const leg = (amountFen: number, nth = 1) => ({
  ...{ orderNumber: `before-${nth}`, refundNumber: `back-${nth}`, amountFen, mostFen: amountFen, by: 'code' as const },
});

const discharge = (more: Partial<InsuredOrder> = {}): InsuredOrder =>
  orderFor(4_000, 'payThenSettle', { flow: 'discharge', paidBeforeFen: 10_000, returns: [leg(6_000)], ...more });

const wrong: Readonly<Record<string, SettlementOrder>> = {
  'gives back one fen too much': discharge({ returns: [leg(6_001)] }),
  'gives back one fen too little': discharge({ returns: [leg(5_999)] }),
  'has two ways back under one number': discharge({ returns: [leg(3_000), leg(3_000)] }),
  'brings money to a bill that has none before': paid({ paidBeforeFen: 1 }),
  'refunds without naming what': orderFor(1_500, 'payThenSettle', { flow: 'refund', paidBeforeFen: 1_500, anew: true }),
  'refunds and wants more than before': {
    ...orderFor(4_001, 'payThenSettle', { flow: 'refund', paidBeforeFen: 4_000, anew: true }),
    former: { settlementNumber: 'set_former', settlementId: FORMER },
  },
  'asks no insurance and lets the fund pay': { ...paid({ flow: 'selfPay' }), question: null },
  'is insured and names no person': { ...paid(), question: null },
};

test.each(Object.entries(wrong))('an order that %s is refused before anything is written', (_what, order) => {
  expect(() => orderFact(order, kiosk, '')).toThrow(NotAllowedError);
});

test('what is collected is the own part above what was paid before, never less than nothing', () => {
  expect(orderFact(discharge(), kiosk, '').collectFen).toBe(0);
  const little = discharge({ paidBeforeFen: 1_500, returns: [] });
  expect(orderFact(little, kiosk, '').collectFen).toBe(2_500);
});

test('a parked bill ends at once with a number, and no party is asked anything', async () => {
  const bench = new BenchKiosk();
  const order = { ...paid({ flow: 'parked' }), agreed: ownExpense(30_000) };
  const { number, view } = await bench.settlements.begin(order);
  expect(view).toEqual({ state: 'parked', parkedNumber: number.replace('set_', 'acc_') });
  expect(bench.line.calls).toEqual([]);
  // The same bill can be settled afterwards.
  await bench.settlements.begin(paid());
  await bench.untilEnded();
});

test('a way back that has expired is a case; the other ways are taken and the slip can be printed', async () => {
  const bench = new BenchKiosk();
  bench.payment.paidBefore('before-1', 5_000);
  bench.payment.paidBefore('before-2', 5_000);
  let refunds = 0;
  bench.line.arrived = (name) => {
    if (name === 'pay.refund') refunds += 1;
    bench.payment.expired = name === 'pay.refund' && refunds === 1;
  };
  const order = discharge({ returns: [leg(5_000), leg(1_000, 2)] });
  const { number } = await bench.settlements.begin(order);
  await bench.clock.pass(120_000);
  const status = await bench.settlements.status(number);
  expect(status?.view).toMatchObject({ state: 'settled', returns: [{ state: 'refused' }, { state: 'done' }] });
  expect((await bench.settlements.money(number))?.word).toBe('withPerson');
  expect(await bench.settlements.beginCopy(number)).toEqual({ copy: 1 });
  const closing = { by: ['S-01', 'S-02'], claim: 'counts', keptFen: 4_000, note: 'paid out at the window' } as const;
  expect((await bench.settlements.closeCase(number, closing)).view).toMatchObject({ state: 'closedByPerson' });
  expect(await bench.settlements.open()).toEqual([]);
});

test('a refund that the route has only taken in is asked after until it is done, less and less often', async () => {
  const bench = new BenchKiosk();
  bench.payment.pending = true;
  bench.insurance.refuses = true;
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(60_000);
  expect((await bench.settlements.money(number))?.word).toBe('goingBack');
  bench.payment.pending = false;
  await bench.untilEnded();
  expect((await bench.settlements.money(number))?.word).toBe('returned');
});

test('a refund that waits at its channel keeps nobody from settling the bill: its lock ends and is not renewed', async () => {
  const bench = new BenchKiosk();
  bench.payment.pending = true;
  bench.insurance.refuses = true;
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(60_000);
  const locks = () => bench.line.calls.filter((name) => name === 'hospital.lock').length;
  const before = locks();
  await bench.clock.pass(6 * 3_600_000);
  expect(locks()).toBe(before);
  expect((await bench.settlements.money(number))?.word).toBe('goingBack');
  // Whatever was done with the bill meanwhile, the money still comes back, once.
  bench.payment.pending = false;
  await bench.untilEnded();
  expect((await bench.settlements.status(number))?.view).toMatchObject({ state: 'notSettled', refund: 'refunded' });
});

test('a refund of which nobody knows whether it arrived keeps the bill: it may have to be sent again', async () => {
  const bench = new BenchKiosk();
  bench.insurance.refuses = true;
  await bench.settlements.begin(paid());
  bench.line.away = (name) => (name.startsWith('pay.refund') ? 'requestLost' : undefined);
  await bench.clock.pass(60_000);
  const locks = () => bench.line.calls.filter((name) => name === 'hospital.lock').length;
  const before = locks();
  await bench.clock.pass(3 * 3_600_000);
  expect(locks()).toBeGreaterThan(before);
});

test('notes that came before the patient left are owed at the cashier, and handed out once', async () => {
  const bench = new BenchKiosk();
  const order = { ...paid({ flow: 'deposit', collect: 'cash', payOrderLifeMs: 20_000 }), agreed: ownExpense(5_000) };
  const { number } = await bench.settlements.begin(order);
  await bench.clock.pass(1_000);
  bench.cash.escrowFen = 2_000;
  await bench.settlements.insertNote(number, 2_000, countedFen(bench.cash.counters()));
  await bench.clock.pass(30_000);
  expect((await bench.settlements.status(number))?.view).toMatchObject({ state: 'notSettled', refund: 'atCashier' });
  expect(await bench.settlements.money(number)).toMatchObject({ word: 'atCashier', owedFen: 2_000 });
  await expect(bench.settlements.paidOut(number, 2_001, 'S-01')).rejects.toThrow('No more than what is owed');
  expect((await bench.settlements.paidOut(number, 2_000, 'S-01')).owedFen).toBe(0);
  await expect(bench.settlements.paidOut(number, 1, 'S-01')).rejects.toThrow('No more than what is owed');
});

test('a counter that fits neither "stacked" nor "given back" is fenced for a person, never guessed', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'cash.stack', 'answerLost');
  const order = { ...paid({ flow: 'deposit', collect: 'cash' }), agreed: ownExpense(5_000) };
  const { number } = await bench.settlements.begin(order);
  await bench.clock.pass(1_000);
  bench.cash.escrowFen = 2_000;
  const before = countedFen(bench.cash.counters());
  bench.line.arrived = (name) => {
    if (name === 'cash.counter') bench.cash.stackedFen = 7_000;
  };
  await bench.settlements.insertNote(number, 2_000, before);
  await bench.clock.pass(60_000);
  expect((await bench.settlements.status(number))?.view).toMatchObject({ reason: 'cashMismatch' });
});

test('only a case that is open can be closed, by two different people who say what they did', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => (name.startsWith('ins.') ? 'requestLost' : undefined);
  const order = paid();
  const offSite = { ...order, question: { ...order.question, insuredArea: '991200' } };
  const { number } = await bench.settlements.begin(offSite);
  const closing = { by: ['S-01', 'S-02'], claim: 'none', keptFen: 0, note: 'looked up at the centre' } as const;
  const close = (more: object) => bench.settlements.closeCase(number, { ...closing, ...more });
  await expect(close({})).rejects.toThrow('No person was asked');
  bench.line.away = (name) => (name === 'ins.settle' ? 'requestLost' : undefined);
  await bench.untilEnded(600_000);
  await expect(close({ by: ['S-01', 'S-01'] })).rejects.toThrow('two different people');
  await expect(close({ note: ' ' })).rejects.toThrow('what was done');
  await close({});
  await expect(close({})).rejects.toThrow('closed');
  // The bill is free again.
  await expect(bench.settlements.begin(paid())).resolves.toBeDefined();
  await bench.untilEnded();
});

test('a settlement undone whose kept lines the centre then refuses is a named case', async () => {
  const bench = new BenchKiosk();
  bench.insurance.settledBefore(orderFor(4_000, 'payThenSettle').agreed);
  bench.payment.paidBefore('before-1', 4_000);
  bench.insurance.splits = orderFor(1_500, 'payThenSettle').agreed;
  bench.insurance.refuses = true;
  const order = {
    ...orderFor(1_500, 'payThenSettle', { flow: 'refund', paidBeforeFen: 4_000, anew: true, returns: [leg(2_500)] }),
    former: { settlementNumber: 'set_former', settlementId: FORMER },
  };
  const { number } = await bench.settlements.begin(order);
  await bench.untilEnded(600_000);
  expect((await bench.settlements.status(number))?.view).toMatchObject({ reason: 'refundHalfDone' });
  expect(await bench.settlements.money(number)).toMatchObject({ claims: { least: 0, most: 0 }, word: 'withPerson' });
});
