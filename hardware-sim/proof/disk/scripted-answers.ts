/**
 * Answers to every call of a settlement, drawn from a seed: well, refused, or not at all.
 *
 * They hold no ledger, so they prove nothing about money; they bring the
 * journal into many different forms for the checks that look at the disk alone.
 */
import type { Call } from '../../../firmware/settlement/call.ts';
import type { CallStep, Finding, Found, Values } from '../../../firmware/settlement/facts.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';
import type { SeededStream } from '../../parties/seeded-stream.ts';

const QUESTIONS: ReadonlySet<string> = new Set(['pay.query', 'pay.refundState', 'ins.find']);

export interface ScriptedAnswer {
  readonly found: Found;
  readonly afterMs: number;
  /** The call changed something at its party, as far as this script is concerned. */
  readonly tookPlace: boolean;
}

export function scriptedAnswer(call: Call, order: SettlementOrder, chance: SeededStream): ScriptedAnswer {
  const fate = chance.below(100);
  const asks = QUESTIONS.has(call.step);
  const afterMs = fate < 75 ? 200 + chance.below(800) : 30_000;
  const tookPlace = !asks && (fate < 75 || fate >= 85);
  return { found: foundOf(call, findingOf(call, order, fate)), afterMs, tookPlace };
}

function foundOf(call: Call, finding: Finding<Values[CallStep]>): Found {
  return { step: call.step, attempt: call.attempt, finding } as Found;
}

function findingOf(call: Call, order: SettlementOrder, fate: number): Finding<Values[CallStep]> {
  if (fate >= 75 && fate < 95) return { verdict: 'unknown', detail: 'time-out' };
  if (fate >= 95) return { verdict: 'fail', reason: 'unreachable', detail: 'no route' };
  return { verdict: 'ok', value: answerValue(call, order, fate) };
}

function answerValue(call: Call, order: SettlementOrder, fate: number): Values[CallStep] {
  const paid = { state: 'paid', paidFen: order.agreed.ownFen, route: 'wechat' } as const;
  const centre = (messageId: string) => ({
    ...{ settlementId: `S${messageId.slice(-4)}`, settledAt: '2026-11-22 09:00:00', messageId, amounts: order.agreed },
  });
  switch (call.step) {
    case 'hospital.confirm':
      return { receiptNumber: 'R-1', nextStep: '3 楼 5 号取药' };
    case 'pay.create':
      return { payCode: `yizhan-pay:${call.orderNumber}` };
    case 'pay.charge':
      return paid;
    case 'pay.query':
      return fate < 45 ? paid : { state: fate < 60 ? 'waiting' : 'closed', paidFen: 0, route: null };
    case 'pay.refundState':
      return { state: fate < 40 ? 'refunded' : 'notFound' };
    case 'pay.refund':
      return { state: fate < 60 ? 'refunded' : 'pending' };
    case 'ins.settle':
      return centre(call.messageId);
    case 'ins.reverse':
      return { reversed: fate < 40 ? 'reversed' : 'notFound' };
    case 'ins.void':
      return { settlementId: `-${call.settlementId}` };
    case 'ins.find':
      return { centre: fate < 40 ? centre(call.messageId) : null };
    default:
      return null;
  }
}
