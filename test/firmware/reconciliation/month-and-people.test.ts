/** Month ends, two people, and what is kept of patients meanwhile. */
import { expect, test } from 'vitest';
import { ClosingRefusedError, closeDifference } from '../../../firmware/reconciliation/close-difference.ts';
import { closeMonth, monthView } from '../../../firmware/reconciliation/month-close.ts';
import { MoneyBench } from './money-bench.ts';

const MONTH = '2026-11';
const two = { first: 'S-001', second: 'S-002', note: '已与经办机构核对,次月调账' };

/** To the second morning of the next month, with a run each morning. */
async function toNextMonth(bench: MoneyBench): Promise<void> {
  while (bench.today < '2026-12-02') {
    await bench.until('09:00:00');
    await bench.nightly();
  }
}

test('[Z-7.5] two phases a day, 3202 names the dropped record, cut-off and cross-day match, the month refuses with an open difference', async () => {
  const bench = new MoneyBench({ cutOff: '23:00:00' });
  const day = bench.today;
  const dropped = await bench.visit('zhang');
  bench.parties.insurance.statements.loseRecord(bench.claimOf(dropped.number));
  await bench.until('23:30:00');
  const late = await bench.visit('li');
  // One is refunded and one is voided on the other side of midnight.
  await bench.until('23:58:00');
  bench.parties.wires.insurance.mischief.loseRequest(1, { transaction: '2207' });
  const refunded = await bench.visit('sun');
  expect(refunded.view).toMatchObject({ state: 'notSettled', refund: 'refunded' });
  await bench.until('23:59:00');
  const voided = await bench.visit('wu', { plan: 'settleThenPay', pays: false });
  expect(voided.view).toMatchObject({ state: 'notSettled', refund: 'nothingTaken' });
  await bench.until('00:30:00');
  await bench.nightly();
  // By night the platform has spoken; the channel's next file comes in the morning.
  expect(bench.view(day).state).toBe('channels');
  expect(bench.view(day).differences).toMatchObject([
    { party: 'centre', name: 'kioskOnly', settlement: dropped.number, state: 'open' },
    { party: 'channel wechat', name: 'cutOff', settlement: refunded.number, state: 'open', remedy: 'wait' },
    { party: 'channel alipay', name: 'cutOff', settlement: late.number, state: 'open', remedy: 'wait' },
  ]);
  await bench.until('09:00:00');
  await bench.nightly();
  const ofDay = bench
    .view(day)
    .differences.map(({ party, name, settlement, state }) => [party, name, settlement, state]);
  expect(ofDay).toEqual([
    ['centre', 'kioskOnly', dropped.number, 'open'],
    ['channel wechat', 'cutOff', refunded.number, 'resolved'],
    ['channel alipay', 'cutOff', late.number, 'resolved'],
  ]);
  const daysOf = (number: string) =>
    bench.reconciliation.book.ofSettlement(number).map(({ kind, date }) => `${kind} ${date}`);
  expect(daysOf(refunded.number)).toEqual(expect.arrayContaining([`charge ${day}`, 'refund 2026-11-23']));
  expect(daysOf(voided.number)).toEqual(expect.arrayContaining(['claim 2026-11-23', 'claim 2026-11-24']));
  await toNextMonth(bench);
  const refused = await bench.run(closeMonth(MONTH, bench.reconciliation));
  expect(refused).toEqual({
    month: MONTH,
    closed: false,
    because: [`dif_${day.replaceAll('-', '')}_1 kioskOnly (centre)`],
  });
  bench.parties.insurance.statements.findRecord(bench.claimOf(dropped.number));
  await bench.nightly();
  expect(await bench.run(closeMonth(MONTH, bench.reconciliation))).toEqual({ month: MONTH, closed: true, because: [] });
  expect(monthView(MONTH, bench.reconciliation).closed).toBe(true);
});

