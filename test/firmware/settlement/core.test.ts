/** The pure core against parties that answer anything at all, lies included. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  effectCall,
  fold,
  newSaga,
  next,
  questionCall,
  type Saga,
  statusOf,
} from '../../../firmware/settlement/core.ts';
import type { CallStep, Fact, Found, OrderFact, PaySeen } from '../../../firmware/settlement/facts.ts';
import { elapsedMs, type Moment } from '../../../firmware/settlement/moment.ts';
import { orderFact } from '../../../firmware/settlement/order-fact.ts';
import { kiosk, orderFor } from './bench-order.ts';

function orderFactOf(plan: OrderFact['plan'], own: number, offSite: boolean): OrderFact {
  return { ...orderFact(orderFor(own, plan, { payOrderLifeMs: 20_000 }), kiosk, ''), offSite };
}

const payStates: readonly PaySeen['state'][] = ['waiting', 'userPaying', 'paid', 'closed', 'refunded', 'notFound'];

/** Some answer to this call, chosen by a number. */
function anyAnswer(step: CallStep, attempt: number, saga: Saga, choice: number): Found {
  const pick = <Item>(items: readonly Item[]): Item => items[choice % items.length] as Item;
  const seen = { state: pick(payStates), paidFen: pick([saga.agreed.ownFen, saga.agreed.ownFen, 1]), route: null };
  const amounts = { ...saga.agreed, fundFen: saga.agreed.fundFen + pick([0, 0, 1]) };
  const centre = { settlementId: 'S1', settledAt: '', messageId: 'm', amounts };
  const values = {
    'hospital.lock': null,
    'hospital.confirm': { receiptNumber: 'R', nextStep: '' },
    'hospital.unlock': null,
    'pay.create': { payCode: 'code' },
    'pay.charge': seen,
    'pay.close': null,
    'pay.refund': { state: pick(['refunded', 'pending'] as const) },
    'pay.return': { state: pick(['refunded', 'pending'] as const) },
    'pay.query': seen,
    'pay.refundState': { state: pick(['refunded', 'notFound', 'pending', 'failed'] as const) },
    'pay.returnQuery': seen,
    'pay.returnState': { state: pick(['refunded', 'notFound', 'pending', 'failed'] as const) },
    'cash.stack': null,
    'cash.counter': { counterFen: pick([0, 1]) },
    'ins.undo': { settlementId: 'U1' },
    'ins.prepare': amounts,
    'ins.findFormer': { state: pick(['counts', 'voided', 'notFound'] as const) },
    'ins.settle': centre,
    'ins.reverse': { reversed: pick(['reversed', 'notFound'] as const) },
    'ins.void': { settlementId: 'V1' },
    'ins.find': { centre: pick([centre, null]) },
  };
  const reasons = ['unreachable', 'paid', 'closed', 'userPaying', 'alreadySettled', 'infcode -1', 'amount'];
  switch (Math.floor(choice / 7) % 4) {
    case 0:
      return { step, attempt, finding: { verdict: 'unknown', detail: '' } } as Found;
    case 1:
      return { step, attempt, finding: { verdict: 'fail', reason: pick(reasons), detail: '' } } as Found;
    default:
      return { step, attempt, finding: { verdict: 'ok', value: values[step] } } as Found;
  }
}

const walk = fc.record({
  plan: fc.constantFrom('payThenSettle', 'settleThenPay'),
  own: fc.constantFrom(0, 4_000),
  offSite: fc.boolean(),
  choices: fc.array(fc.nat(10_000), { minLength: 5, maxLength: 120 }),
});

test('whatever the parties answer, one 2207, one order number and one refund number are ever used', () => {
  fc.assert(
    fc.property(walk, ({ plan, own, offSite, choices }) => {
      let at: Moment = { boot: 1, monoMs: 0, wallMs: 0 };
      let saga = newSaga('set_walk', orderFactOf(plan, own, offSite));
      const keys = new Map<string, Set<string>>();
      let ids = 0;
      const record = (fact: Fact): void => {
        saga = fold(saga, fact, at);
        statusOf(saga);
      };
      for (const choice of choices) {
        at = { ...at, monoMs: at.monoMs + (choice % 5) * 1_000 };
        if (choice % 23 === 0) record({ phase: 'note', step: 'giveUp', reason: 'patientGone' });
        if (choice % 29 === 0) record({ phase: 'note', step: 'codeShown' });
        if (choice % 31 === 0) record({ phase: 'note', step: 'restarted' });
        const decision = next(saga, { now: { ...at, bootBeganMs: 0 }, pace: {} });
        switch (decision.do) {
          case 'record':
            record(decision.fact);
            break;
          case 'wait':
            at = { ...at, monoMs: at.monoMs + decision.ms };
            break;
          case 'rest':
            return;
          case 'ask': {
            const call = questionCall(saga, decision.step);
            record({ phase: 'note', step: 'answer', found: anyAnswer(call.step, 0, saga, choice) });
            break;
          }
          case 'effect': {
            const { step, afterQuarantine } = decision;
            ids += 1;
            const key = decision.key === 'newMessageId' ? `message ${ids}` : decision.key.is;
            keys.set(step, (keys.get(step) ?? new Set()).add(key));
            const attempt = (saga.attempts[step] ?? 0) + 1;
            record({ phase: 'intent', step, attempt, key, afterQuarantine });
            effectCall(saga, step, attempt, key);
            const found = anyAnswer(step, attempt, saga, choice);
            record({ phase: 'outcome', found });
            if (choice % 7 === 0)
              record({ phase: 'note', step: 'late', found: anyAnswer(step, attempt, saga, choice + 1) });
          }
        }
      }
      for (const [step, used] of keys) expect([step, used.size]).toEqual([step, 1]);
      expect(saga.attempts['ins.settle'] ?? 0).toBeLessThanOrEqual(1);
    }),
    { numRuns: 20_000, interruptAfterTimeLimit: 10_000, seed: 20_261_122 },
  );
});

test('time since a moment of an earlier boot is counted from this boot only', () => {
  const now = { boot: 2, monoMs: 900, wallMs: 0, bootBeganMs: 400 };
  expect(elapsedMs({ boot: 1, monoMs: 100, wallMs: 0 }, now)).toBe(500);
  expect(elapsedMs({ boot: 2, monoMs: 700, wallMs: 0 }, now)).toBe(200);
});
