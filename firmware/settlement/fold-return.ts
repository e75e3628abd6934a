/**
 * What goes back by its original routes, each leg for itself.
 *
 * A leg that is refused for good is remembered and the others go on; at the end a person is called.
 */
import type { Found } from './facts.ts';
import { endsForGood } from './fold-payment.ts';
import { REFUSALS } from './limits.ts';
import { type Arrival, type LegPart, type Saga, withPerson } from './saga.ts';

type ReturnFound = Extract<Found, { step: 'pay.return' | 'pay.returnQuery' | 'pay.returnState' }>;

export function foldReturn(saga: Saga, found: ReturnFound, { late }: Arrival): Saga {
  const place = found.leg;
  const leg = place === undefined ? undefined : saga.legs[place];
  if (place === undefined || !leg || leg.refund === 'done') return saga;
  const legs = (part: Partial<LegPart>): Saga => ({ ...saga, legs: saga.legs.with(place, { ...leg, ...part }) });
  switch (found.step) {
    case 'pay.return': {
      const { finding } = found;
      if (finding.verdict === 'ok') {
        const { state } = finding.value;
        // Refused before and now done: somebody has counted on the refusal. That it was pending once is old news.
        if (leg.refund === 'refused') {
          return state === 'pending' ? saga : withPerson(saga, 'paymentContradicts');
        }
        return legs({ refund: state === 'pending' ? 'unsure' : 'done' });
      }
      if (late || leg.refund === 'refused') return saga;
      if (finding.verdict === 'unknown') return legs({ refund: 'unsure' });
      if (finding.reason === 'unreachable') return saga;
      // A refusal of a repeated number may only mean that it was done before: ask by its number first.
      return legs({ refund: 'unsure', refusals: leg.refusals + (endsForGood(finding.reason) ? REFUSALS : 1) });
    }
    case 'pay.returnQuery': {
      if (found.finding.verdict !== 'ok' || leg.refund !== 'none') return saga;
      const { state, paidFen } = found.finding.value;
      const enough = paidFen >= (saga.returns[place]?.amountFen ?? 0);
      // A partly refunded order may call itself either.
      return (state === 'paid' || state === 'refunded') && enough
        ? legs({ charged: true })
        : legs({ refund: 'refused' });
    }
    case 'pay.returnState': {
      if (found.finding.verdict !== 'ok' || leg.refund === 'refused') return saga;
      const { state } = found.finding.value;
      if (state === 'refunded') return legs({ refund: 'done' });
      if (state === 'pending') return legs({ refund: 'unsure' });
      return legs({ refund: state === 'failed' || leg.refusals >= REFUSALS ? 'refused' : 'repeat' });
    }
  }
}
