/** How unknown payments, refunds and confirmations are found out, and what a boot does: settlement-journal.md 1.3. */
import { expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { orderFor } from './bench-order.ts';
import { firstOf, intentsMs, paid, settle } from './bench-steps.ts';

test.each(['answerLost', 'requestLost', 'requestLate', 'unreachable'] as const)(
  'a confirmation with its %s is repeated under the same number until the hospital is clear',
  async (trouble) => {
    const bench = new BenchKiosk();
    let count = 0;
    bench.line.away = (name) => {
      if (name !== 'hospital.confirm') return undefined;
      count += 1;
      return count < 12 ? trouble : undefined;
    };
    expect((await settle(bench, paid()))?.state).toBe('settled');
    const pauses = intentsMs(bench, 'hospital.confirm').map((at, index, all) => at - (all[index - 1] ?? 0));
    expect(Math.max(...pauses)).toBe(60_000);
  },
);

test.each(['answerLost', 'requestLost', 'requestLate', 'answerLate'] as const)(
  'a refund with its %s keeps its number and pays back once',
  async (trouble) => {
    const bench = new BenchKiosk();
    bench.insurance.refuses = true;
    firstOf(bench, 'pay.refund', trouble);
    expect(await settle(bench, paid())).toMatchObject({ refund: 'refunded' });
    const keys = bench.database.prepare(
      "SELECT DISTINCT key FROM journal WHERE step = 'pay.refund' AND phase = 'intent'",
    );
    expect(keys.all()).toHaveLength(1);
  },
);

test('money goes back only after a question said that it was paid', async () => {
  const bench = new BenchKiosk();
  bench.insurance.refuses = true;
  await settle(bench, paid());
  const { calls } = bench.line;
  expect(calls.slice(0, calls.indexOf('pay.refund'))).toContain('pay.query');
});

test('also a charge that said so itself is asked after before its refund', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  bench.insurance.refuses = true;
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(1_000);
  await bench.settlements.payByCode(number, new Secret('134999999999999999'));
  await bench.untilEnded();
  const { calls } = bench.line;
  expect(calls.slice(calls.indexOf('pay.charge'), calls.indexOf('pay.refund'))).toContain('pay.query');
  expect(await bench.violations()).toEqual([]);
});

test('an order that the broker never saw is closed all the same, so that it can never be paid', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => (name === 'pay.create' ? 'requestLost' : undefined);
  expect(await settle(bench, paid())).toMatchObject({ reason: 'partyUnreachable', refund: 'nothingTaken' });
  expect([...bench.payment.orders.values()].map(({ state }) => state)).toEqual(['closed']);
});

test('an unpaid order ends by question, close and question, in this order', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(3_000);
  const before = bench.line.calls.length;
  await bench.settlements.giveUp(number, 'patientGaveUp');
  await bench.untilEnded();
  const after = bench.line.calls.slice(before);
  expect(after).toEqual(['pay.query', 'pay.close', 'pay.query', 'hospital.unlock']);
});

test('a payment gateway that cannot be reached ends at once with nothing taken', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => (name.startsWith('pay.') ? 'unreachable' : undefined);
  expect(await settle(bench, paid())).toMatchObject({ reason: 'partyUnreachable', refund: 'nothingTaken' });
});

test('a payer who is typing keeps the order open until the payment is clear', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(4_000);
  const [order] = bench.payment.orders.values();
  if (order) order.state = 'userPaying';
  await bench.clock.pass(4_000);
  expect((await bench.settlements.status(number))?.view).toMatchObject({ state: 'awaitingPayment', userPaying: true });
  await bench.settlements.giveUp(number, 'patientGaveUp');
  await bench.clock.pass(10_000);
  bench.payment.pay([...bench.payment.orders.keys()][0] ?? '');
  await bench.untilEnded();
  expect(await bench.violations()).toEqual([]);
  expect((await bench.settlements.status(number))?.view).toMatchObject({ reason: 'patientGaveUp', refund: 'refunded' });
});

