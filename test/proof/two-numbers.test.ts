/**
 * A settlement that the centre names by two numbers: its late answer says one, the question that was out says another.
 *
 * Found by the model check: the late answer was adopted, the question's contradicted it and was not looked at, and the
 * hospital was told of a settlement that the centre does not know.
 */
import { expect, test } from 'vitest';
import type { Fact, Found } from '../../firmware/settlement/facts.ts';
import { fold } from '../../firmware/settlement/fold.ts';
import { next } from '../../firmware/settlement/next.ts';
import { orderFact } from '../../firmware/settlement/order-fact.ts';
import { newSaga, type Saga } from '../../firmware/settlement/saga.ts';
import { viewOf } from '../../firmware/settlement/view.ts';
import { replay } from '../../hardware-sim/proof/model/check-model.ts';
import { FACTS } from '../../hardware-sim/proof/model/kiosk.ts';
import { orderOf } from '../../hardware-sim/proof/model/scenario.ts';
import { SCENARIOS } from '../../hardware-sim/proof/model/scenario-table.ts';

const scenario = 'outpatient settleThenPay code pays';
const at = { boot: 1, monoMs: 0, wallMs: 0 };

function afterBothAnswers(foundId: string): Saga {
  const described = SCENARIOS.find(({ name }) => name === scenario);
  if (!described) throw new Error('The scenario has another name now.');
  const order = orderOf(described);
  const centre = (settlementId: string) => ({ settlementId, settledAt: '', messageId: 'm', amounts: order.agreed });
  const late: Found = { step: 'ins.settle', attempt: 1, finding: { verdict: 'ok', value: centre('S1') } };
  const asked: Found = { step: 'ins.find', attempt: 0, finding: { verdict: 'ok', value: { centre: centre(foundId) } } };
  const lost: Found = { step: 'ins.settle', attempt: 1, finding: { verdict: 'unknown', detail: '' } };
  const facts: readonly Fact[] = [
    { phase: 'outcome', found: { step: 'hospital.lock', attempt: 1, finding: { verdict: 'ok', value: null } } },
    { phase: 'intent', step: 'ins.settle', attempt: 1, key: 'm', afterQuarantine: false },
    { phase: 'outcome', found: lost },
    { phase: 'note', step: 'late', found: late },
    { phase: 'note', step: 'answer', found: asked },
  ];
  return facts.reduce((saga: Saga, fact) => fold(saga, fact, at), newSaga('set_1', orderFact(order, FACTS, '')));
}

test('a late answer and a question that name two settlements for one message are a case for a person', () => {
  const saga = afterBothAnswers('S2');
  expect(viewOf(saga)).toMatchObject({ state: 'handedToPerson', reason: 'insuranceContradicts' });
  expect(next(saga, { now: { ...at, bootBeganMs: 0 }, pace: {} })).toEqual({ do: 'rest', waiting: 'person' });
});

test('the same number twice is no contradiction', () => {
  expect(afterBothAnswers('S1').person).toBeUndefined();
});

test('the schedule that showed it holds', () => {
  const script = ['begin', 'hospital.lock ok', 'report', 'ins.settle twoAnswers', 'report'];
  const then = ['late answer of ins.settle', 'late', 'ins.find ok', 'report'];
  expect(replay(scenario, [...script, ...then])).toBeUndefined();
});
