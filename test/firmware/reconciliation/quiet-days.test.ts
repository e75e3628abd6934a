/** Days on which nothing goes wrong, and days on which the kiosk itself finds its way back: both close by themselves. */
import { expect, test } from 'vitest';
import { MoneyBench } from './money-bench.ts';

test('[part of Z-7.5] a day on which every book agrees closes in two phases, to the fen', async () => {
  const bench = new MoneyBench();
  const day = bench.today;
  await bench.visit('zhang');
  await bench.visit('sun', { plan: 'settleThenPay' });
  await bench.visit('li');
  bench.late.add(`wechat ${day}`);
  await bench.until('00:30:00');
  await bench.nightly();
  expect(bench.view(day)).toMatchObject({ date: day, state: 'centreAndHospital', differences: [] });
  bench.late.clear();
  await bench.until('09:00:00');
  await bench.nightly();
  const morning = bench.view(day);
  expect(morning).toMatchObject({ date: day, state: 'closed', differences: [] });
  for (const { ours, theirs } of morning.totals) expect(theirs).toEqual(ours);
  expect(morning.totals.map(({ party }) => party)).toEqual([
    'centre',
    'hospital',
    'channel wechat',
    'channel alipay',
    'channel unionPay',
    'channel card',
  ]);
});

test('[part of Z-7.5] a settlement that was voided counts twice at the centre and comes to nothing', async () => {
  const bench = new MoneyBench();
  const day = bench.today;
  const { view } = await bench.visit('zhang', { plan: 'settleThenPay', pays: false });
  expect(view).toMatchObject({ state: 'notSettled', reason: 'payOrderExpired' });
  await bench.until('09:00:00');
  await bench.nightly();
  const { state, totals, differences } = bench.view(day);
  expect({ state, differences }).toEqual({ state: 'closed', differences: [] });
  expect(totals[0]?.theirs).toEqual({ totalFen: 0, fundFen: 0, accountFen: 0, ownFen: 0 });
  const claims = bench.reconciliation.book.ofDay(day).filter(({ kind }) => kind === 'claim');
  expect(claims.map((line) => line.kind === 'claim' && line.reversal)).toEqual([false, true]);
});

test('[part of Z-7.5] a 2207 that arrives after it was given up for good is reversed by its message in the night', async () => {
  const bench = new MoneyBench();
  const day = bench.today;
  // Longer on its way than two quarantines: every reversal has said "not found" by then.
  bench.parties.wires.insurance.mischief.delayRequest(400_000, { transaction: '2207' });
  const { number, view } = await bench.visit('zhang');
  expect(view).toMatchObject({ state: 'notSettled', refund: 'refunded' });
  await bench.clock.pass(600_000);
  expect(bench.parties.ledger.liveClaims()).toHaveLength(1);
  await bench.until('09:00:00');
  await bench.nightly();
  expect(bench.parties.ledger.liveClaims()).toEqual([]);
  const { state, differences } = bench.view(day);
  expect(state).toBe('closed');
  expect(differences).toMatchObject([
    { party: 'centre', name: 'centreOnly', settlement: number, state: 'resolved', off: { fundFen: 19_680 } },
  ]);
  expect(differences[0]?.ending).toMatch(/^reversed at the centre: message H99000100001/);
});

test('[part of Z-7.5] money at 23:59:59 that is settled after midnight is matched over the two days', async () => {
  const bench = new MoneyBench();
  const day = bench.today;
  await bench.until('23:59:58');
  await bench.visit('zhang');
  const next = bench.today;
  expect(next > day).toBe(true);
  await bench.until('09:00:00');
  await bench.nightly();
  await bench.until('09:00:00');
  await bench.nightly();
  expect([bench.view(day).state, bench.view(next).state]).toEqual(['closed', 'closed']);
});

test('the business day is the centre’s: a kiosk whose clock is eight minutes ahead books on the right day', async () => {
  const bench = new MoneyBench({ clockAheadMs: 480_000 });
  const day = bench.today;
  await bench.until('23:55:00');
  await bench.visit('zhang');
  await bench.until('09:00:00');
  await bench.nightly();
  expect(bench.reconciliation.book.days()).toEqual([day]);
  expect(bench.view(day)).toMatchObject({ state: 'closed', differences: [] });
});

test('a kiosk whose centre cannot be reached compares nothing and closes nothing', async () => {
  const bench = new MoneyBench();
  await bench.visit('zhang');
  await bench.until('09:00:00');
  bench.parties.wires.insurance.mischief.loseRequest(50);
  const outcome = await bench.run(bench.reconciliation.runDue());
  expect(outcome).toMatchObject({ ran: false });
});
