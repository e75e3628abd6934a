/**
 * Runs one call against its party and says how it ended, in three words.
 *
 * `fail` only for a definite no, or for a call that certainly did not leave. A
 * broken answer is `unknown`, like none. Nothing that a party says is passed
 * on without the people in it being taken out.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { HospitalBills } from '../hospital/hospital-gateway.ts';
import type { InsurancePlatform, SettleQuestion } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';
import type { CashAcceptor, Stacked } from '../payment/cash-acceptor.ts';
import { settledCounters } from '../payment/cash-rules.ts';
import type { CardGateway, PaymentGateway, PaymentRoute } from '../payment/payment-gateway.ts';
import type { Call } from './call.ts';
import { countedFen } from './cash-count.ts';
import type { Finding, Found } from './facts.ts';
import { type AnyAnswer, finding, nothing, paySeen } from './finding.ts';
import type { Collecting, ReturnLeg } from './flows.ts';
import { prepareAnew } from './prepare-anew.ts';
import type { SettlementOrder } from './settlements.ts';
import { withoutPerson } from './staff-words.ts';

export interface Parties {
  readonly insurance: InsurancePlatform;
  readonly hospital: HospitalBills;
  readonly payment: PaymentGateway;
  /** Absent in a cabinet without these devices. */
  readonly bankTerminal?: CardGateway;
  readonly cashAcceptor?: Pick<CashAcceptor, 'stack' | 'counters' | 'giveBack'>;
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
export function unanswered(call: Call, detail: string): Found {
  const { step, attempt } = call;
  const leg = 'leg' in call ? { leg: call.leg } : {};
  return { step, attempt, ...leg, finding: { verdict: 'unknown', detail } } as Found;
}

