/** How an unknown outcome is found out, party by party: settlement-journal.md 1.3, design.md section 3. */
import { expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { SettlementOrder, SettlementView } from '../../../firmware/settlement/settlements.ts';
import { BenchKiosk, orderFor } from './bench-kiosk.ts';
import type { Trouble } from './model-line.ts';

/** The first call of this name meets the trouble, later ones none. */
function firstOf(bench: BenchKiosk, name: string, trouble: Trouble): void {
  let met = false;
  bench.line.away = (called) => {
    if (called !== name || met) return undefined;
    met = true;
    return trouble;
  };
}

async function settle(bench: BenchKiosk, order: SettlementOrder): Promise<SettlementView | undefined> {
  const { number } = await bench.settlements.begin(order);
  bench.watch(number);
  await bench.untilEnded();
  expect(await bench.violations()).toEqual([]);
  return (await bench.settlements.status(number))?.view;
}

/** When each call of this name was made durable, ms after the first. */
function intentsMs(bench: BenchKiosk, step: string): readonly number[] {
  const rows = bench.database
    .prepare("SELECT mono_ms AS at FROM journal WHERE phase = 'intent' AND step = ?")
    .all(step);
  const first = Number(rows[0]?.['at']);
  return rows.map((row) => Number(row['at']) - first);
}

const paid = (more: Partial<SettlementOrder> = {}): SettlementOrder => orderFor(4_000, 'payThenSettle', more);

test('a 2207 whose answer was lost is asked after, found and adopted: nothing is reversed', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'ins.settle', 'answerLost');
  expect((await settle(bench, paid()))?.state).toBe('settled');
  expect(bench.line.calls.filter((name) => name.startsWith('ins.'))).toEqual(['ins.settle', 'ins.find']);
});

test('a broken answer to 2207 counts as none', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'ins.settle', 'answerBroken');
  expect((await settle(bench, paid()))?.state).toBe('settled');
});

test('a 2207 that was lost is reversed, rests in quarantine, is reversed again, and only then refunded', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'ins.settle', 'requestLost');
  const view = await settle(bench, paid({ quarantineMs: 180_000 }));
  expect(view).toMatchObject({ state: 'notSettled', reason: 'insuranceReversed', refund: 'refunded' });
  expect(intentsMs(bench, 'ins.reverse')).toEqual([0, 180_000]);
  const { calls } = bench.line;
  expect(calls.lastIndexOf('ins.reverse')).toBeLessThan(calls.indexOf('pay.refund'));
});

test('no profile can make the quarantine shorter than two minutes', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'ins.settle', 'requestLost');
  await settle(bench, paid({ quarantineMs: 1_000 }));
  expect(intentsMs(bench, 'ins.reverse')).toEqual([0, 120_000]);
});

test('a quarantine starts again in full after a boot', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'ins.settle', 'requestLost');
  await bench.settlements.begin(paid());
  await bench.clock.pass(100_000);
  bench.cut();
  bench.start();
  await bench.untilEnded();
  const [, second = 0] = intentsMs(bench, 'ins.reverse');
  expect(second).toBeGreaterThan(190_000);
  expect(await bench.violations()).toEqual([]);
});

test('a 2207 that arrives after the first reversal is caught by the second', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'ins.settle', 'requestLate');
  const view = await settle(bench, paid());
  expect(view).toMatchObject({ state: 'notSettled', reason: 'insuranceReversed', refund: 'refunded' });
  expect(bench.insurance.claims.map(({ state }) => state)).toEqual(['reversed']);
});

test('the late answer of a 2207 ends the search for it', async () => {
  const bench = new BenchKiosk();
  bench.insurance.canFind = true;
  bench.line.away = (name) => (name === 'ins.find' ? 'requestLost' : name === 'ins.settle' ? 'answerLate' : undefined);
  const order = paid();
  const { number } = await bench.settlements.begin(order);
  // The 2207 is given up after 75 s; two questions later its answer comes after all.
  await bench.clock.pass(79_000);
  expect((await bench.settlements.status(number))?.view.state).toBe('resolving');
  bench.line.away = (name) => (name === 'ins.find' || name === 'ins.reverse' ? 'unreachable' : undefined);
  await bench.untilEnded();
  expect((await bench.settlements.status(number))?.view.state).toBe('settled');
  expect(bench.line.calls).not.toContain('ins.void');
});

