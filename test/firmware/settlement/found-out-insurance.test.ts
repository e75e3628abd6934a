/** How an unknown 2207 and an unclear 2208 are found out: settlement-journal.md 1.3, design.md section 3. */
import { expect, test } from 'vitest';
import { BenchKiosk } from './bench-kiosk.ts';
import { firstOf, intentsMs, paid, settle } from './bench-steps.ts';
import type { Trouble } from './model-line.ts';

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

test('a reversal that the centre refuses while an earlier one may still arrive is a case for a person', async () => {
  const bench = new BenchKiosk();
  firstOf(bench, 'ins.settle', 'answerLost');
  const platform = bench.insurance.platform();
  let reversals = 0;
  bench.insurance.canFind = false;
  bench.insurance.platform = () => ({
    ...platform,
    reverse: async (original, visit) => {
      reversals += 1;
      if (reversals === 1) {
        bench.clock.timer(50_000, () => void platform.reverse(original, visit));
        return { outcome: 'unknown', detail: 'time-out' };
      }
      bench.insurance.canFind = true;
      return { outcome: 'refused', infcode: '-1', message: '系统忙' };
    },
  });
  bench.cut();
  bench.start();
  const { number } = await bench.settlements.begin(paid());
  await bench.untilEnded(120_000);
  const view = (await bench.settlements.status(number))?.view;
  expect(view).toMatchObject({ state: 'handedToPerson', reason: 'reversalRefused' });
  expect(bench.hospital.confirmed).toBeUndefined();
});

test('the late answer of a 2207 is not believed while its reversal may already have counted', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => {
    const troubles: Readonly<Record<string, Trouble>> = {
      'ins.settle': 'answerLate',
      'ins.find': 'requestLost',
      'ins.reverse': 'answerLost',
    };
    return bench.clock.monotonicMs() < 110_000 ? troubles[name] : undefined;
  };
  expect(await settle(bench, paid())).toMatchObject({ state: 'notSettled', refund: 'refunded' });
});
