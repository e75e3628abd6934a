/**
 * The call that an open intent or a question stands for.
 *
 * Built from the folded state after the intent is in it, so what is sent is
 * what the journal says and nothing else.
 */
import type { Call, EffectStep, QuestionStep } from './facts.ts';
import { lockLifeMs, orderNumber, ownFen, refundNumber, type Saga } from './saga.ts';

export function effectCall(saga: Saga, step: EffectStep, attempt: number, key: string): Call {
  switch (step) {
    case 'hospital.lock': {
      return { step, attempt, ttlSeconds: Math.ceil(lockLifeMs(saga) / 1_000) };
    }
    case 'hospital.confirm': {
      if (saga.insurance.at !== 'settled') throw new Error('Only a settlement that counts is confirmed.');
      const paid = saga.payment.final === 'paid';
      return { step, attempt, centre: saga.insurance.centre, orderNumber: paid ? orderNumber(saga) : null };
    }
    case 'hospital.unlock':
      return { step, attempt };
    case 'pay.create':
      return { step, attempt, orderNumber: key, amountFen: ownFen(saga), lifeMs: saga.payOrderLifeMs };
    case 'pay.charge':
      return { step, attempt, orderNumber: key, amountFen: ownFen(saga) };
    case 'pay.close':
      return { step, attempt, orderNumber: key };
    case 'pay.refund':
      return {
        step,
        attempt,
        orderNumber: orderNumber(saga),
        refundNumber: key,
        amountFen: saga.payment.paidFen,
      };
    case 'ins.settle':
    case 'ins.reverse':
      return { step, attempt, messageId: key };
    case 'ins.void':
      if (saga.insurance.at !== 'settled') throw new Error('Only a settlement that counts is voided.');
      return { step, attempt, messageId: key, settlementId: saga.insurance.centre.settlementId };
  }
}

export function questionCall(saga: Saga, step: QuestionStep): Call {
  switch (step) {
    case 'pay.query':
      return { step, attempt: 0, orderNumber: orderNumber(saga) };
    case 'pay.refundState':
      return { step, attempt: 0, refundNumber: refundNumber(saga) };
    case 'ins.find': {
      if (saga.insurance.at === 'none') throw new Error('There is no 2207 to ask after.');
      return { step, attempt: 0, messageId: saga.insurance.messageId };
    }
  }
}