test('a late "paid" for an order that was closed for good is a case for a person', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  const gateway = bench.payment.gateway();
  const paying = { orderNumber: '', state: 'paid', paidFen: 4_000, route: 'wechat' } as const;
  bench.payment.gateway = () => ({
    ...gateway,
    chargeByCode: () =>
      new Promise((resolve) => {
        bench.clock.timer(100_000, () => resolve({ outcome: 'ok', value: paying }));
      }),
  });
  bench.cut();
  bench.start();
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(1_000);
  await bench.settlements.payByCode(number, new Secret('134999999999999999'));
  await bench.clock.pass(62_000);
  await bench.settlements.giveUp(number, 'patientGaveUp');
  await bench.clock.pass(10_000);
  expect((await bench.settlements.status(number))?.view).toMatchObject({ state: 'notSettled', refund: 'nothingTaken' });
  await bench.clock.pass(60_000);
  const view = (await bench.settlements.status(number))?.view;
  expect(view).toMatchObject({ state: 'handedToPerson', reason: 'paymentContradicts' });
});

test('after a power cut the kiosk is recovered once an unknown 2207 waits in its quarantine', async () => {
  const bench = new BenchKiosk();
  const silent = { 'ins.settle': 'requestLate', 'ins.find': 'unreachable' } as const;
  bench.line.away = (name) => (name in silent ? silent[name as keyof typeof silent] : undefined);
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(4_500);
  bench.cut();
  const after = bench.start();
  let recovered = false;
  const waiting = after.recovered().then(() => {
    recovered = true;
  });
  await bench.clock.pass(1_000);
  expect(recovered).toBe(false);
  bench.line.away = () => undefined;
  await bench.clock.pass(10_000);
  expect(recovered).toBe(true);
  expect(await after.open()).toEqual([number]);
  await waiting;
  await bench.untilEnded();
  expect(await bench.violations()).toEqual([]);
});

test('who paid while the kiosk was off gets the money back: 2207 is not begun for a patient who is gone', async () => {
  const bench = new BenchKiosk();
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(2_500);
  bench.cut();
  await bench.clock.pass(60_000);
  bench.start();
  await bench.untilEnded();
  const view = (await bench.settlements.status(number))?.view;
  expect(view).toMatchObject({ state: 'notSettled', reason: 'patientGone', refund: 'refunded' });
  expect(bench.line.calls).not.toContain('ins.settle');
});

test('after a boot nobody is waited for: an unpaid order is closed at once and what was settled is voided', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  const { number } = await bench.settlements.begin(orderFor(4_000, 'settleThenPay'));
  await bench.clock.pass(2_500);
  bench.cut();
  bench.start();
  await bench.clock.pass(10_000);
  const view = (await bench.settlements.status(number))?.view;
  expect(view).toMatchObject({ state: 'notSettled', reason: 'patientGone', refund: 'nothingTaken' });
  expect(await bench.violations()).toEqual([]);
});

test('what was settled and paid while the kiosk was off is confirmed after the boot', async () => {
  const bench = new BenchKiosk();
  const { number } = await bench.settlements.begin(orderFor(4_000, 'settleThenPay'));
  await bench.clock.pass(2_500);
  bench.cut();
  await bench.clock.pass(60_000);
  bench.start();
  await bench.untilEnded();
  expect((await bench.settlements.status(number))?.view.state).toBe('settled');
  expect(await bench.violations()).toEqual([]);
});

test('several settlements are driven at the same time', async () => {
  const bench = new BenchKiosk();
  bench.payment.paysAfterMs = undefined;
  const numbers: string[] = [];
  for (const billId of ['bil_1', 'bil_2', 'bil_3']) {
    numbers.push((await bench.settlements.begin(paid({ billId }))).number);
    bench.hospital.lockedBy = undefined;
    await bench.clock.pass(100);
  }
  expect(await bench.settlements.open()).toEqual(numbers);
  await bench.untilEnded();
  for (const number of numbers) {
    expect((await bench.settlements.status(number))?.view).toMatchObject({ reason: 'payOrderExpired' });
  }
});

test('a confirmation that is refused while an earlier copy of it may still arrive is asked again after the quarantine', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'hospital.confirm', 'requestLate');
  // The second one is refused; the first one arrives afterwards and is taken.
  bench.hospital.refuses = true;
  bench.clock.timer(60_000, () => {
    bench.hospital.refuses = false;
  });
  expect((await settle(bench, paid()))?.state).toBe('settled');
});

test('a confirmation that stays refused is believed, and everything goes back', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'hospital.confirm', 'requestLost');
  bench.hospital.refuses = true;
  expect(await settle(bench, paid())).toMatchObject({ reason: 'hospitalRefused', refund: 'refunded' });
});
