/** What the parties' ledgers say of the settlement: its money, its claims, its bill. Only the rules read it. */

import { FORMER_ID } from './scenario.ts';
import type { Scene } from './scene.ts';
import { netFen, type World } from './world.ts';

/** What it has taken and not given back, fen. */
export function keptFen({ orderNumber }: Scene, { orders, cash }: World): number {
  return netFen(orders[orderNumber]) + cash.stackedFen;
}

/** What went back of earlier money, fen. */
export function returnedFen({ orderNumber }: Scene, { orders }: World): number {
  let sum = 0;
  for (const [number, order] of Object.entries(orders)) {
    if (number !== orderNumber) sum += order.paidFen - netFen(order);
  }
  return sum;
}

/** Its own settlements that count; a refund's former one not among them. */
export function liveClaims({ claims }: World): number {
  let count = 0;
  for (const { state, settlementId } of claims) if (state === 'live' && settlementId !== FORMER_ID) count += 1;
  return count;
}

export function formerCounts({ claims }: World): number {
  return claims.some(({ state, settlementId }) => state === 'live' && settlementId === FORMER_ID) ? 1 : 0;
}
