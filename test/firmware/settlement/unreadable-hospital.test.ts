/** A hospital that answers a confirmation with something nobody can read: people learn it, and it ends well by itself. */
import { expect, test } from 'vitest';
import { fold, newSaga, type Saga } from '../../../firmware/settlement/core.ts';
import type { Fact, Found } from '../../../firmware/settlement/facts.ts';
import { orderFact } from '../../../firmware/settlement/order-fact.ts';
import { storyLanguages } from '../../../firmware/settlement/story/story.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { kiosk, orderFor } from './bench-order.ts';
import { paid } from './bench-steps.ts';

const MINUTE_MS = 60_000;
const closing = { by: ['S-01', 'S-02'], claim: 'counts', keptFen: 4_000, note: '医院已入账' } as const;

/** `isRead` is turned on when the hospital's people have mended it. It does what it is asked all the while. */
function unreadable(takes = true) {
  const bench = new BenchKiosk();
  const state = { isRead: false, takes };
  const gateway = bench.hospital.gateway();
  bench.hospital.gateway = () => ({
    ...gateway,
    confirmBill: async (...args) => {
      if (state.isRead) return gateway.confirmBill(...args);
      if (state.takes) await gateway.confirmBill(...args);
      return { outcome: 'malformed', detail: 'no JSON' };
    },
  });
  bench.cut();
  bench.start();
  return { bench, state };
}

const told = (bench: BenchKiosk, kind: string) =>
  bench.database
    .prepare('SELECT body FROM outbox WHERE kind = ? ORDER BY id')
    .all(kind)
    .map((row) => JSON.parse(String(row['body'])) as Record<string, unknown>);

test('seven minutes of answers that nobody can read are a case with a reason, a sentence and a fault notice', async () => {
  const { bench } = unreadable();
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(5 * MINUTE_MS);
  expect((await bench.settlements.status(number))?.view).toMatchObject({ state: 'resolving' });
  await bench.clock.pass(5 * MINUTE_MS);
  expect((await bench.settlements.status(number))?.view).toMatchObject({
    ...{ state: 'handedToPerson', reason: 'hospitalUnreadable', caseNumber: number.replace('set_', 'case_') },
  });
  expect(await bench.settlements.money(number)).toMatchObject({ word: 'withPerson', takenFen: { least: 4_000 } });
  expect(told(bench, 'settlementCase')).toMatchObject([
    { reason: 'hospitalUnreadable', stands: { confirm: 'unsure' } },
  ]);
  expect(told(bench, 'authorityAlarm')).toMatchObject([
    { fault: number.replace('set_', 'case_'), stage: 'alarm', reason: 'hospitalUnreadable', settlement: number },
  ]);
  expect(storyLanguages.zh.person.hospitalUnreadable).toContain('读不懂');
});

test('a hospital that is read again ends its case: settled once, and the people are told that it is over', async () => {
  const { bench, state } = unreadable();
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(30 * MINUTE_MS);
  expect(await bench.settlements.open()).toEqual([number]);
  state.isRead = true;
  await bench.clock.pass(11 * MINUTE_MS);
  expect((await bench.settlements.status(number))?.view).toMatchObject({ state: 'settled' });
  expect((await bench.settlements.money(number))?.word).toBe('kept');
  expect(told(bench, 'settlementCase')).toMatchObject([{ reason: 'hospitalUnreadable' }, { closed: true }]);
});

test('a hospital that is read again and had not taken it is asked until it has, also after the power was gone', async () => {
  const { bench, state } = unreadable(false);
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(30 * MINUTE_MS);
  bench.cut();
  bench.start();
  await bench.clock.pass(MINUTE_MS);
  expect((await bench.settlements.status(number))?.view).toMatchObject({ state: 'handedToPerson' });
  state.isRead = true;
  await bench.clock.pass(11 * MINUTE_MS);
  expect((await bench.settlements.status(number))?.view).toMatchObject({ state: 'settled' });
});

test('a case is asked every ten minutes, not every minute: only people can mend what cannot be read', async () => {
  const { bench } = unreadable();
  await bench.settlements.begin(paid());
  await bench.clock.pass(15 * MINUTE_MS);
  const before = bench.line.calls.length;
  await bench.clock.pass(60 * MINUTE_MS);
  expect(bench.line.calls.length - before).toBeLessThanOrEqual(6);
});

test('two people close it by hand, but not in the minutes in which the hospital may still take what is on its way', async () => {
  const { bench } = unreadable();
  const { number } = await bench.settlements.begin(paid());
  await bench.clock.pass(8 * MINUTE_MS);
  await expect(bench.settlements.closeCase(number, closing)).rejects.toThrow('a moment ago');
  await bench.clock.pass(3 * MINUTE_MS);
  expect((await bench.settlements.closeCase(number, closing)).view).toMatchObject({ state: 'closedByPerson' });
  const asked = bench.line.calls.length;
  await bench.clock.pass(60 * MINUTE_MS);
  expect(bench.line.calls.length).toBe(asked);
});

test('what the centre contradicts while the hospital cannot be read is not forgotten when it can', () => {
  const at = { boot: 1, monoMs: 0, wallMs: 0 };
  const order = orderFor(4_000, 'payThenSettle');
  const centre = (settlementId: string) => ({ settlementId, settledAt: '', messageId: 'm', amounts: order.agreed });
  const settled = (settlementId: string): Found => ({
    ...{ step: 'ins.settle', attempt: 1, finding: { verdict: 'ok', value: centre(settlementId) } },
  });
  const confirm = (attempt: number): readonly Fact[] => [
    { phase: 'intent', step: 'hospital.confirm', attempt, key: 'set_1', afterQuarantine: false },
    {
      ...{ phase: 'outcome' },
      found: { step: 'hospital.confirm', attempt, finding: { verdict: 'unknown', detail: '', unreadable: true } },
    },
  ];
  const facts: readonly Fact[] = [
    { phase: 'intent', step: 'ins.settle', attempt: 1, key: 'm', afterQuarantine: false },
    { phase: 'outcome', found: settled('S1') },
    ...Array.from({ length: 12 }, (_, nth) => confirm(nth + 1)).flat(),
    { phase: 'note', step: 'late', found: settled('S2') },
    {
      ...{ phase: 'note', step: 'late' },
      found: {
        ...{ step: 'hospital.confirm', attempt: 12 },
        finding: { verdict: 'ok', value: { receiptNumber: 'R1', nextStep: '' } },
      },
    },
  ];
  const start = newSaga('set_1', orderFact(order, kiosk, ''));
  const end = facts.reduce((saga: Saga, fact) => fold(saga, fact, at), start);
  expect(end.person).toBe('insuranceContradicts');
});