test('a month that is not over is not closed, and a month that the centre has otherwise is not closed', async () => {
  const bench = new MoneyBench();
  const { number } = await bench.visit('zhang');
  await bench.until('09:00:00');
  await bench.nightly();
  expect(await bench.run(closeMonth(MONTH, bench.reconciliation))).toMatchObject({
    because: ['the month is not over'],
  });
  await toNextMonth(bench);
  bench.parties.insurance.statements.loseRecord(bench.claimOf(number));
  const { closed, because } = await bench.run(closeMonth(MONTH, bench.reconciliation));
  expect({ closed, because }).toEqual({
    closed: false,
    because: [expect.stringMatching(/^the centre’s month lacks message H/)],
  });
});

test('[part of Y4-2a] what two different people close with a note keeps every amount, and lets the month close', async () => {
  const bench = new MoneyBench();
  const day = bench.today;
  const { number } = await bench.visit('zhang');
  bench.parties.insurance.statements.turnDown(bench.claimOf(number), '违规，不予支付');
  await bench.until('09:00:00');
  await bench.nightly();
  const before = bench.view(day);
  const [rejected] = before.differences;
  const { differences } = bench.reconciliation;
  const close = (change: Partial<typeof two>) =>
    closeDifference(rejected?.number ?? '', { ...two, ...change }, differences);
  expect(() => close({ second: 'S-001' })).toThrow(ClosingRefusedError);
  expect(() => close({ note: ' ' })).toThrow(ClosingRefusedError);
  expect(() => close({ first: '张三' })).toThrow(ClosingRefusedError);
  expect(() => close({ note: '990001197903141012 核对' })).toThrow(ClosingRefusedError);
  expect(close({})).toMatchObject({ state: 'closed', closedBy: ['S-001', 'S-002'] });
  expect(() => close({})).toThrow('closed already');
  await bench.nightly();
  const after = bench.view(day);
  expect(after).toMatchObject({ state: 'closed', differences: [{ state: 'closed', ending: two.note }] });
  expect(after.totals).toEqual(before.totals);
  expect(after.differences[0]?.off).toEqual(rejected?.off);
  await toNextMonth(bench);
  expect(await bench.run(closeMonth(MONTH, bench.reconciliation))).toMatchObject({ closed: true });
});

test('a claim that becomes another thing after two people closed it is open again', async () => {
  const bench = new MoneyBench();
  const day = bench.today;
  const { number } = await bench.visit('zhang');
  const { statements } = bench.parties.insurance;
  statements.changeRecord(bench.claimOf(number), { fundFen: 19_679 });
  await bench.until('09:00:00');
  await bench.nightly();
  const [differs] = bench.view(day).differences;
  closeDifference(differs?.number ?? '', two, bench.reconciliation.differences);
  statements.changeRecord(bench.claimOf(number), { fundFen: 19_600 });
  await bench.run(bench.reconciliation.runDay(day));
  expect(bench.view(day)).toMatchObject({ state: 'channels', differences: [{ state: 'open', off: { fundFen: -80 } }] });
});

test('nobody is named in the books of reconciliation, and the sealed key of a claim goes when its month is closed', async () => {
  const bench = new MoneyBench();
  const { number } = await bench.visit('zhang');
  bench.parties.insurance.statements.loseRecord(bench.claimOf(number));
  await bench.until('09:00:00');
  await bench.nightly();
  const { personNumber, identityNumber, name } = bench.parties.patient('zhang');
  const tables = bench.store.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'recon%'");
  const text = JSON.stringify(tables.flatMap((table) => bench.store.all(`SELECT * FROM ${String(table['name'])}`)));
  expect(text).toContain(number);
  for (const secret of [personNumber, identityNumber, name]) expect(text).not.toContain(secret);
  const sealed = () => bench.store.all("SELECT saga FROM sealed WHERE saga LIKE 'claim %'").length;
  expect(sealed()).toBe(1);
  bench.parties.insurance.statements.findRecord(bench.claimOf(number));
  await toNextMonth(bench);
  await bench.run(closeMonth(MONTH, bench.reconciliation));
  expect(sealed()).toBe(0);
});