async function ask(call: Call, { number, order, authCode }: Errand, parties: Parties): Promise<Found> {
  const { insurance, hospital } = parties;
  const { billId, billVersion: version } = order;
  const gateway = (by: ReturnLeg['by'] | Collecting): PaymentRoute => route(parties, by);
  const { attempt } = call;
  const of = <Value, Kept>(answer: AnyAnswer<Value>, keep: (value: Value) => Kept): Finding<Kept> =>
    finding(answer, keep, order);
  switch (call.step) {
    case 'hospital.lock': {
      const lock = { billId, version, settlementNumber: number, ttlSeconds: call.ttlSeconds };
      return { step: call.step, attempt, finding: of(await hospital.lockBill(lock), nothing) };
    }
    case 'hospital.confirm': {
      const { totalFen, fundFen, accountFen, ownFen } = call.amounts;
      const answer = await hospital.confirmBill(billId, {
        flow: call.flow,
        settlementNumber: number,
        centreSettlementId: call.centre?.settlementId,
        ...{ totalFen, fundFen, accountFen, ownFen },
        payOrderNumber: call.orderNumber ?? undefined,
        paidBy: call.paidBy,
        centreMessageId: call.centre?.messageId,
        centreVisitId: call.centre ? order.question?.visitId : undefined,
        formerSettlementNumber: call.formerSettlementNumber ?? undefined,
        returns: call.returns.filter(({ by, amountFen }) => by !== 'cashier' && amountFen > 0).map(legOnWire),
        owed: call.returns.filter(({ by, amountFen }) => by === 'cashier' && amountFen > 0).map(taskOnWire),
        ...(call.depositFen > 0 && { depositFen: call.depositFen }),
        ...(call.flow === 'selfPay' && { parkedNumber: call.parkedNumber }),
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
      const answer = await parties.payment.createOrder({ orderNumber, amountFen, lifeMs });
      return { step: call.step, attempt, finding: of(answer, ({ payCode }) => ({ payCode })) };
    }
    case 'pay.charge': {
      if (call.by === 'card') {
        const { orderNumber, amountFen } = call;
        const answer = await bankTerminal(parties).chargeCard({ orderNumber, amountFen }, takenBack);
        return { step: call.step, attempt, finding: of(answer, paySeen) };
      }
      if (!authCode) {
        return {
          step: call.step,
          attempt,
          finding: { verdict: 'fail', reason: 'badCode', detail: 'the code is gone' },
        };
      }
      const { orderNumber, amountFen } = call;
      const answer = await parties.payment.chargeByCode({ orderNumber, amountFen }, authCode);
      return { step: call.step, attempt, finding: of(answer, paySeen) };
    }
    case 'pay.close':
      return { step: call.step, attempt, finding: of(await gateway(call.by).close(call.orderNumber), nothing) };
    case 'pay.refund': {
      const { orderNumber, refundNumber, amountFen } = call;
      const answer = await gateway(call.by).refund({ orderNumber, refundNumber, amountFen });
      return { step: call.step, attempt, finding: of(answer, (state) => ({ state })) };
    }
    case 'pay.query':
      return { step: call.step, attempt, finding: of(await gateway(call.by).query(call.orderNumber), paySeen) };
    case 'pay.refundState': {
      const answer = await gateway(call.by).refundState(call.refundNumber);
      return { step: call.step, attempt, finding: of(answer, (state) => ({ state })) };
    }
    case 'pay.return': {
      const { leg, orderNumber, refundNumber, amountFen } = call;
      const answer = await gateway(call.by).refund({ orderNumber, refundNumber, amountFen });
      return { step: call.step, attempt, leg, finding: of(answer, (state) => ({ state })) };
    }
    case 'pay.returnQuery': {
      const answer = await gateway(call.by).query(call.orderNumber);
      return { step: call.step, attempt, leg: call.leg, finding: of(answer, paySeen) };
    }
    case 'pay.returnState': {
      const answer = await gateway(call.by).refundState(call.refundNumber);
      return { step: call.step, attempt, leg: call.leg, finding: of(answer, (state) => ({ state })) };
    }
    case 'cash.stack':
      return { step: call.step, attempt, finding: stackedOrNot(await acceptor(parties).stack()) };
    case 'cash.counter': {
      const answer = await settledCounters(acceptor(parties));
      const finding: Finding<{ readonly counterFen: Fen }> =
        answer.outcome === 'ok'
          ? { verdict: 'ok', value: { counterFen: countedFen(answer.counters) } }
          : { verdict: 'unknown', detail: answer.detail };
      return { step: call.step, attempt, finding };
    }
    case 'ins.settle': {
      const answer = await insurance.settle(call.messageId, question(order), call.preSettled);
      return { step: call.step, attempt, finding: of(answer, (centre) => centre) };
    }
    case 'ins.reverse': {
      const answer = await insurance.reverse(
        { messageId: call.messageId, transaction: question(order).care === 'inpatient' ? '2304' : '2207' },
        question(order),
      );
      return { step: call.step, attempt, finding: of(answer, ({ reversed }) => ({ reversed })) };
    }
    case 'ins.void': {
      const answer = await insurance.voidSettlement(call.messageId, question(order), call.settlementId);
      return { step: call.step, attempt, finding: of(answer, (voided) => voided) };
    }
    case 'ins.undo': {
      const answer = await insurance.voidSettlement(call.messageId, question(order), call.settlementId);
      return { step: call.step, attempt, finding: of(answer, (voided) => voided) };
    }
    case 'ins.findFormer': {
      const answer = await insurance.findSettlementById(call.settlementId, question(order));
      return { step: call.step, attempt, finding: of(answer, ({ state }) => ({ state })) };
    }
    case 'ins.prepare':
      return { step: call.step, attempt, finding: await prepareAnew(insurance, order, question(order)) };
    case 'ins.find': {
      const answer = await insurance.findSettlement(call.messageId, question(order));
      return { step: call.step, attempt, finding: of(answer, (centre) => ({ centre: centre ?? null })) };
    }
  }
}

/** A cabinet without this device was asked for it: an order that should not have been begun. */
class NoSuchPartyError extends Error {
  override readonly name = 'NoSuchPartyError';
}

function bankTerminal({ bankTerminal: terminal }: Parties): CardGateway {
  if (!terminal) throw new NoSuchPartyError();
  return terminal;
}

function acceptor({ cashAcceptor }: Parties): NonNullable<Parties['cashAcceptor']> {
  if (!cashAcceptor) throw new NoSuchPartyError();
  return cashAcceptor;
}

/** Notes have no gateway, and what the cashier owes goes through none. */
function route(parties: Parties, by: ReturnLeg['by'] | Collecting): PaymentRoute {
  if (by === 'card') return bankTerminal(parties);
  if (by === 'code') return parties.payment;
  throw new NoSuchPartyError();
}

function stackedOrNot(stacked: Stacked): Finding<null> {
  switch (stacked.outcome) {
    case 'stacked':
      return { verdict: 'ok', value: null };
    case 'returned':
      return { verdict: 'fail', reason: 'returned', detail: '' };
    case 'unknown':
      return { verdict: 'unknown', detail: stacked.detail };
  }
}

/** A sale that has begun is never taken back by us: the terminal ends it by its own time. */
const takenBack = new AbortController().signal;

const legOnWire = ({ orderNumber, refundNumber, amountFen }: ReturnLeg) => ({ orderNumber, refundNumber, amountFen });
const taskOnWire = ({ refundNumber, amountFen }: ReturnLeg) => ({ taskNumber: refundNumber, amountFen });

function question({ question: asked }: SettlementOrder): SettleQuestion {
  if (!asked) throw new NoSuchPartyError();
  return asked;
}
