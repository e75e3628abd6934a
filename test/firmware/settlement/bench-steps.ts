/** Steps that the tests about unknown outcomes share. */
import { expect } from 'vitest';
import type { SettlementOrder, SettlementView } from '../../../firmware/settlement/settlements.ts';
import type { BenchKiosk } from './bench-kiosk.ts';
import { type InsuredOrder, orderFor } from './bench-order.ts';
import type { Trouble } from './model-line.ts';

/** The first call of this name meets the trouble, later ones none. */
export function firstOf(bench: BenchKiosk, name: string, trouble: Trouble): void {
  let met = false;
  bench.line.away = (called) => {
    if (called !== name || met) return undefined;
    met = true;
    return trouble;
  };
}

export async function settle(bench: BenchKiosk, order: SettlementOrder): Promise<SettlementView | undefined> {
  const { number } = await bench.settlements.begin(order);
  bench.watch(number);
  await bench.untilEnded();
  expect(await bench.violations()).toEqual([]);
  return (await bench.settlements.status(number))?.view;
}

/** When each call of this name was made durable, ms after the first. */
export function intentsMs(bench: BenchKiosk, step: string): readonly number[] {
  const rows = bench.database
    .prepare("SELECT mono_ms AS at FROM journal WHERE phase = 'intent' AND step = ?")
    .all(step);
  const first = Number(rows[0]?.['at']);
  return rows.map((row) => Number(row['at']) - first);
}

export const paid = (more: Partial<InsuredOrder> = {}): InsuredOrder => orderFor(4_000, 'payThenSettle', more);
