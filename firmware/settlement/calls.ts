/**
 * The call that an open intent or a question stands for.
 *
 * Built from the folded state after the intent is in it, so what is sent is
 * what the journal says and nothing else.
 */

import type { Call } from './call.ts';
import { isInsured, lockLifeMs } from './course.ts';
import type { EffectStep, QuestionStep } from './facts.ts';
import type { ReturnLeg } from './flows.ts';
import { orderNumber, parkedNumber, refundNumber, type Saga } from './saga.ts';

export function effectCall(saga: Saga, step: EffectStep, attempt: number, key: string): Call {
  switch (step) {
    case 'hospital.lock': {
      return { step, attempt, ttlSeconds: Math.ceil(lockLifeMs(saga) / 1_000) };
    }
    case 'hospital.confirm': {
      const { insurance, flow, agreed, collect, former, returns } = saga;
      if (isInsured(saga) && insurance.at !== 'settled') throw new Error('Only a settlement that counts is confirmed.');
      if (flow === 'parked') throw new Error('A parked bill is not confirmed.');
      const paid = saga.payment.final === 'paid';
      return {
        step,
        attempt,
        flow,
        centre: insurance.at === 'settled' ? insurance.centre : null,
        amounts: insurance.at === 'settled' ? insurance.centre.amounts : agreed,
        orderNumber: paid ? orderNumber(saga) : null,
        paidBy: paid ? collect : 'none',
        depositFen: flow === 'discharge' ? Math.min(saga.paidBeforeFen, agreed.ownFen) : 0,
        parkedNumber: parkedNumber(saga),
        formerSettlementNumber: former?.settlementNumber ?? null,
        returns,
      };
    }
    case 'hospital.unlock':
      return { step, attempt };
    case 'pay.create':
      return { step, attempt, orderNumber: key, amountFen: saga.collectFen, lifeMs: saga.payOrderLifeMs };
    case 'pay.charge':
      return { step, attempt, by: saga.collect, orderNumber: key, amountFen: saga.collectFen };
    case 'pay.close':
      return { step, attempt, by: saga.collect, orderNumber: key };
    case 'pay.return': {
      const { leg, by, amountFen, orderNumber: order } = openLeg(saga, key);
      return { step, attempt, leg, by, orderNumber: order, refundNumber: key, amountFen };
    }
    case 'cash.stack':
      return { step, attempt, amountFen: saga.payment.cash.note?.amountFen ?? 0 };
    case 'pay.refund':
      return {
        step,
        attempt,
        by: saga.collect,
        orderNumber: orderNumber(saga),
        refundNumber: key,
        amountFen: saga.payment.paidFen,
      };
    case 'ins.settle':
      return { step, attempt, messageId: key, preSettled: saga.agreed };
    case 'ins.reverse':
      return { step, attempt, messageId: key };
    case 'ins.void':
      if (saga.insurance.at !== 'settled') throw new Error('Only a settlement that counts is voided.');
      return { step, attempt, messageId: key, settlementId: saga.insurance.centre.settlementId };
    case 'ins.undo':
      return { step, attempt, messageId: key, settlementId: formerId(saga) };
    case 'ins.prepare':
      return { step, attempt };
  }
}

export function questionCall(saga: Saga, step: QuestionStep): Call {
  switch (step) {
    case 'pay.query':
      return { step, attempt: 0, by: saga.collect, orderNumber: orderNumber(saga) };
    case 'pay.refundState':
      return { step, attempt: 0, by: saga.collect, refundNumber: refundNumber(saga) };
    case 'pay.returnQuery': {
      const { leg, by, orderNumber: order } = openLeg(saga);
      return { step, attempt: 0, leg, by, orderNumber: order };
    }
    case 'pay.returnState': {
      const { leg, by, refundNumber: number } = openLeg(saga);
      return { step, attempt: 0, leg, by, refundNumber: number };
    }
    case 'cash.counter':
      return { step, attempt: 0 };
    case 'ins.findFormer':
      return { step, attempt: 0, settlementId: formerId(saga) };
    case 'ins.find': {
      if (saga.insurance.at === 'none') throw new Error('There is no 2207 to ask after.');
      return { step, attempt: 0, messageId: saga.insurance.messageId };
    }
  }
}

/** The leg that has this refund number, or the first that is still open. */
function openLeg({ returns, legs }: Saga, number?: string): ReturnLeg & { readonly leg: number } {
  const isMeant = ({ refundNumber: one }: ReturnLeg, place: number): boolean => {
    const refund = legs[place]?.refund;
    return number === undefined ? refund !== 'done' && refund !== 'refused' : one === number;
  };
  const leg = returns.findIndex(isMeant);
  const found = returns[leg];
  if (!found) throw new Error('There is no leg left to return.');
  return { ...found, leg };
}

function formerId({ former }: Saga): string {
  if (!former?.settlementId) throw new Error('There is no former settlement to undo.');
  return former.settlementId;
}
