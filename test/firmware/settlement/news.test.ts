/** What others are told of each flow, from the real ledger: kinds, keys and amounts, never a person. */
import { expect, test } from 'vitest';
import { countedFen } from '../../../firmware/settlement/cash-count.ts';
import { ownExpense } from '../../../firmware/settlement/own-expense.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { orderFor } from './bench-order.ts';
import { firstOf, paid } from './bench-steps.ts';

interface Told {
  readonly kind: string;
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
}

function told(bench: BenchKiosk, kind?: string): readonly Told[] {
  const rows = bench.database.prepare('SELECT kind, key, body FROM outbox ORDER BY id').all();
  const all = rows.map((row) => ({ ...row, body: JSON.parse(String(row['body'])) }) as unknown as Told);
  return kind === undefined ? all : all.filter((row) => row.kind === kind);
}

async function after(
  order: Parameters<BenchKiosk['settlements']['begin']>[0],
  bench = new BenchKiosk(),
): Promise<BenchKiosk> {
  await bench.settlements.begin(order);
  await bench.untilEnded();
  return bench;
}

test('a settlement that is paid and settled tells its first intent, its 2207, its end and its totals, in this order', async () => {
  const bench = await after(paid());
  expect(told(bench).map(({ kind }) => kind)).toEqual([
    'intentMirror',
    'intentMirror',
    'settlementEnded',
    'settledTotals',
  ]);
  const [number] = bench.numbers();
  const [first, second, , totals] = told(bench);
  expect(first?.body).toMatchObject({ step: 'pay.create', partyKey: number?.replace('set_', 'pay_') });
  expect(second?.body).toMatchObject({ step: 'ins.settle', partyKey: totals?.body['messageId'] });
  expect(totals?.body).toMatchObject({
    number,
    flow: 'outpatient',
    receiptNumber: 'R-1',
    amounts: { totalFen: 30_000 },
  });
});

test('the mirror is in the same transaction as the intent: no call leaves without it', async () => {
  const bench = new BenchKiosk();
  bench.line.arrived = (name) => {
    if (name !== 'pay.create' && name !== 'ins.settle') return;
    const steps = told(bench, 'intentMirror').map(({ body }) => body['step']);
    expect(steps).toContain(name);
  };
  await after(paid(), bench);
  expect(told(bench, 'intentMirror')).toHaveLength(2);
});

test('a second 2207 after a reversal is mirrored with its own message id', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'ins.settle', 'requestLost');
  await after(orderFor(0, 'settleThenPay'), bench);
  const keys = told(bench, 'intentMirror').map(({ body }) => body['partyKey']);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a parked bill tells the number under which it is settled later', async () => {
  const bench = await after({ ...paid({ flow: 'parked' }), agreed: ownExpense(30_000) });
  const [number] = bench.numbers();
  expect(told(bench, 'billParked').map(({ body }) => body)).toEqual([
    expect.objectContaining({ number, billId: 'bil_1', parkedNumber: number?.replace('set_', 'acc_') }),
  ]);
  expect(told(bench, 'settledTotals')).toEqual([]);
});

test('notes that are kept without a claim are told once, with a task number for the cashier', async () => {
  const bench = new BenchKiosk();
  const order = { ...paid({ flow: 'deposit', collect: 'cash', payOrderLifeMs: 20_000 }), agreed: ownExpense(5_000) };
  const { number } = await bench.settlements.begin(order);
  await bench.clock.pass(1_000);
  bench.cash.escrowFen = 2_000;
  await bench.settlements.insertNote(number, 2_000, countedFen(bench.cash.counters()));
  await bench.clock.pass(1_000);
  await bench.settlements.giveUp(number, 'patientGone');
  await bench.untilEnded();
  expect(told(bench, 'cashOwed').map(({ body }) => body)).toEqual([
    expect.objectContaining({ amountFen: 2_000, taskNumber: number.replace('set_', 'owe_') }),
  ]);
});

test('each way back of a discharge is told when it came to its end', async () => {
  const bench = new BenchKiosk();
  bench.payment.paidBefore('before-1', 10_000);
  const leg = {
    orderNumber: 'before-1',
    refundNumber: 'back-1',
    amountFen: 6_000,
    mostFen: 6_000,
    by: 'code',
  } as const;
  await after(orderFor(4_000, 'payThenSettle', { flow: 'discharge', paidBeforeFen: 10_000, returns: [leg] }), bench);
  expect(told(bench, 'returnEnded').map(({ body }) => body)).toEqual([
    expect.objectContaining({ refundNumber: 'back-1', amountFen: 6_000, end: 'returned' }),
  ]);
});

test('no row of any flow holds a name or a number of the patient', async () => {
  for (const order of [
    paid(),
    { ...paid({ flow: 'parked' }), agreed: ownExpense(30_000) },
    orderFor(0, 'settleThenPay'),
  ]) {
    const text = JSON.stringify(told(await after(order)));
    for (const secret of ['测试甲', '990000199001010017', 'PSN99000000000000001']) expect(text).not.toContain(secret);
  }
});
