/** A party that is away for long: the patient is let go, the bill stays ours, the money reaches its end. */
import { expect, test } from 'vitest';
import { BenchKiosk } from './bench-kiosk.ts';
import { orderFor } from './bench-order.ts';
import { paid } from './bench-steps.ts';
import { FORMER } from './model-parties.ts';

const HOUR_MS = 3_600_000;

/** Begins a settlement while these calls do not even leave, and tells the states that were shown. */
async function statesWhileAway(bench: BenchKiosk, away: readonly string[]): Promise<readonly string[]> {
  bench.line.away = (name) => (away.includes(name) ? 'unreachable' : undefined);
  const { number } = await bench.settlements.begin(paid());
  bench.watch(number);
  await bench.clock.pass(30_000);
  const states = bench.shown.map(({ view }) => view.state);
  bench.line.away = () => undefined;
  await bench.untilEnded();
  expect(await bench.violations()).toEqual([]);
  return states;
}

test('a patient whose bill cannot be confirmed is told that it is being found out, not kept waiting for ever', async () => {
  expect((await statesWhileAway(new BenchKiosk(), ['hospital.confirm'])).at(-1)).toBe('resolving');
});

test('so is one whose settlement cannot be voided', async () => {
  const bench = new BenchKiosk();
  bench.hospital.refuses = true;
  expect((await statesWhileAway(bench, ['ins.void'])).at(-1)).toBe('resolving');
});

test('so is one whose money cannot be returned', async () => {
  const bench = new BenchKiosk();
  bench.insurance.refuses = true;
  expect((await statesWhileAway(bench, ['pay.refund'])).at(-1)).toBe('resolving');
});

test('one answer that is a little late is no reason to say so', async () => {
  const bench = new BenchKiosk();
  const { number } = await bench.settlements.begin(paid());
  bench.watch(number);
  await bench.untilEnded();
  expect(bench.shown.map(({ view }) => view.state)).not.toContain('resolving');
});

test('the bill stays locked as long as its 2207 is unknown: no window settles it a second time', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => {
    if (name === 'ins.settle') return 'answerLost';
    return name === 'ins.find' || name === 'ins.reverse' ? 'unreachable' : undefined;
  };
  await bench.settlements.begin(paid());
  await bench.clock.pass(6 * HOUR_MS);
  expect(bench.hospital.heldNow).toBe(bench.numbers()[0]);
  bench.line.away = () => undefined;
  await bench.untilEnded();
  expect(await bench.violations()).toEqual([]);
});

test('also when the kiosk was started again meanwhile', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => {
    if (name === 'ins.settle') return 'answerLost';
    return name.startsWith('ins.') ? 'unreachable' : undefined;
  };
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(4_100);
  expect(bench.insurance.liveClaims).toBe(1);
  bench.cut();
  await bench.clock.pass(2 * HOUR_MS);
  bench.start();
  await bench.clock.pass(30_000);
  expect(bench.hospital.heldNow).toBe(number);
  await bench.clock.pass(2 * HOUR_MS);
  expect(bench.hospital.heldNow).toBe(number);
});

test('a bill that a window took while nobody could renew the lock is left to it, and what we have is undone', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => {
    if (name === 'ins.settle') return 'answerLost';
    if (name === 'hospital.lock' && bench.clock.monotonicMs() < 1_000) return undefined;
    return name.startsWith('ins.') || name.startsWith('hospital.') ? 'unreachable' : undefined;
  };
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(6 * HOUR_MS);
  expect(bench.insurance.liveClaims).toBe(1);
  bench.hospital.takeAtWindow();
  bench.line.away = () => undefined;
  await bench.untilEnded();
  const view = (await bench.settlements.status(number))?.view;
  expect(view).toMatchObject({ state: 'notSettled', reason: 'billLockedElsewhere', refund: 'refunded' });
  expect(await bench.violations()).toEqual([]);
});

test('a 2207 is not sent for the first time under a lock that has run out', async () => {
  const bench = new BenchKiosk();
  // Paid in time, but neither broker nor hospital can be reached before the night is over.
  const silent = ['pay.query', 'hospital.lock'];
  bench.line.away = (name) => (silent.includes(name) && bench.clock.monotonicMs() > 2_500 ? 'unreachable' : undefined);
  await bench.settlements.begin(paid());
  await bench.clock.pass(8 * HOUR_MS);
  bench.hospital.takeAtWindow();
  bench.line.away = () => undefined;
  await bench.untilEnded();
  expect(bench.line.calls).not.toContain('ins.settle');
  expect(bench.payment.takenFen).toBe(0);
});

test('an undo that never left begins nothing: once the window has the bill, the former settlement stays', async () => {
  const bench = new BenchKiosk();
  bench.insurance.settledBefore(orderFor(4_000, 'payThenSettle').agreed);
  bench.payment.paidBefore('before-1', 4_000);
  bench.ends = { ...bench.ends, notSettled: () => ({ takenFen: 4_000, claims: 1 }) };
  const refund = paid({
    ...{ flow: 'refund', paidBeforeFen: 4_000, anew: true, agreed: orderFor(1_500, 'payThenSettle').agreed },
    former: { settlementNumber: 'set_former', settlementId: FORMER },
    returns: [
      { orderNumber: 'before-1', refundNumber: 'back-1', amountFen: 2_500, mostFen: 2_500, by: 'code' as const },
    ],
  });
  let isLocked = false;
  bench.line.arrived = () => {
    isLocked = true;
  };
  bench.line.away = (name) => (name === 'hospital.lock' && !isLocked ? undefined : 'unreachable');
  const { number } = await bench.settlements.begin(refund);
  bench.watch(number);
  await bench.clock.pass(HOUR_MS);
  bench.hospital.takeAtWindow();
  expect(bench.hospital.heldNow).toBe('window');
  bench.line.away = () => undefined;
  await bench.untilEnded();
  expect(await bench.violations()).toEqual([]);
  expect((await bench.settlements.status(number))?.view).toMatchObject({
    state: 'notSettled',
    reason: 'partyUnreachable',
  });
});
