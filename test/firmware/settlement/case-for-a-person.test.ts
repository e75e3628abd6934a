/** Who gets a case sees where the money and the claim are; nobody's name is in it. */
import { expect, test } from 'vitest';
import { fold, newSaga, type Saga } from '../../../firmware/settlement/core.ts';
import type { Fact, Found } from '../../../firmware/settlement/facts.ts';
import { orderFact } from '../../../firmware/settlement/order-fact.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { kiosk, orderFor } from './bench-order.ts';
import { paid } from './bench-steps.ts';

test('a case says what was paid, what was returned and which message may count at the centre', async () => {
  const bench = new BenchKiosk();
  bench.line.away = (name) => (name.startsWith('ins.') ? 'requestLost' : undefined);
  const order = paid();
  await bench.settlements.begin({ ...order, question: { ...order.question, insuredArea: '991200' } });
  await bench.clock.pass(60_000);
  bench.line.away = (name) => (name === 'ins.settle' ? 'requestLost' : undefined);
  await bench.clock.pass(600_000);
  const [row] = bench.database.prepare("SELECT body FROM outbox WHERE kind = 'settlementCase'").all();
  const told = JSON.parse(String(row?.['body']));
  expect(told).toMatchObject({
    reason: 'offSiteUnknown',
    stands: {
      lock: 'held',
      payment: { order: 'paid', paidFen: 4_000, refund: 'none' },
      insurance: { at: 'unknown', messageId: expect.stringMatching(/^H99000000001\d{18}$/) },
      confirm: 'none',
    },
  });
  expect(JSON.stringify(told)).not.toMatch(/测试甲|990000199001010017|PSN9900/);
});

test('a next step that names the patient is shown without the name, and written down without it', async () => {
  const bench = new BenchKiosk();
  const gateway = bench.hospital.gateway();
  bench.hospital.gateway = () => ({
    ...gateway,
    confirmBill: async (...args) => {
      const answer = await gateway.confirmBill(...args);
      if (answer.outcome !== 'ok') return answer;
      return { outcome: 'ok', value: { ...answer.value, nextStep: '测试甲 请凭 20261122 号到 3 楼取药' } };
    },
  });
  bench.cut();
  bench.start();
  const { number } = await bench.settlements.begin(paid());
  await bench.untilEnded();
  const view = (await bench.settlements.status(number))?.view;
  expect(view).toMatchObject({ state: 'settled', nextStep: '▒▒▒ 请凭 20261122 号到 3 楼取药' });
  const bodies = bench.database.prepare('SELECT body FROM journal').all();
  expect(JSON.stringify(bodies)).not.toContain('测试甲');
});

test('a centre that said both "settled" and "never seen" of one message is a case, not an end', () => {
  const at = { boot: 1, monoMs: 0, wallMs: 0 };
  const order = orderFor(4_000, 'payThenSettle');
  const start = newSaga('set_1', orderFact(order, kiosk, ''));
  const intent = (step: 'ins.settle' | 'ins.reverse', attempt: number, afterQuarantine = false): Fact => ({
    ...{ phase: 'intent', step, attempt, key: 'm', afterQuarantine },
  });
  const outcome = (found: Found): Fact => ({ phase: 'outcome', found });
  const lost = { verdict: 'unknown', detail: '' } as const;
  const notFound = { verdict: 'ok', value: { reversed: 'notFound' } } as const;
  const centre = { settlementId: 'S1', settledAt: '', messageId: 'm', amounts: order.agreed };
  const facts: readonly Fact[] = [
    intent('ins.settle', 1),
    outcome({ step: 'ins.settle', attempt: 1, finding: lost }),
    intent('ins.reverse', 1),
    outcome({ step: 'ins.reverse', attempt: 1, finding: notFound }),
    intent('ins.reverse', 2, true),
    {
      phase: 'note',
      step: 'late',
      found: { step: 'ins.settle', attempt: 1, finding: { verdict: 'ok', value: centre } },
    },
    outcome({ step: 'ins.reverse', attempt: 2, finding: notFound }),
  ];
  const end = facts.reduce((saga: Saga, fact) => fold(saga, fact, at), start);
  expect(end.person).toBe('insuranceContradicts');
});

test('an order with a quarantine that is no time is not begun', async () => {
  const bench = new BenchKiosk();
  await expect(bench.settlements.begin(paid({ quarantineMs: Number.NaN }))).rejects.toThrow('quarantine');
  await expect(bench.settlements.begin(paid({ payOrderLifeMs: Number.POSITIVE_INFINITY }))).rejects.toThrow('life');
  expect(bench.numbers()).toEqual([]);
});
