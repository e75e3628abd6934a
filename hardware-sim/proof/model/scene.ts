/**
 * What stays the same in every schedule of one scenario: its order, its numbers, and what was there before it began.
 */
import { isInsured } from '../../../firmware/settlement/course.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';
import { newOrder } from './payment-side.ts';
import { COLLECTED_FEN, earlierOrder, FORMER_ID, orderOf, type Scenario } from './scenario.ts';
import { EMPTY_WORLD, type PayOrder, type World } from './world.ts';

export interface Scene {
  readonly scenario: Scenario;
  readonly order: SettlementOrder;
  /** What was agreed; a refund's kept lines may split otherwise later. */
  readonly agreed: SettlementOrder['agreed'];
  /** Whether insurance settles it. */
  readonly isInsured: boolean;
  readonly collectFen: number;
  readonly number: string;
  readonly orderNumber: string;
  readonly refundNumber: string;
  readonly before: World;
}

/** The number that the ledger draws in every run. */
const NUMBER = `set_${'d'.repeat(12)}`;

export function sceneOf(scenario: Scenario): Scene {
  const order = orderOf(scenario);
  const { agreed, paidBeforeFen, flow } = order;
  const collectFen = flow === 'parked' ? 0 : Math.max(0, agreed.ownFen - paidBeforeFen);
  if (scenario.collect === 'cash' && collectFen !== 0 && collectFen !== COLLECTED_FEN) {
    throw new Error(`${scenario.name}: no notes add up to ${collectFen} fen.`);
  }
  const orders: Record<string, PayOrder> = {};
  for (const [place, { by, fen }] of scenario.ways.entries()) {
    if (by !== 'cash') orders[earlierOrder(place)] = newOrder(fen, 'paid');
  }
  const former = { settlementId: FORMER_ID, messageId: 'earlier', amounts: undefined, voidedBy: undefined };
  const claims = scenario.former === 'insured' ? [{ ...former, state: 'live' as const }] : [];
  return {
    scenario,
    order,
    agreed,
    isInsured: isInsured(order),
    collectFen,
    number: NUMBER,
    orderNumber: NUMBER.replace('set_', 'pay_'),
    refundNumber: NUMBER.replace('set_', 'ref_'),
    before: { ...EMPTY_WORLD, orders, claims },
  };
}
