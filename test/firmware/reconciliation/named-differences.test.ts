/** One thing goes wrong at one party: the difference has a name, the right settlement, and an end. */
import { describe, expect, test } from 'vitest';
import type { Difference } from '../../../firmware/reconciliation/difference.ts';
import { minus, sumOf } from '../../../firmware/reconciliation/sums.ts';
import { MoneyBench } from './money-bench.ts';

/** After the night and the morning of the next day. */
async function nextMorning(bench: MoneyBench): Promise<void> {
  await bench.until('00:30:00');
  await bench.nightly();
  await bench.until('09:00:00');
  await bench.nightly();
}

function named(differences: readonly Difference[]) {
  return differences.map(({ party, name, settlement, state }) => ({ party, name, settlement, state }));
}

/** theirs − ours is what the differences say, to the fen, at every party. */
function expectExplained(bench: MoneyBench, day: string): void {
  const { totals, differences } = bench.view(day);
  for (const { party, ours, theirs } of totals) {
    const standing = differences.filter(
      (one) => one.party === party && (one.state !== 'resolved' || one.remedy === 'agreed'),
    );
    expect(minus(theirs, ours)).toEqual(sumOf(standing.map(({ off }) => off)));
  }
}

describe('the centre', () => {
  test('[part of Z-7.5] one record is dropped: 3202 names the exact transaction', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    await bench.visit('zhang');
    const { number } = await bench.visit('li');
    await bench.visit('sun');
    bench.parties.insurance.statements.loseRecord(bench.claimOf(number));
    await nextMorning(bench);
    expect(bench.view(day).state).toBe('channels');
    expect(named(bench.view(day).differences)).toEqual([
      { party: 'centre', name: 'kioskOnly', settlement: number, state: 'open' },
    ]);
    expectExplained(bench, day);
    bench.parties.insurance.statements.findRecord(bench.claimOf(number));
    await bench.nightly();
    expect(bench.view(day)).toMatchObject({
      state: 'closed',
      differences: [{ state: 'resolved', number: expect.stringMatching(/^dif_\d{8}_1$/) }],
    });
  });

  test('[N-32] an irregular claim is not paid: the difference stands the next day with the centre’s cause', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    const { number } = await bench.visit('zhang');
    bench.parties.insurance.statements.turnDown(bench.claimOf(number), '超限用药，违规，不予支付');
    await bench.until('00:30:00');
    await bench.nightly();
    expect(bench.view(day).differences).toMatchObject([
      {
        name: 'claimRejected',
        settlement: number,
        cause: '超限用药，违规，不予支付',
        off: { fundFen: -19_680 },
        remedy: 'person',
      },
    ]);
    expectExplained(bench, day);
  });

  test('other amounts at the centre are told to the fen', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    const { number } = await bench.visit('zhang');
    bench.parties.insurance.statements.changeRecord(bench.claimOf(number), { fundFen: 19_679 });
    await nextMorning(bench);
    expect(bench.view(day).differences).toMatchObject([
      { name: 'amountDiffers', settlement: number, off: { totalFen: 0, fundFen: -1, accountFen: 0 } },
    ]);
  });

  test('what another terminal of the hospital settled is counted elsewhere and no difference', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    await bench.visit('zhang');
    // Sequence 0–99 is another kiosk's; ours is 100–199.
    await bench.centre.settle('rare');
    await nextMorning(bench);
    expect(bench.view(day)).toMatchObject({ state: 'closed', differences: [] });
    expect(bench.view(day).totals[0]?.elsewhere.count).toBe(1);
  });

  test('a message of our own sequence that no journal knows is for a person and is not reversed', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    await bench.visit('zhang');
    await bench.centre.settle('rare', `${bench.centre.messageId().slice(0, -4)}0150`);
    await nextMorning(bench);
    expect(bench.view(day).differences).toMatchObject([{ name: 'centreOnly', remedy: 'person', state: 'open' }]);
    expect(bench.parties.ledger.liveClaims()).toHaveLength(2);
  });

  test('a file with a broken line is asked for again, and nothing is said about the line meanwhile', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    const { number } = await bench.visit('zhang');
    await bench.visit('li');
    bench.parties.insurance.statements.loseRecord(bench.claimOf(number));
    bench.centre.breakNextFile();
    await bench.until('00:30:00');
    await bench.nightly();
    expect(named(bench.view(day).differences)).toEqual([
      { party: 'centre', name: 'fileBroken', settlement: undefined, state: 'open' },
    ]);
    await bench.until('09:00:00');
    await bench.nightly();
    expect(named(bench.view(day).differences)).toEqual([
      { party: 'centre', name: 'fileBroken', settlement: undefined, state: 'resolved' },
      { party: 'centre', name: 'kioskOnly', settlement: number, state: 'open' },
    ]);
  });
});

describe('the hospital', () => {
  test('a bill that is missing, one that is twice there and one that nobody settled here are told apart', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    const missing = await bench.visit('zhang');
    const twice = await bench.visit('li');
    bench.hospitalBooks = (rows) => {
      const second = rows.find(({ settlementNumber }) => settlementNumber === twice.number);
      if (!second) return rows;
      const again = { ...second, receiptNumber: 'R-9' };
      return [second, again, { ...second, settlementNumber: 'set_nobodys', receiptNumber: 'R-10' }];
    };
    await nextMorning(bench);
    expect(named(bench.view(day).differences)).toEqual([
      { party: 'hospital', name: 'hospitalTwice', settlement: twice.number, state: 'open' },
      { party: 'hospital', name: 'hospitalOnly', settlement: 'set_nobodys', state: 'open' },
      { party: 'hospital', name: 'hospitalMissing', settlement: missing.number, state: 'open' },
    ]);
    expectExplained(bench, day);
  });
});