test('a platform without a settlement query goes straight to the reversal', async () => {
  const bench = new BenchKiosk();
  bench.insurance.canFind = false;
  firstOf(bench, 'ins.settle', 'answerLost');
  expect(await settle(bench, paid())).toMatchObject({ reason: 'insuranceReversed', refund: 'refunded' });
  expect(bench.insurance.claims.map(({ state }) => state)).toEqual(['reversed']);
});

test('once a reversal is unclear the settlement is not adopted any more', async () => {
  const bench = new BenchKiosk();
  bench.insurance.canFind = false;
  let reversals = 0;
  bench.line.away = (name) => {
    if (name === 'ins.settle') return 'answerLost';
    if (name !== 'ins.reverse') return undefined;
    reversals += 1;
    bench.insurance.canFind = true;
    return reversals === 1 ? 'requestLate' : undefined;
  };
  expect(await settle(bench, paid())).toMatchObject({ state: 'notSettled', refund: 'refunded' });
  expect(bench.insurance.liveClaims).toBe(0);
});

test('an off-site 2207 that stays unknown is never reversed: a person gets it with a case number', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'ins.settle', 'requestLost');
  const order = paid();
  const offSite = { ...order, question: { ...order.question, insuredArea: '330100' } };
  const { number } = await bench.settlements.begin(offSite);
  await bench.untilEnded(600_000);
  const view = (await bench.settlements.status(number))?.view;
  expect(view).toMatchObject({ state: 'handedToPerson', reason: 'offSiteUnknown' });
  expect(view?.state === 'handedToPerson' && view.caseNumber).toMatch(/^case_[a-z0-9]{12}$/);
  expect(bench.line.calls.filter((name) => name === 'ins.find')).toHaveLength(2);
  expect(bench.line.calls).not.toContain('ins.reverse');
  expect(bench.payment.takenFen).toBe(4_000);
  // The bill stays closed at this kiosk, also after a boot.
  bench.cut();
  await expect(bench.start().begin(paid())).rejects.toThrow('has not ended');
  await bench.settlements.recovered();
});

test('an off-site 2207 that is found is adopted', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'ins.settle', 'answerLost');
  const order = paid();
  const view = await settle(bench, { ...order, question: { ...order.question, insuredArea: '330100' } });
  expect(view?.state).toBe('settled');
});

test.each(['answerLost', 'requestLost', 'requestLate'] as const)(
  'a 2208 with its %s is looked up and repeated',
  async (trouble) => {
    const bench = new BenchKiosk();
    bench.hospital.refuses = true;
    firstOf(bench, 'ins.void', trouble);
    expect(await settle(bench, paid())).toMatchObject({ reason: 'hospitalRefused', refund: 'refunded' });
    expect(bench.insurance.claims.map(({ state }) => state)).toEqual(['voided']);
    const keys = bench.database.prepare(
      "SELECT DISTINCT key FROM journal WHERE step = 'ins.void' AND phase = 'intent'",
    );
    expect(keys.all()).toHaveLength(1);
  },
);

test('a 2208 that the centre refuses for good is handed to a person, and the money stays until then', async () => {
  const bench = new BenchKiosk();
  bench.hospital.refuses = true;
  const platform = bench.insurance.platform();
  bench.insurance.platform = () => ({
    ...platform,
    voidSettlement: async () => ({ outcome: 'refused', infcode: '-1', message: '跨月不能撤销' }),
  });
  bench.cut();
  bench.start();
  const { number } = await bench.settlements.begin(paid());
  await bench.untilEnded(120_000);
  const view = (await bench.settlements.status(number))?.view;
  expect(view).toMatchObject({ state: 'handedToPerson', reason: 'voidRefused' });
  expect(bench.payment.takenFen).toBe(4_000);
});

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

test('an order that the broker never saw is closed all the same, so that it can never be paid', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => (name === 'pay.create' ? 'requestLost' : undefined);
  expect(await settle(bench, paid())).toMatchObject({ reason: 'partyUnreachable', refund: 'nothingTaken' });
  expect([...bench.payment.orders.values()].map(({ state }) => state)).toEqual(['closed']);
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
  bench.line.away = (name) => (name === 'ins.settle' ? 'requestLate' : undefined);
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(4_500);
  expect(bench.line.calls).toContain('ins.settle');
  bench.cut();
  const after = bench.start();
  let recovered = false;
  const waiting = after.recovered().then(() => {
    recovered = true;
  });
  bench.line.away = (name) => (name === 'ins.find' ? 'unreachable' : undefined);
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
