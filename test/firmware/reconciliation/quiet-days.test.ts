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
  const [night] = await bench.nightly();
  expect(night).toMatchObject({ date: day, state: 'centreAndHospital', differences: [] });
  bench.late.clear();
  await bench.until('09:00:00');
  const [morning] = await bench.nightly();
  expect(morning).toMatchObject({ date: day, state: 'closed', differences: [] });
  for (const { ours, theirs } of morning?.totals ?? []) expect(theirs).toEqual(ours);
  expect(morning?.totals.map(({ party }) => party)).toEqual([
    'centre',
    'hospital',
    'channel alipay',
    'channel unionPay',
    'channel wechat',
  ]);
});
