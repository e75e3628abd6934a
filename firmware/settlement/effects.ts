/**
 * Runs one call against its party and says how it ended, in three words.
 *
 * `fail` only for a definite no, or for a call that certainly did not leave. A
 * broken answer is `unknown`, like none. Nothing that a party says is passed
 * on without the people in it being taken out.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { HospitalGateway, PartyAnswer } from '../hospital/hospital-gateway.ts';
import type { InsurancePlatform, PlatformAnswer } from '../insurance/insurance-platform.ts';
import type { PaymentGateway, PayOrder } from '../payment/payment-gateway.ts';
import type { Call, Finding, Found, PaySeen } from './facts.ts';
import type { SettlementOrder } from './settlements.ts';
import { staffWords, withoutPerson } from './staff-words.ts';

export interface Parties {
  readonly insurance: InsurancePlatform;
  readonly hospital: HospitalGateway;
  readonly payment: PaymentGateway;
}

export interface Errand {
  readonly number: string;
  readonly order: SettlementOrder;
  /** Only for `pay.charge`. */
  readonly authCode: Secret<string> | undefined;
}

/** Never rejects: a party's object that throws is an unknown outcome. */
export async function perform(call: Call, errand: Errand, parties: Parties): Promise<Found> {
  try {
    return await ask(call, errand, parties);
  } catch (error) {
    const detail = `the call threw ${error instanceof Error ? error.name : 'something'}`;
    return unanswered(call, detail);
  }
}

/** The same call, as one that got no answer. */
export function unanswered({ step, attempt }: Call, detail: string): Found {
  return { step, attempt, finding: { verdict: 'unknown', detail } } as Found;
}

async function ask(call: Call, { number, order, authCode }: Errand, parties: Parties): Promise<Found> {
  const { insurance, hospital, payment } = parties;
  const { billId, billVersion: version, question } = order;
  const { attempt } = call;
  const of = <Value, Kept>(answer: AnyAnswer<Value>, keep: (value: Value) => Kept): Finding<Kept> =>
    finding(answer, keep, order);
  switch (call.step) {
    case 'hospital.lock': {
      const lock = { billId, version, settlementNumber: number, ttlSeconds: call.ttlSeconds };
      return { step: call.step, attempt, finding: of(await hospital.lockBill(lock), nothing) };
    }
    case 'hospital.confirm': {
      const { settlementId, amounts } = call.centre;
      const { totalFen, fundFen, accountFen, ownFen } = amounts;
      const answer = await hospital.confirmBill(billId, {
        settlementNumber: number,
        centreSettlementId: settlementId,
        ...{ totalFen, fundFen, accountFen, ownFen },
        payOrderNumber: call.orderNumber ?? undefined,
      });
      const keep = (value: { receiptNumber: string; nextStep: string }) => ({
        receiptNumber: value.receiptNumber,
        nextStep: withoutPerson(value.nextStep, order),
      });
      return { step: call.step, attempt, finding: of(answer, keep) };
    }
    case 'hospital.unlock':
      return { step: call.step, attempt, finding: of(await hospital.unlockBill(billId, number), nothing) };
    case 'pay.create': {
      const { orderNumber, amountFen, lifeMs } = call;
      const answer = await payment.createOrder({ orderNumber, amountFen, lifeMs });
      return { step: call.step, attempt, finding: of(answer, ({ payCode }) => ({ payCode })) };
    }
    case 'pay.charge': {
      if (!authCode) {
        return {
          step: call.step,
          attempt,
          finding: { verdict: 'fail', reason: 'badCode', detail: 'the code is gone' },
        };
      }
      const { orderNumber, amountFen } = call;
      const answer = await payment.chargeByCode({ orderNumber, amountFen }, authCode);
      return { step: call.step, attempt, finding: of(answer, paySeen) };
    }
    case 'pay.close':
      return { step: call.step, attempt, finding: of(await payment.close(call.orderNumber), nothing) };
    case 'pay.refund': {
      const { orderNumber, refundNumber, amountFen } = call;
      const answer = await payment.refund({ orderNumber, refundNumber, amountFen });
      return { step: call.step, attempt, finding: of(answer, nothing) };
    }
    case 'pay.query':
      return { step: call.step, attempt, finding: of(await payment.query(call.orderNumber), paySeen) };
    case 'pay.refundState': {
      const answer = await payment.refundState(call.refundNumber);
      return { step: call.step, attempt, finding: of(answer, (state) => ({ state })) };
    }
    case 'ins.settle': {
      const answer = await insurance.settle(call.messageId, question, order.agreed);
      return { step: call.step, attempt, finding: of(answer, (centre) => centre) };
    }
    case 'ins.reverse': {
      const answer = await insurance.reverse({ messageId: call.messageId, transaction: '2207' }, question);
      return { step: call.step, attempt, finding: of(answer, ({ reversed }) => ({ reversed })) };
    }
    case 'ins.void': {
      const answer = await insurance.voidSettlement(call.messageId, question, call.settlementId);
      return { step: call.step, attempt, finding: of(answer, ({ settlementId }) => ({ settlementId })) };
    }
    case 'ins.find': {
      const answer = await insurance.findSettlement(call.messageId, question);
      return { step: call.step, attempt, finding: of(answer, (centre) => ({ centre: centre ?? null })) };
    }
  }
}

type AnyAnswer<Value> = PlatformAnswer<Value> | PartyAnswer<Value, string>;

function finding<Value, Kept>(
  answer: AnyAnswer<Value>,
  keep: (value: Value) => Kept,
  order: SettlementOrder,
): Finding<Kept> {
  switch (answer.outcome) {
    case 'ok':
      return { verdict: 'ok', value: keep(answer.value) };
    case 'refused':
      return 'infcode' in answer
        ? { verdict: 'fail', reason: `infcode ${answer.infcode}`, detail: staffWords(answer.message, order) }
        : { verdict: 'fail', reason: answer.reason, detail: staffWords(answer.detail, order) };
    case 'unreachable':
      return { verdict: 'fail', reason: 'unreachable', detail: staffWords(answer.detail, order) };
    case 'unknown':
    case 'malformed':
      return { verdict: 'unknown', detail: staffWords(answer.detail, order) };
  }
}

const nothing = (): null => null;

function paySeen({ state, paidFen, route }: PayOrder): PaySeen {
  return { state, paidFen, route: route ?? null };
}