describe('payment channels', () => {
  test('[part of Z-7.5] a doubled charge and a missing refund are named', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    const twice = await bench.visit('zhang');
    bench.parties.wires.insurance.mischief.replaceAnswer(refused(), { transaction: '2207' }, 1);
    const back = await bench.visit('sun');
    expect(back.view).toMatchObject({ state: 'notSettled', refund: 'refunded' });
    const orderNumber = twice.number.replace('set_', 'pay_');
    bench.channelLine('wechat', { kind: 'charge', orderNumber, refundNumber: undefined, amountFen: 19_025 });
    bench.lost.add(back.number.replace('set_', 'ref_'));
    await nextMorning(bench);
    const names = named(bench.view(day).differences).filter(({ party }) => party.startsWith('channel'));
    expect(names).toEqual([
      { party: 'channel wechat', name: 'chargeTwice', settlement: twice.number, state: 'open' },
      { party: 'channel wechat', name: 'refundMissing', settlement: back.number, state: 'open' },
    ]);
    expectExplained(bench, day);
  });

  test('money for an order that the kiosk closed unpaid has no bill', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    const { number } = await bench.visit('zhang', { pays: false });
    const orderNumber = number.replace('set_', 'pay_');
    bench.channelLine('wechat', { kind: 'charge', orderNumber, refundNumber: undefined, amountFen: 19_025 });
    await nextMorning(bench);
    expect(bench.view(day).differences).toMatchObject([
      {
        party: 'channel wechat',
        name: 'chargeWithoutBill',
        settlement: number,
        off: { ownFen: 19_025 },
        remedy: 'person',
      },
    ]);
  });

  test('a settled bill without its money in the file, and a refund that nobody asked for', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    const unpaid = await bench.visit('zhang');
    const given = await bench.visit('li');
    bench.lost.add(unpaid.number.replace('set_', 'pay_'));
    const orderNumber = given.number.replace('set_', 'pay_');
    bench.channelLine('alipay', { kind: 'refund', orderNumber, refundNumber: 'ref_x', amountFen: 5 });
    await nextMorning(bench);
    expect(named(bench.view(day).differences)).toEqual([
      { party: 'channel wechat', name: 'billWithoutCharge', settlement: unpaid.number, state: 'open' },
      { party: 'channel alipay', name: 'refundUnknown', settlement: given.number, state: 'open' },
    ]);
    expectExplained(bench, day);
  });

  test('[part of Z-7.5] a charge after the cut-off is waited for and found in the next file', async () => {
    const bench = new MoneyBench({ cutOff: '22:00:00' });
    const day = bench.today;
    await bench.until('22:30:00');
    const { number } = await bench.visit('zhang');
    await nextMorning(bench);
    expect(bench.view(day)).toMatchObject({
      state: 'channels',
      differences: [{ party: 'channel wechat', name: 'cutOff', settlement: number, state: 'open', remedy: 'wait' }],
    });
    await nextMorning(bench);
    expect(bench.view(day)).toMatchObject({ state: 'closed', differences: [{ name: 'cutOff', state: 'resolved' }] });
    expect(bench.view(bench.today > day ? dayAfterText(day) : day)).toMatchObject({
      state: 'closed',
      differences: [{ name: 'cutOff', state: 'resolved', off: { ownFen: 19_025 } }],
    });
  });

  test('[part of Z-7.5] a refund at one minute past midnight belongs to the next day’s file', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    await bench.until('23:58:40');
    // Lost on its way: asked after, reversed, and after the quarantine the money goes back.
    bench.parties.wires.insurance.mischief.loseRequest(1, { transaction: '2207' });
    expect((await bench.visit('zhang')).view).toMatchObject({ state: 'notSettled', refund: 'refunded' });
    expect(bench.today).toBe(dayAfterText(day));
    await nextMorning(bench);
    await nextMorning(bench);
    expect([bench.view(day).state, bench.view(dayAfterText(day)).state]).toEqual(['closed', 'closed']);
    expectExplained(bench, day);
  });

  test('a file that is a day late keeps the day open under a name, and then lets it close', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    await bench.visit('zhang');
    bench.late.add(`wechat ${day}`);
    await nextMorning(bench);
    expect(bench.view(day)).toMatchObject({ state: 'centreAndHospital', differences: [] });
    await bench.until('13:00:00');
    await bench.nightly();
    expect(bench.view(day).differences).toMatchObject([{ party: 'channel wechat', name: 'fileLate', state: 'open' }]);
    bench.late.clear();
    await nextMorning(bench);
    expect(bench.view(day)).toMatchObject({ state: 'closed', differences: [{ name: 'fileLate', state: 'resolved' }] });
  });

  test('a file that cannot be read is not a file', async () => {
    const bench = new MoneyBench();
    const day = bench.today;
    await bench.visit('zhang');
    bench.malformed.add(`wechat ${day}`);
    await nextMorning(bench);
    expect(bench.view(day)).toMatchObject({
      state: 'centreAndHospital',
      differences: [{ party: 'channel wechat', name: 'fileBroken', cause: 'rows[3].amountFen is not a whole number' }],
    });
    bench.malformed.clear();
    await bench.nightly();
    expect(bench.view(day).state).toBe('closed');
  });
});

function refused() {
  const body = JSON.stringify({ infcode: '-1', err_msg: '医保基金支付受限', output: null });
  return { status: 200, headers: {}, body: new TextEncoder().encode(body) };
}

function dayAfterText(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
