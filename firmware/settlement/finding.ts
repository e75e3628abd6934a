/**
 * A party's answer as a finding: `fail` only for a definite no, or for a call that certainly did not leave. Nothing
 * that a party says is passed on without the people in it being taken out.
 */
import type { PartyAnswer } from '../hospital/hospital-gateway.ts';
import type { PlatformAnswer } from '../insurance/insurance-platform.ts';
import type { PayOrder } from '../payment/payment-gateway.ts';
import type { Finding, PaySeen } from './facts.ts';
import type { SettlementOrder } from './settlements.ts';
import { staffWords } from './staff-words.ts';

export type AnyAnswer<Value> = PlatformAnswer<Value> | PartyAnswer<Value, string>;

export function finding<Value, Kept>(
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
      return { verdict: 'unknown', detail: staffWords(answer.detail, order) };
    case 'malformed':
      return { verdict: 'unknown', detail: staffWords(answer.detail, order), unreadable: true };
  }
}

export const nothing = (): null => null;

export function paySeen({ state, paidFen, route }: PayOrder): PaySeen {
  return { state, paidFen, route: route ?? null };
}
